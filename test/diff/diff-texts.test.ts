import fc from "fast-check";
import { expect, test } from "vitest";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import type { Hunk } from "../../src/diff/hunk.ts";

test("a changed line comes with three lines of context on each side", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `x${index + 1} = ${index}`);
  const head = lines.with(9, "x10 = None");
  expect(diffTexts(`${lines.join("\n")}\n`, `${head.join("\n")}\n`)).toMatchObject([
    { base: { first: 7, count: 7 }, head: { first: 7, count: 7 } },
  ]);
});

test("a new file is one hunk of added lines", () => {
  expect(diffTexts("", "a = 1\r\nb = 2\r\n")).toEqual([
    {
      base: { first: 0, count: 0 },
      head: { first: 1, count: 2 },
      lines: [
        { kind: "added", headLine: 1, text: "a = 1" },
        { kind: "added", headLine: 2, text: "b = 2" },
      ],
    },
  ]);
});

test("equal texts have no hunks", () => {
  expect(diffTexts("a = 1\n", "a = 1\n")).toEqual([]);
});

test("a file that was rewritten is one hunk, at bounded cost", () => {
  const text = (name: string) => Array.from({ length: 6_000 }, (_, index) => `${name}${index} = 1\n`).join("");
  const [hunk, ...others] = diffTexts(text("a"), text("b"));
  expect(others).toEqual([]);
  expect(hunk?.lines).toHaveLength(12_000);
});

test("the base with the hunks applied is the head", () => {
  const text = fc
    .array(fc.constantFrom("a = 1\n", "b = 2\n", "\n", "@@ -1 +1 @@\n", "+ 1\n"))
    .map((lines) => lines.join(""));
  fc.assert(
    fc.property(text, text, (base, head) => {
      expect(apply(base, diffTexts(base, head))).toBe(head);
    }),
  );
});

function apply(base: string, hunks: readonly Hunk[]): string {
  const lines = base === "" ? [] : base.split(/(?<=\n)/u);
  const result: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    const start = hunk.base.count === 0 ? hunk.base.first : hunk.base.first - 1;
    result.push(...lines.slice(next, start));
    for (const line of hunk.lines) if (line.kind !== "removed") result.push(`${line.text}\n`);
    next = start + hunk.base.count;
  }
  return [...result, ...lines.slice(next)].join("");
}
