import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";

/** What an expression that does so may be. */
export const TEXT_BUILDERS: readonly number[] = [
  Kind.string,
  Kind.concatenated_string,
  Kind.parenthesized_expression,
  Kind.binary_operator,
  Kind.call,
];

/** Whether an expression is a text, or puts one together: a literal, `+`, `%` and `format`. */
export function buildsText(syntax: SyntaxArrays, node: number): boolean {
  switch (syntax.kind[node]) {
    case Kind.string:
    case Kind.concatenated_string:
    case Kind.parenthesized_expression:
      return true;
    case Kind.binary_operator:
      return isText(syntax, node);
    case Kind.call:
      return isFormat(syntax, node);
    default:
      return false;
  }
}

/** Whether nothing around a text goes on building it. */
export function isWholeText(syntax: SyntaxArrays, node: number): boolean {
  return textAround(syntax, node) === NONE;
}

/** What is next around a text and goes on building it, or NONE. */
export function textAround(syntax: SyntaxArrays, node: number): number {
  const above = syntax.parent[node];
  const around = syntax.kind[above] === Kind.attribute ? syntax.parent[above] : above;
  return goesOn(syntax, around, node) ? around : NONE;
}

function goesOn(syntax: SyntaxArrays, around: number, part: number): boolean {
  switch (syntax.kind[around]) {
    case Kind.concatenated_string:
    case Kind.parenthesized_expression:
      return true;
    case Kind.binary_operator:
      return isText(syntax, around);
    case Kind.call: {
      const callee = childByField(syntax, around, Field.function);
      return part >= callee && part < syntax.next[callee] && isFormat(syntax, around);
    }
    default:
      return false;
  }
}

function isText(syntax: SyntaxArrays, operation: number): boolean {
  const operator = syntax.kind[childByField(syntax, operation, Field.operator)];
  return operator === Kind.token_plus || operator === Kind.token_percent;
}

function isFormat(syntax: SyntaxArrays, call: number): boolean {
  const callee = childByField(syntax, call, Field.function);
  if (syntax.kind[callee] !== Kind.attribute) return false;
  return /^(?:format|format_map)$/.test(textOf(syntax, childByField(syntax, callee, Field.attribute)));
}
