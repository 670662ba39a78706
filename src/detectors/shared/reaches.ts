import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "./fact-index.ts";

/** Variables followed one after the other. */
const MAX_VARIABLES = 4;

/** Whether an expression holds a node: written in it, or in what the variables in it were set to before in the same scope. */
export function reaches(facts: ModuleFacts, expression: number, wanted: number, left = MAX_VARIABLES): boolean {
  const { syntax } = facts;
  if (expression <= wanted && wanted < syntax.next[expression]) return true;
  if (left === 0) return false;
  for (let node = expression; node < syntax.next[expression]; node++) {
    if (syntax.kind[node] !== Kind.identifier) continue;
    const made = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node));
    if (made.some((fact) => fact.node < expression && reaches(facts, fact.value, wanted, left - 1))) return true;
  }
  return false;
}
