import type { DocumentFacts } from "../../documents/document.ts";
import { createLineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";

/** The line of a text, 0-based, or its last one where it has fewer: for what is gone. */
export function placeOf({ text }: DocumentFacts, line: number): Span {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)].filter(
    (start) => start < text.length || start === 0,
  );
  const start = starts[Math.min(Math.max(line, 0), starts.length - 1)] ?? 0;
  const end = text.indexOf("\n", start);
  return createLineIndex(text).spanOf(start, end === -1 ? text.length : end);
}
