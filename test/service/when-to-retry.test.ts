import { expect, test } from "vitest";
import { CodeHostError } from "../../src/service/code-host-error.ts";
import { MOST_ATTEMPTS, whenToRetry } from "../../src/service/when-to-retry.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

test("pauses grow with every attempt", () => {
  const pauses = [1, 2, 3, 4].map((attempt) => secondsUntil(whenToRetry(new Error("bug"), attempt, NOW)));
  expect(pauses).toEqual([10, 40, 160, 640]);
});

test("a job is given up after its last attempt", () => {
  expect(whenToRetry(new Error("bug"), MOST_ATTEMPTS, NOW)).toBe("never");
});

test("a limited job waits until the code host takes requests again", () => {
  const retryAt = new Date("2026-03-01T12:50:00Z");
  expect(whenToRetry(new CodeHostError({ kind: "rate-limited", retryAt }), 1, NOW)).toEqual(retryAt);
});

test.each(["gone", "forbidden", "refused"] as const)("what is %s stays so", (kind) => {
  expect(whenToRetry(new CodeHostError({ kind }), 1, NOW)).toBe("never");
});

test("an outage passes", () => {
  expect(whenToRetry(new CodeHostError({ kind: "unavailable" }), 1, NOW)).toEqual(new Date("2026-03-01T12:00:10Z"));
});

function secondsUntil(at: Date | "never"): number | undefined {
  return at === "never" ? undefined : (at.getTime() - NOW.getTime()) / 1000;
}
