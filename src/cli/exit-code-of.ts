import type { FileAnalysis, Finding } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { EXIT } from "./exit-code.ts";

/** What could not be verified weighs more than what was found: a clean result would be an empty promise. */
export function exitCodeOf(analyses: readonly FileAnalysis[], fails: (finding: Finding) => boolean): number {
  if (analyses.some(({ notices }) => notices.some(isUnverified))) return EXIT.unverified;
  return analyses.some(({ findings }) => findings.some(fails)) ? EXIT.findings : EXIT.clean;
}
