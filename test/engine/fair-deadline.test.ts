import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startDeadline } from "../../src/engine/fair-deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A deadline of 1 s for a process that has `share` of the processor while it runs, or waits for something else than its turn; when it was over, in tenths of a second. */
function deadlineOf(share: number, isRunnable = true) {
  const began = Date.now();
  const over: number[] = [];
  const had = () => ({ milliseconds: share * (Date.now() - began), isRunnable });
  return { over, deadline: startDeadline(1_000, had, () => over.push(Math.round((Date.now() - began) / 100))) };
}

test.each([
  ["had the processor", 0.8, true],
  ["waited for something else", 0, false],
])("a process that %s is over its time when that is up", async (_, share, isRunnable) => {
  const { over } = deadlineOf(share, isRunnable);
  await vi.advanceTimersByTimeAsync(900);
  expect(over).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).toEqual([10]);
});

test("one that waited for its turn is given the time again, three times at most", async () => {
  const { over } = deadlineOf(0.1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(over).toEqual([40]);
});

test("what it does gives it all its time again, and what has ended is never over it", async () => {
  const { over, deadline } = deadlineOf(1);
  await vi.advanceTimersByTimeAsync(900);
  deadline.refresh();
  await vi.advanceTimersByTimeAsync(900);
  expect(over).toEqual([]);
  deadline.clear();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).toEqual([]);
});
