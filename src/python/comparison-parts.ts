import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { children, textOf } from "./walk.ts";

/** What `a < b not in c` compares, and how: one operator fewer than operands, each with single spaces. */
export function comparisonParts(
  syntax: SyntaxArrays,
  node: number,
): { readonly operands: readonly number[]; readonly operators: readonly string[] } {
  const operands: number[] = [];
  const operators: string[] = [];
  for (const child of children(syntax, node)) {
    if (syntax.field[child] === Field.operators) operators.push(textOf(syntax, child).replace(/\s+/g, " "));
    else if (syntax.kind[child] !== Kind.comment) operands.push(child);
  }
  return { operands, operators };
}
