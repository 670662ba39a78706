import type { Policy } from "../config/policy.ts";
import type { CompletedCheck } from "../review/review-plan.ts";
import type { SkipReason } from "./review-outcome.ts";

/**
 * The checks of heads that are not reviewed to the end: each says why. What ends for a reason that may pass is `cancelled`, which a
 * required check does not take: a pull request that is opened again, or pushed back to that head, is not green before its review.
 */

export function skippedCheck(reason: SkipReason): CompletedCheck {
  return { ...SKIPPED[reason], annotations: [] };
}

export function supersededCheck(by: string): CompletedCheck {
  return {
    conclusion: "cancelled",
    title: `Superseded by ${by.slice(0, 7)}`,
    summary: "The pull request has a newer commit, which is reviewed in place of this one.",
    annotations: [],
  };
}

export function unverifiedCheck({ onIncomplete }: Policy): CompletedCheck {
  return {
    conclusion: onIncomplete,
    title: "Could not verify: the review did not finish",
    summary:
      "The review ended before the change was analysed, so nothing is known about it. " +
      "Where the reason may pass, it is tried again a few times without your doing; a new commit, or running this check again, starts it as well.",
    annotations: [],
  };
}

const SKIPPED: Readonly<Record<SkipReason, Pick<CompletedCheck, "conclusion" | "title" | "summary">>> = {
  closed: {
    conclusion: "cancelled",
    title: "Not reviewed: closed",
    summary: "The review comes when the pull request is opened again.",
  },
  unrelated: {
    conclusion: "failure",
    title: "Could not verify: no history in common with the base branch",
    summary:
      "The branch and its base have no commit in common, so GitHub cannot tell what the change is. " +
      "Push a branch that begins at a commit of the base.",
  },
  author: {
    conclusion: "neutral",
    title: "Not reviewed: by its author",
    summary: "The configuration leaves out pull requests of this author.",
  },
  label: {
    conclusion: "neutral",
    title: "Not reviewed: by a label",
    summary:
      "The configuration leaves out pull requests with one of its labels. Once it has none of them, run this check again.",
  },
};
