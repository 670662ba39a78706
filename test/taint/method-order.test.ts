import { expect, test } from "vitest";
import type { ClassInfo } from "../../src/taint/calls/callables.ts";
import { methodOrder } from "../../src/taint/calls/method-order.ts";

/** A class of which it is counted how often somebody asks for its parents. */
function classOn(parents: readonly ClassInfo[], asked: () => void): ClassInfo {
  return Object.defineProperty({}, "parents", {
    get() {
      asked();
      return parents;
    },
  }) as ClassInfo;
}

test("a class that many others build on is asked for its parents once for each depth, not once for each way to it", () => {
  let times = 0;
  const classes: ClassInfo[] = [];
  for (let count = 0; count < 24; count++)
    classes.push(
      classOn(classes.toReversed(), () => {
        times++;
      }),
    );
  const [last] = classes.toReversed();
  expect(methodOrder(last)[0]).toBe(last);
  expect(new Set(methodOrder(last))).toEqual(new Set(classes));
  expect(times).toBeLessThan(24 * 9 * 3);
});
