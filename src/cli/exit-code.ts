import type { FileAnalysis } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { isAtLeast } from "../report/report.ts";
import type { Level } from "../rules/rule.ts";

export const EXIT = { clean: 0, findings: 1, usage: 2, unverified: 3 } as const;

/** What could not be verified weighs more than what was found: a clean result would be an empty promise. */
export function exitCodeOf(analyses: readonly FileAnalysis[], failOn: Level | "never"): number {
  if (analyses.some(({ notices }) => notices.some(isUnverified))) return EXIT.unverified;
  if (failOn === "never") return EXIT.clean;
  const fails = analyses.some(({ findings }) => findings.some(({ level }) => isAtLeast(level, failOn)));
  return fails ? EXIT.findings : EXIT.clean;
}
