import type { TextEdit } from "./span.ts";

/** The text once all edits are made. They must not overlap; their order does not matter. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = edits.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  let result = "";
  let copied = 0;
  for (const { span, text: inserted } of inOrder) {
    result += text.slice(copied, span.start.offset) + inserted;
    copied = span.end.offset;
  }
  return result + text.slice(copied);
}
