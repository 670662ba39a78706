import type { Finding, Notice } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { lastLine, linesOf } from "./anchor.ts";
import { ANNOTATION_LEVELS } from "./annotation-levels.ts";
import { type CheckInput, unverified } from "./check-input.ts";
import { titleOf } from "./comment.ts";
import { plainText } from "./escape.ts";
import { cutText } from "./fit-sections.ts";
import { ANNOTATION_MESSAGE, MOST_ANNOTATIONS, TITLE } from "./limits.ts";
import { isUnseen } from "./notices.ts";
import type { PlannedAnnotation, PlannedCheck } from "./review-plan.ts";
import { APPLY_FIXES } from "./safe-fixes.ts";
import { fails } from "./standing.ts";
import { summarize } from "./summary.ts";
import { countLevels, countOf, number } from "./words.ts";

export function planCheck(input: CheckInput): PlannedCheck {
  return {
    conclusion: conclude(input),
    title: cutText(title(input), TITLE),
    summary: summarize(input),
    annotations: input.findings.slice(0, MOST_ANNOTATIONS).map((finding) => annotate(finding, input)),
    ...actionsFor(input),
  };
}

function actionsFor({ mayFix, fixes }: CheckInput): Pick<PlannedCheck, "actions"> {
  const count = fixes.reduce((sum, { fixed }) => sum + fixed.length, 0);
  if (!mayFix || count === 0) return {};
  const description = `Commit ${count === 1 ? "1 safe fix" : `${number(count)} safe fixes`} to the branch`;
  return { actions: [{ id: APPLY_FIXES, label: "Apply safe fixes", description }] };
}

/** Never `success` for what was not looked at, unless policy says so, and then it is `neutral`. */
function conclude(input: CheckInput): PlannedCheck["conclusion"] {
  if (input.findings.some((finding) => fails(finding, input))) return "failure";
  return unverified(input) > 0 ? input.policy.onIncomplete : "success";
}

function title(input: CheckInput): string {
  const files = input.analyses.filter((analysis) => !isUnseen(analysis)).length;
  const missing = unverified(input);
  if (missing > 0) return titleOfIncomplete(input, missing);
  const { size } = input.accepted;
  return size === 0
    ? titleOfComplete(input, files)
    : `${titleOfComplete(input, files)}; ${number(size)} not verified, accepted`;
}

function titleOfComplete(input: CheckInput, files: number): string {
  if (input.findings.length > 0) return `${countLevels(input.findings)} in ${countOf(files, "changed file")}`;
  if (input.analyses.length === 0) return "No Python changes";
  return files === 0 ? "No changed file could be analysed" : `No findings in ${countOf(files, "changed file")}`;
}

function titleOfIncomplete(input: CheckInput, missing: number): string {
  const why = `${countOf(missing, "file")} could not be ${wereRead(input) ? "analysed" : "read"}`;
  return input.findings.length === 0 ? `Could not verify: ${why}` : `${countLevels(input.findings)}; ${why}`;
}

function wereRead({ analyses }: CheckInput): boolean {
  const reasons: readonly Notice[] = analyses.flatMap(({ notices }) => notices.filter(isUnverified));
  return reasons.some(({ kind }) => kind !== "unreadable");
}

/** On the finding's own lines: an annotation need not lie in the diff. */
function annotate(finding: Finding, input: CheckInput): PlannedAnnotation {
  const { rules, link } = input;
  const { path, span } = finding.commit === undefined ? finding.location : (finding.anchor ?? finding.location);
  const lines = linesOf(span);
  const more = `\n\n${finding.ruleId}: ${link.rulePage(finding.ruleId)}`;
  return {
    path,
    startLine: lines.first,
    endLine: lastLine(lines),
    level: fails(finding, input) || finding.level !== "error" ? ANNOTATION_LEVELS[finding.level] : "warning",
    title: cutText(plainText(titleOf(finding.ruleId, rules)), TITLE),
    message: cutText(plainText(finding.message), ANNOTATION_MESSAGE) + more,
  };
}
