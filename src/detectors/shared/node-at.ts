import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { positionOf } from "../../python/walk.ts";
import type { Span } from "../../text/span.ts";

/** The innermost node that holds an offset; the module where no other does. */
export function nodeAt(syntax: SyntaxArrays, offset: number): number {
  let found = 0;
  for (let at = 1; at < syntax.count; ) {
    if (syntax.start[at] <= offset && offset < syntax.end[at]) {
      found = at;
      at++;
    } else {
      at = syntax.next[at];
    }
  }
  return found;
}

export function spanBetween(syntax: SyntaxArrays, start: number, end: number): Span {
  return { start: positionOf(syntax, start), end: positionOf(syntax, end) };
}
