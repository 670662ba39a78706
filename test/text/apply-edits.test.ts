import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "../../src/text/apply-edits.ts";
import { createLineIndex } from "../../src/text/line-index.ts";
import type { TextEdit } from "../../src/text/span.ts";

function edit(text: string, start: number, end: number, inserted: string): TextEdit {
  return { span: createLineIndex(text).spanOf(start, end), text: inserted };
}

/** A text in pieces, every other of which is replaced. */
const pieces = fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ minLength: 1, maxLength: 5 }), fc.string()), {
  maxLength: 6,
});

test("edits that do not overlap are all made, in whatever order they come", () => {
  fc.assert(
    fc.property(pieces, fc.infiniteStream(fc.nat()), (parts, ranks) => {
      const text = parts.map(([kept, replaced]) => kept + replaced).join("");
      let at = 0;
      const edits = parts.map(([kept, replaced, inserted]) => {
        const start = at + kept.length;
        at = start + replaced.length;
        return { rank: ranks.next().value ?? 0, edit: edit(text, start, at, inserted) };
      });
      const shuffled = edits.toSorted((a, b) => a.rank - b.rank).map((one) => one.edit);
      expect(applyEdits(text, shuffled)).toBe(parts.map(([kept, , inserted]) => kept + inserted).join(""));
    }),
  );
});

test("no edits change nothing", () => {
  expect(applyEdits("a\r\nb", [])).toBe("a\r\nb");
});

test("an insertion at the start of a replacement comes first, insertions at one place keep their order", () => {
  expect(applyEdits("abc", [edit("abc", 1, 2, "B"), edit("abc", 1, 1, "<"), edit("abc", 1, 1, ">")])).toBe("a<>Bc");
});

test("edits that overlap, or lie outside the text, are refused", () => {
  expect(() => applyEdits("abcd", [edit("abcd", 0, 3, "x"), edit("abcd", 2, 4, "y")])).toThrow(RangeError);
  expect(() => applyEdits("abcd", [edit("abcd", 0, 3, "x"), edit("abcd", 1, 1, "y")])).toThrow(RangeError);
  expect(() => applyEdits("ab", [edit("abcd", 1, 4, "x")])).toThrow(RangeError);
});
