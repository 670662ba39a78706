import type { FileAnalysis, Finding, Fingerprint, Notice } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import type { LinkTo } from "./links.ts";
import type { Acceptance, Answer, PlannedFix, ReviewInput } from "./review-plan.ts";

/** What the check is drawn from: the review's input, and what was made of it so far. */
export interface CheckInput extends ReviewInput {
  /** The most severe first. */
  readonly findings: readonly Finding[];
  /** Those that a comment speaks for, new or earlier. */
  readonly commented: ReadonlySet<Finding>;
  /** Findings that somebody wants silenced, for which it takes a second person. */
  readonly waiting: ReadonlyMap<Fingerprint, Answer>;
  /** Files that people let through although they could not be verified, by path. */
  readonly accepted: ReadonlyMap<string, Acceptance>;
  readonly fixes: readonly PlannedFix[];
  readonly link: LinkTo;
}

/** How many files should have been analysed and were not; all those beyond the code host's list count as one. */
export function unverified(input: CheckInput): number {
  return unverifiedFiles(input).length + (input.coverage.truncated ? 1 : 0);
}

/** Whether another run may verify what this one could not: a file's size, or what it is, stays. */
export function mayBeVerifiedLater(input: CheckInput): boolean {
  return unverifiedFiles(input).some(({ notices }) => notices.some(isPassing));
}

function unverifiedFiles({ analyses, accepted }: CheckInput): readonly FileAnalysis[] {
  return analyses.filter(({ path, notices }) => notices.some(isUnverified) && !accepted.has(path));
}

/** Of the machine's hour, or of the code host's. */
function isPassing(notice: Notice): boolean {
  return (
    notice.kind === "crashed" ||
    notice.kind === "too-slow" ||
    (notice.kind === "unreadable" && notice.reason === "not-fetched")
  );
}
