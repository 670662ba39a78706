import { structuredPatch } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hunksOfFix, shortened } from "../../src/report/fix-hunks.ts";
import { applyEdits } from "../../src/text/apply-edits.ts";
import { createLineIndex } from "../../src/text/line-index.ts";

const text = fc
  .array(fc.constantFrom("a", "b", "", "call(x)", "  c"), { maxLength: 30 })
  .map((lines) => lines.join("\n"));
const cuts = fc.array(fc.tuple(fc.nat(120), fc.nat(8), fc.constantFrom("", "new", "x\ny", "\n")), { maxLength: 4 });

test("the hunks make of the source what the edits make of it", () => {
  fc.assert(
    fc.property(text, cuts, fc.nat(2), (source, wanted, context) => {
      const lines = createLineIndex(source);
      let at = 0;
      const edits = wanted
        .toSorted(([a], [b]) => a - b)
        .flatMap(([offset, length, inserted]) => {
          const start = Math.max(at, offset);
          const end = Math.min(start + length, source.length);
          if (start > end) return [];
          at = end + 1;
          return [{ span: lines.spanOf(start, end), text: inserted }];
        });
      const after = applyEdits(source, edits);
      const rebuilt = rebuild(source, hunksOfFix({ edits }, source, context));
      // Hunks do not say whether the last line ends.
      expect(rebuilt.trimEnd()).toBe(after.trimEnd());
    }),
    { numRuns: 1_000 },
  );
});

test("of one edit they are the same as git's, number by number", () => {
  const source = "one\ntwo\nthree\nfour\nfive\n";
  const lines = createLineIndex(source);
  for (const [part, inserted] of [
    ["three", "3"],
    ["one", "import x\none"],
    ["five\n", ""],
    ["two\nthree", "2\n2\n3"],
  ] as const) {
    const start = source.indexOf(part);
    const edits = [{ span: lines.spanOf(start, start + part.length), text: inserted }];
    for (const context of [0, 1, 3]) {
      const whole = structuredPatch("", "", source, applyEdits(source, edits), "", "", { context });
      expect(hunksOfFix({ edits }, source, context)).toEqual(whole.hunks);
    }
  }
});

test("a line that is very long is cut around what changes", () => {
  const [removed = "", added = ""] = shortened([
    `-${"x".repeat(9_000)}a${"y".repeat(9_000)}`,
    `+${"x".repeat(9_000)}b`,
  ]);
  expect(removed).toMatch(/^-…x{49}ay+…$/u);
  expect(added).toMatch(/^\+…x{49}b$/u);
  expect(removed.length).toBeLessThan(410);
  const [, , shorter = ""] = shortened([`-${"x".repeat(9_000)}a`, `+${"x".repeat(9_000)}b`, `+${"z".repeat(450)}`]);
  expect(shorter).toMatch(/^\+…z{49}$/u);
});

/** The text that the hunks make of the source. */
function rebuild(source: string, hunks: ReturnType<typeof hunksOfFix>): string {
  const before = source.split("\n");
  const after: string[] = [];
  let at = 0;
  for (const { oldStart, oldLines, lines } of hunks) {
    while (at < Math.min(oldStart - 1, before.length)) after.push(before[at++] ?? "");
    for (const line of lines) if (!line.startsWith("-")) after.push(line.slice(1));
    at += oldLines;
  }
  return [...after, ...before.slice(at)].join("\n");
}
