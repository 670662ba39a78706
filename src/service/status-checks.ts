import type { Policy } from "../config/policy.ts";
import type { PlannedCheck } from "../review/review-plan.ts";
import type { SkipReason } from "./review-outcome.ts";

/** The checks of heads that are not reviewed to the end: each head has one, and each says why. */

export function skippedCheck(reason: SkipReason): PlannedCheck {
  return { conclusion: "neutral", ...SKIPPED[reason], annotations: [] };
}

export function supersededCheck(by: string): PlannedCheck {
  return {
    conclusion: "neutral",
    title: `Superseded by ${by.slice(0, 7)}`,
    summary: "The pull request has a newer commit, which is reviewed in place of this one.",
    annotations: [],
  };
}

export function unverifiedCheck({ onIncomplete }: Policy): PlannedCheck {
  return {
    conclusion: onIncomplete,
    title: "Could not verify: the review did not finish",
    summary:
      "The review ended before the change was analysed, so nothing is known about it. " +
      "It is tried again a few times without your doing; a new commit starts it as well.",
    annotations: [],
  };
}

const SKIPPED: Readonly<Record<SkipReason, Pick<PlannedCheck, "title" | "summary">>> = {
  draft: { title: "Not reviewed: a draft", summary: "The review comes when the pull request is ready for review." },
  closed: { title: "Not reviewed: closed", summary: "The review comes when the pull request is opened again." },
  "bot-author": { title: "Not reviewed: opened by a bot", summary: "Pull requests of bots are not reviewed." },
  author: {
    title: "Not reviewed: by its author",
    summary: "The configuration leaves out pull requests of this author.",
  },
  label: {
    title: "Not reviewed: by a label",
    summary: "The configuration leaves out pull requests with one of its labels.",
  },
};
