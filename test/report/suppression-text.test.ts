import { expect, test } from "vitest";
import type { SuppressionNotice } from "../../src/analysis/finding.ts";
import { suppressionText } from "../../src/report/suppression-text.ts";
import { placeIn } from "./fixtures.ts";

function textOf(kind: SuppressionNotice["kind"], more: Partial<SuppressionNotice> = {}): string {
  return suppressionText(
    { kind, location: placeIn("a.py", "# ours", "# ours"), text: "# ours", ...more },
    (code) => code,
  );
}

test("a comment that does not count says what would make it count", () => {
  expect(textOf("suppression-without-reason")).toBe(
    "# ours gives no reason, so it does not count: end it with -- <reason>",
  );
  expect(textOf("suppression-without-rule")).toContain("# safepath: ignore[rule] -- reason");
});

test("one that silences nothing names the rule that finds something there", () => {
  expect(textOf("suppression-unused", { about: "weak-hash" })).toBe(
    "# ours silences nothing: weak-hash finds nothing there",
  );
  expect(textOf("suppression-unused", { about: "weak-hash", meant: "password-fast-hash" })).toBe(
    "# ours silences nothing: weak-hash finds nothing there, password-fast-hash does",
  );
});
