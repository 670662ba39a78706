import fc from "fast-check";
import { expect, test } from "vitest";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { byPythonLines } from "../../src/diff/python-lines.ts";
import { createLineIndex } from "../../src/text/line-index.ts";

const anyText = fc
  .array(fc.constantFrom("a", "b", "c", "\n", "\r\n", "\r"), { maxLength: 40 })
  .map((parts) => parts.join(""));

test("each line of a hunk stands where Python counts it, whatever ends the lines", () => {
  fc.assert(
    fc.property(anyText, anyText, (base, head) => {
      const [before, after] = [createLineIndex(base), createLineIndex(head)];
      for (const hunk of byPythonLines(diffTexts(base, head), base, head)) {
        for (const line of hunk.lines) {
          if (line.kind !== "added") expect(before.lineText(line.baseLine)).toBe(line.text);
          if (line.kind !== "removed") expect(after.lineText(line.headLine)).toBe(line.text);
        }
      }
    }),
  );
});

test("a hunk has the range of its lines", () => {
  const [base, head] = ["a\rb\nc\n", "a\rb\nd\re\nc\n"];
  expect(byPythonLines(diffTexts(base, head), base, head)).toMatchObject([
    { base: { first: 1, count: 3 }, head: { first: 1, count: 5 } },
  ]);
  expect(byPythonLines(diffTexts("", "a\rb\n"), undefined, "a\rb\n")).toMatchObject([{ head: { first: 1, count: 2 } }]);
});

test("where lines end as git has them the hunks are the same", () => {
  const hunks = diffTexts("a\r\nb\n", "a\r\nc\n");
  expect(byPythonLines(hunks, "a\r\nb\n", "a\r\nc\n")).toBe(hunks);
});
