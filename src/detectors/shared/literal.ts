import { Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { NONE, namedChildren } from "../../python/walk.ts";

/**
 * The text between the quotes of a string or bytes literal, adjacent ones joined, escapes as they are written.
 * Undefined for an f-string with a value in it and for everything else.
 */
export function literalText(syntax: SyntaxArrays, node: number): string | undefined {
  switch (syntax.kind[node]) {
    case Kind.string: {
      let end = NONE;
      for (let part = node + 1; part < syntax.next[node]; part = syntax.next[part]) {
        if (syntax.kind[part] === Kind.interpolation) return undefined;
        end = part;
      }
      if (end === NONE) return undefined;
      const from = syntax.end[node + 1];
      return syntax.text.slice(from, Math.max(from, syntax.start[end]));
    }
    case Kind.concatenated_string: {
      let text = "";
      for (const part of operands(syntax, node)) {
        const piece = literalText(syntax, part);
        if (piece === undefined) return undefined;
        text += piece;
      }
      return text;
    }
    case Kind.parenthesized_expression:
      return literalText(syntax, unwrap(syntax, node));
    default:
      return undefined;
  }
}

/** The expression inside any number of parentheses. */
export function unwrap(syntax: SyntaxArrays, node: number): number {
  let at = node;
  while (syntax.kind[at] === Kind.parenthesized_expression) {
    const inner = operands(syntax, at)[0];
    if (inner === undefined) return at;
    at = inner;
  }
  return at;
}

/** The children that are expressions or names: tokens and comments left out. */
export const operands = namedChildren;
