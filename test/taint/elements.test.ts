import { expect, test } from "vitest";
import { elementOf } from "../../src/taint/expressions/elements.ts";
import type { Machine } from "../../src/taint/machine/machine.ts";
import { sequenceShape } from "../../src/taint/values/shape.ts";
import { refValue } from "../../src/taint/values/value.ts";

test("of more objects than a value refers to, none of which is in sight, an element is any of those that it can be", () => {
  const list = sequenceShape(
    "list",
    Array.from({ length: 6 }, (_, index) => refValue(10 + index, "dynamic")),
  );
  const heap: Pick<Machine, "shape" | "allocate"> = {
    shape: (ref) => (ref === 1 ? list : undefined),
    allocate: () => 2,
  };
  expect(elementOf(heap as Machine, refValue(1, "dynamic"))?.refs).toEqual([10, 11, 12, 13]);
});
