import { expect, test } from "vitest";
import type { Notice } from "../../src/analysis/finding.ts";
import { planReview } from "../../src/review/plan-review.ts";
import { analysis, input } from "./build.ts";

function summaryWith(...notices: readonly Notice[]): string {
  return planReview(input({ analyses: [analysis("a.py", { notices })] })).check.summary;
}

test("another run is advised only where it may verify what this one could not", () => {
  const size = { kind: "limit", path: "a.py", limit: "size", measured: 600_000, bound: 500_000 } as const;
  for (const lasting of [size, { kind: "unreadable", path: "a.py", reason: "unknown-encoding" } as const])
    expect(summaryWith(lasting)).toContain("so this check fails. The reason is below. `/safepath accept unverified");
  for (const passing of [
    { kind: "too-slow", path: "a.py", milliseconds: 4_000 },
    { kind: "unreadable", path: "a.py", reason: "not-fetched" },
    { kind: "crashed", path: "a.py" },
  ] as const)
    expect(summaryWith(size, passing)).toContain("Re-run it; if that does not help, the reason is below.");
});
