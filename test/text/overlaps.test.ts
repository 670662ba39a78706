import fc from "fast-check";
import { expect, test } from "vitest";
import { overlapping, overlapsOf, type Stretch } from "../../src/text/overlaps.ts";

const stretch = fc.tuple(fc.nat(40), fc.nat(6)).map(([start, length]): Stretch => ({ start, end: start + length }));

function doOverlap(one: Stretch, other: Stretch): boolean {
  return one.start < other.end && other.start < one.end;
}

test("one of many overlaps where any of them does", () => {
  fc.assert(
    fc.property(fc.array(stretch), stretch, (many, other) => {
      expect(overlapsOf(many)(other)).toBe(many.some((one) => doOverlap(one, other)));
    }),
  );
});

test("of stretches that stand one after the other those are given that overlap", () => {
  const apart = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }))).map((gaps) => {
    let at = 0;
    return gaps.map(([gap, length]): Stretch => {
      const start = at + gap;
      at = start + length;
      return { start, end: at };
    });
  });
  fc.assert(
    fc.property(apart, stretch, (many, other) => {
      expect(overlapping(many, other)).toEqual(many.filter((one) => one.start < other.end && one.end > other.start));
    }),
  );
});
