import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, cutText, fitSections } from "../../src/review/fit-sections.ts";

const section = fc.record({
  head: fc.string({ unit: "binary", maxLength: 20 }),
  items: fc.array(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), { maxLength: 8 }),
  tail: fc.string({ maxLength: 10 }),
});

test("sections never take more bytes than the limit", () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 5 }), fc.nat(300), (sections, limit) => {
      const withMore = sections.map((entry) => ({ ...entry, more: (cut: number) => `and ${cut} more` }));
      expect(bytes(fitSections(withMore, limit))).toBeLessThanOrEqual(limit);
    }),
  );
});

test("an item is there whole or not at all, and the rest is counted", () => {
  const items = Array.from({ length: 9 }, (_, index) => `item ${index}`);
  const text = fitSections([{ head: "top", items, tail: "end", more: (cut) => `${cut} more` }], 40);
  expect(text.split("\n")).toEqual(["top", "item 0", "item 1", "item 2", "6 more", "end"]);
});

test("a section that would not fit leaves its room to the later ones", () => {
  const long = { head: "x".repeat(50), items: [], tail: "" };
  expect(fitSections([long, { head: "short", items: [], tail: "" }], 20)).toBe("short");
});

test("a cut text is whole characters within its limit", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 3, max: 40 }), (text, limit) => {
      const cut = cutText(text, limit);
      expect(bytes(cut)).toBeLessThanOrEqual(Math.max(limit, 3));
      expect(cut.isWellFormed()).toBe(true);
      expect(cut === text || text.startsWith(cut.slice(0, -1))).toBe(true);
    }),
  );
});
