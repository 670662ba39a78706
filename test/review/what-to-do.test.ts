import { expect, test } from "vitest";
import type { Notice } from "../../src/analysis/finding.ts";
import { planReview } from "../../src/review/plan-review.ts";
import { analysis, filesByPath, finding, input, lines, newFile } from "./build.ts";

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

test("what has no comment is counted among all findings, not among those that do not fail the check", () => {
  const file = newFile("a.py", "x = 1\n".repeat(9));
  const at = (path: string, level: "error" | "warning") =>
    finding({ location: lines(path, level === "error" ? 3 : 5), level });
  const firstLine = (...findings: readonly ReturnType<typeof finding>[]) => {
    const analyses = [analysis("a.py", { findings })];
    return planReview(input({ analyses, files: filesByPath(file) })).check.summary.split("\n")[0];
  };
  expect(firstLine(at("b.py", "error"), at("a.py", "warning"))).toBe(
    "**Fix or answer 1 error** to pass this check. The other one does not fail it. 1 of the 2 findings has no comment in the code.",
  );
  expect(firstLine(at("b.py", "error"), at("b.py", "warning"))).toContain("None has a comment in the code.");
  expect(firstLine(at("b.py", "error"), at("a.py", "error"))).toContain("1 of them has no comment in the code.");
  expect(firstLine(at("b.py", "warning"))).toContain("It has no comment in the code.");
});
