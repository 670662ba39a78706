import type { TextEdit } from "./span.ts";

/**
 * The text once all edits are made; an insertion at the start of a replacement comes first. Throws a RangeError when
 * edits overlap or lie outside the text: no text is what was meant.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = edits.toSorted(
    (a, b) => a.span.start.offset - b.span.start.offset || a.span.end.offset - b.span.end.offset,
  );
  let result = "";
  let copied = 0;
  for (const { span, text: inserted } of inOrder) {
    const [start, end] = [span.start.offset, span.end.offset];
    if (start < copied || end < start || end > text.length) throw new RangeError(`no edit can be made at ${start}`);
    result += text.slice(copied, start) + inserted;
    copied = end;
  }
  return result + text.slice(copied);
}
