import type { Span } from "./span.ts";

/** Whether two regions of one file have a line in common. */
export function shareLines(one: Span, other: Span): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}

/** The lines of a region. */
export function linesOf({ start, end }: Span): { readonly start: number; readonly end: number } {
  return { start: start.line, end: end.line + 1 };
}
