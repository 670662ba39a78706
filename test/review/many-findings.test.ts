import { expect, test } from "vitest";
import { planReview } from "../../src/review/plan-review.ts";
import { analysis, filesByPath, finding, input, lines, newFile, rule } from "./build.ts";

test("of thousands of findings the check counts all and annotates the weightiest, in ten requests", () => {
  const text = "x = 1\n".repeat(2_100);
  const at = (line: number, level: "error" | "warning") =>
    finding({ location: lines("a.py", line), level, fingerprint: String(line).padStart(64, "0") });
  const findings = Array.from({ length: 2_000 }, (_, index) => at(index + 1, index < 1_990 ? "warning" : "error"));
  const { check, findings: counted } = planReview({
    ...input({ analyses: [analysis("a.py", { findings })], files: filesByPath(newFile("a.py", text)) }),
    rules: new Map([["sql-injection", rule({ id: "sql-injection" })]]),
  });
  expect(check.title).toBe("10 errors, 1,990 warnings in 1 changed file");
  expect(counted).toHaveLength(2_000);
  expect(check.annotations).toHaveLength(500);
  expect(check.annotations.filter(({ level }) => level === "failure")).toHaveLength(10);
  expect(check.summary).toContain("more findings than fit here: the annotations of this check are the first 500.");
});
