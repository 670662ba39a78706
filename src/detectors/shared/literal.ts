import { Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { children } from "../../python/walk.ts";

/**
 * The text between the quotes of a string or bytes literal, adjacent ones joined, escapes as they are written.
 * Undefined for an f-string with a value in it and for everything else.
 */
export function literalText(syntax: SyntaxArrays, node: number): string | undefined {
  switch (syntax.kind[node]) {
    case Kind.string: {
      const parts = children(syntax, node);
      if (parts.some((part) => syntax.kind[part] === Kind.interpolation)) return undefined;
      const [start] = parts;
      const end = parts.at(-1);
      if (start === undefined || end === undefined) return undefined;
      return syntax.text.slice(syntax.end[start], Math.max(syntax.end[start], syntax.start[end]));
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
export function operands(syntax: SyntaxArrays, node: number): readonly number[] {
  return children(syntax, node).filter((child) => isNamed(syntax, child));
}

/** Tokens have no children and no letter of their own: their text is punctuation or a keyword. */
function isNamed(syntax: SyntaxArrays, node: number): boolean {
  const kind = syntax.kind[node];
  return kind !== Kind.comment && kind !== Kind.line_continuation && !TOKENS.has(kind);
}

const TOKENS: ReadonlySet<number> = new Set(
  Object.entries(Kind)
    .filter(([name]) => name.startsWith("token_"))
    .map(([, kind]) => kind),
);
