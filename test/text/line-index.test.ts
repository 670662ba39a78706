import fc from "fast-check";
import { expect, test } from "vitest";
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

test("a byte order mark takes no column, and its place in the text", () => {
  const { positionAt } = createLineIndex("\uFEFFab\nc");
  expect([0, 1, 2, 4].map(positionAt)).toEqual([
    { line: 1, column: 0, offset: 0 },
    { line: 1, column: 0, offset: 1 },
    { line: 1, column: 1, offset: 2 },
    { line: 2, column: 0, offset: 4 },
  ]);
});

test("beyond the text is its end", () => {
  const { positionAt, lineText } = createLineIndex("a\n");
  expect([positionAt(-1), positionAt(99)]).toEqual([
    { line: 1, column: 0, offset: 0 },
    { line: 2, column: 0, offset: 2 },
  ]);
  expect([lineText(0), lineText(3)]).toEqual(["", ""]);
});

test("the lines and their ends are the whole text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { lineStarts, lineText } = createLineIndex(text);
      const lines = lineStarts.map((start, at) => text.slice(start, lineStarts[at + 1]));
      expect(lines.join("")).toBe(text);
      expect(lineStarts.map((_, at) => lineText(at + 1))).toEqual(lines.map((line) => line.replace(/[\r\n]+$/, "")));
      expect(text.split(/\r\n|\r|\n/).length).toBe(lineStarts.length);
    }),
  );
});
