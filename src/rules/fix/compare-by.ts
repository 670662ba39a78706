import { Field, Kind } from "../../python/kinds.ts";
import { childByField, namedChildren, positionOf, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import type { TextEdit } from "../../text/span.ts";

/** `a == b` becomes `compare(a, b)`, `a != b` becomes `not compare(a, b)`; no other comparison is replaced. */
export function compareBy(facts: ModuleFacts, node: number, compare: string): readonly TextEdit[] | undefined {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.comparison_operator) return undefined;
  const operator = syntax.kind[childByField(syntax, node, Field.operators)];
  const [left, right, more] = namedChildren(syntax, node);
  const isEquality = operator === Kind.token_double_equals || operator === Kind.token_not_equals;
  if (!isEquality || left === undefined || right === undefined || more !== undefined) return undefined;
  const call = `${compare}(${textOf(syntax, left)}, ${textOf(syntax, right)})`;
  const span = { start: positionOf(syntax, syntax.start[node]), end: positionOf(syntax, syntax.end[node]) };
  return [{ span, text: operator === Kind.token_not_equals ? `not ${call}` : call }];
}
