import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "../../src/text/apply-edits.ts";
import { createLineIndex } from "../../src/text/line-index.ts";

const anyText = fc
  .array(fc.constantFrom("a", "é", "🐍", "\n", "\r\n", "\r", " "), { maxLength: 40 })
  .map((parts) => parts.join(""));

test("LF, CRLF and a lone CR end a line", () => {
  const index = createLineIndex("a\nb\r\nc\rd");
  expect(index.lineStarts).toEqual([0, 2, 5, 7]);
  expect([1, 2, 3, 4, 5].map(index.lineText)).toEqual(["a", "b", "c", "d", ""]);
});

test("a position's line and column lead back to its offset", () => {
  fc.assert(
    fc.property(anyText, fc.nat(60), (text, offset) => {
      const index = createLineIndex(text);
      const position = index.positionAt(offset);
      expect(position.offset).toBe(Math.min(offset, text.length));
      expect((index.lineStarts[position.line - 1] ?? 0) + position.column).toBe(position.offset);
    }),
  );
});

test("edits apply in any order, and none changes nothing", () => {
  fc.assert(
    fc.property(anyText, fc.nat(40), fc.nat(40), fc.boolean(), (text, one, other, swapped) => {
      const { spanOf } = createLineIndex(text);
      const middle = Math.min(one, other, text.length);
      fc.pre(0 < middle && middle < text.length);
      const edits = [
        { span: spanOf(0, middle), text: "<" },
        { span: spanOf(middle, text.length), text: ">" },
      ];
      expect(applyEdits(text, swapped ? edits.reverse() : edits)).toBe("<>");
      expect(applyEdits(text, [])).toBe(text);
    }),
  );
});
