import { createPatch } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePatch } from "../../src/diff/parse-patch.ts";
import { linesOf, rebuildHead } from "./rebuild.ts";

test("lines carry their numbers on both sides", () => {
  expect(parsePatch("@@ -4,2 +4,3 @@ def f():\n a\n-b\n+c\r\n+d\n\\ No newline at end of file")).toEqual([
    {
      base: { first: 4, count: 2 },
      head: { first: 4, count: 3 },
      lines: [
        { kind: "context", baseLine: 4, headLine: 4, text: "a" },
        { kind: "removed", baseLine: 5, text: "b" },
        { kind: "added", headLine: 5, text: "c" },
        { kind: "added", headLine: 6, text: "d" },
      ],
    },
  ]);
});

test("content that looks like a file's head is content", () => {
  const [hunk] = parsePatch("--- a/x\n+++ b/x\n@@ -1 +1 @@\n--- a\n+++ b\n");
  expect(hunk?.lines.map(({ kind, text }) => [kind, text])).toEqual([
    ["removed", "-- a"],
    ["added", "++ b"],
  ]);
});

test("a patch without hunks has none", () => {
  expect(parsePatch("Binary files a/x and b/x differ\n")).toEqual([]);
});

test("a patch that contradicts itself is an error", () => {
  expect(() => parsePatch("@@ -1,2 +1,2 @@\n a\n")).toThrow();
  expect(() => parsePatch("@@ nonsense @@\n a\n")).toThrow();
});

test("the hunks of any change rebuild its head from its base", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "-", "+++ x", "@@ -1 +1 @@", ""), { maxLength: 12 })
    .map((lines) => lines.map((line) => `${line}\n`).join(""));
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 3 }), (base, head, context) => {
      const hunks = parsePatch(createPatch("x", base, head, "", "", { context }));
      expect(rebuildHead(linesOf(base), hunks)).toEqual(linesOf(head));
    }),
  );
});
