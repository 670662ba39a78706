import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { asSubjects, variablesIn } from "./conditions.ts";
import { identifiersIn } from "./guards.ts";

/** What loops and comprehensions around a node take some of its variables from: `words` of `quote(word) for word in words`. */
export function loopedOver(facts: ModuleFacts, node: number, names: ReadonlySet<string>): ReadonlySet<string> {
  const { syntax } = facts;
  const found: string[] = [];
  for (let at = node; syntax.kind[at] !== Kind.function_definition && at > 0; at = syntax.parent[at]) {
    for (const loop of loopsOf(syntax, at)) {
      const target = childByField(syntax, loop, Field.left);
      const source = childByField(syntax, loop, Field.right);
      if (target === NONE || source === NONE || (loop === at && node >= source && node < syntax.next[source])) continue;
      if (identifiersIn(facts, target).some((name) => names.has(name))) found.push(...variablesIn(facts, source));
    }
  }
  return asSubjects(found);
}

const COMPREHENSIONS: ReadonlySet<number> = new Set([
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
]);

function loopsOf(syntax: SyntaxArrays, node: number): readonly number[] {
  if (syntax.kind[node] === Kind.for_statement) return [node];
  if (!COMPREHENSIONS.has(syntax.kind[node])) return [];
  return namedChildren(syntax, node).filter((one) => syntax.kind[one] === Kind.for_in_clause);
}
