import type { Span } from "./span.ts";

/** Whether two regions of one file have a line in common. */
export function shareLines(one: Span, other: Span): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}
