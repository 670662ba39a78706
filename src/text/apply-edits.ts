import type { TextEdit } from "./span.ts";

/** The text once all edits are made. They must not overlap; an insertion at the start of a replacement comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = edits.toSorted(
    (a, b) => a.span.start.offset - b.span.start.offset || a.span.end.offset - b.span.end.offset,
  );
  let result = "";
  let copied = 0;
  for (const { span, text: inserted } of inOrder) {
    result += text.slice(copied, span.start.offset) + inserted;
    copied = span.end.offset;
  }
  return result + text.slice(copied);
}
