import { expect, test } from "vitest";
import { bounded, MOST_FINDINGS } from "../../src/analysis/bounded.ts";
import { isUnverified } from "../../src/analysis/is-unverified.ts";
import { noticeText } from "../../src/report/notice-text.ts";
import type { Level } from "../../src/rules/rule.ts";
import { analysis, finding } from "../report/fixtures.ts";

const many = (count: number, level: Level) => Array.from({ length: count }, () => finding({ level }));

test("as many findings as are kept change nothing", () => {
  const whole = analysis({ findings: many(MOST_FINDINGS, "error") });
  expect(bounded(whole)).toBe(whole);
});

test("of more the weightiest are kept in their order, and a notice says that there are others", () => {
  const notes = many(MOST_FINDINGS, "note");
  const [error] = many(1, "error");
  if (error === undefined) throw new Error("there is one");
  const { findings, notices } = bounded(analysis({ findings: [...notes, error] }));
  expect(findings).toHaveLength(MOST_FINDINGS);
  expect(findings.at(-1)).toBe(error);
  expect(notices.map((notice) => [noticeText(notice), isUnverified(notice)])).toEqual([
    ["reported in part: the weightiest 1,000 of 1,001 findings", false],
  ]);
});

test("where more than notes are left out the file counts as one that could not be verified, silenced or not", () => {
  const silenced = many(MOST_FINDINGS + 1, "warning").map(
    (one) => ({ finding: one, by: "comment", added: true }) as const,
  );
  for (const parts of [{ findings: many(MOST_FINDINGS + 1, "warning") }, { findings: [], suppressed: silenced }]) {
    const { findings, suppressed, notices } = bounded(analysis(parts));
    expect(findings.length + suppressed.length).toBe(MOST_FINDINGS);
    expect(notices.map(isUnverified)).toEqual([true]);
  }
});

test("notices are bounded, too, and none is lost that fails the check", () => {
  const { location } = finding();
  const quiet = Array.from({ length: 5_000 }, () => ({ kind: "syntax-error", location }) as const);
  const { notices } = bounded(analysis({ findings: [], notices: [...quiet, { kind: "crashed", path: "a.py" }] }));
  expect(notices).toHaveLength(MOST_FINDINGS);
  expect(notices.some(isUnverified)).toBe(true);
});
