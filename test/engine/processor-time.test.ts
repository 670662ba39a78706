import { expect, test } from "vitest";
import { processorTime } from "../../src/engine/processor-time.ts";

test.runIf(process.platform === "linux")("what this process has had of the processor is counted", () => {
  const before = processorTime(process.pid);
  const { user, system } = process.cpuUsage();
  expect(before?.isRunnable).toBe(true);
  expect(Math.abs((before?.milliseconds ?? 0) - (user + system) / 1000)).toBeLessThan(100);
});

test("of a process that is gone nothing is known", () => {
  expect(processorTime(2 ** 30)).toBeUndefined();
});
