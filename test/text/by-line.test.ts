import fc from "fast-check";
import { expect, test } from "vitest";
import { byLine } from "../../src/text/by-line.ts";

const line = fc.integer({ min: 1, max: 12 });
const lines = fc.oneof(
  fc.tuple(line, line).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) })),
  line.map((first) => ({ first, last: first })),
  fc.constant({ first: 1, last: Number.POSITIVE_INFINITY }),
);

test("those with a line in common are found, each once and in their order", () => {
  fc.assert(
    fc.property(fc.array(lines), lines, (all, asked) => {
      const common = all.filter(({ first, last }) => first <= asked.last && last >= asked.first);
      expect(byLine(all, (one) => one)(asked)).toEqual(common);
    }),
  );
});
