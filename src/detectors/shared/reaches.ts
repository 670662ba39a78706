import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "./fact-index.ts";

/** Variables followed one after the other. */
const MAX_VARIABLES = 4;

/** Whether an expression holds a node: written in it, or in what the variables in it were set to before in the same scope. */
export function reaches(facts: ModuleFacts, expression: number, wanted: number): boolean {
  const { syntax } = facts;
  for (const held of behind(facts, expression)) if (held <= wanted && wanted < syntax.next[held]) return true;
  return false;
}

/** An expression, and what the variables in it were set to before in the same scope, each once. */
export function* behind(facts: ModuleFacts, expression: number): Generator<number> {
  const { syntax } = facts;
  const seen = new Set([expression]);
  let ring = [expression];
  for (let left = MAX_VARIABLES; ring.length > 0; left--) {
    yield* ring;
    if (left === 0) return;
    const names = ring.flatMap((held) => variablesIn(syntax, held));
    ring = [];
    for (const { node, before } of names) {
      for (const fact of factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node))) {
        if (fact.node >= before || seen.has(fact.value)) continue;
        seen.add(fact.value);
        ring.push(fact.value);
      }
    }
  }
}

function variablesIn(syntax: ModuleFacts["syntax"], expression: number): { node: number; before: number }[] {
  const found: { node: number; before: number }[] = [];
  const names = new Set<string>();
  for (let node = expression; node < syntax.next[expression]; node++) {
    if (syntax.kind[node] !== Kind.identifier || names.has(textOf(syntax, node))) continue;
    names.add(textOf(syntax, node));
    found.push({ node, before: expression });
  }
  return found;
}
