import type { Stretch } from "./overlaps.ts";
import type { Span } from "./span.ts";

/** The lines of a region. */
export function linesOf({ start, end }: Span): Stretch {
  return { start: start.line, end: end.line + 1 };
}
