import { codeSpan } from "../review/escape.ts";
import { cutText } from "../review/fit-sections.ts";
import { TITLE } from "../review/limits.ts";
import type { PlannedCheck } from "../review/review-plan.ts";
import { planPullRequest } from "./plan-pull-request.ts";
import type { PullRequest } from "./ports.ts";
import type { ReviewParts } from "./review-parts.ts";

/** Pull requests of one head that are looked at beside the one that is reviewed, closed ones too; there is seldom one. */
const MOST_OTHERS = 20;
/** Of the other's title, in bytes: the summary keeps to its limit. */
const QUOTED = 120;

/**
 * A check belongs to a commit, and the newest one of a commit counts for every pull request that has it as its head. So it passes only
 * where it would for all that are open: otherwise one against another base, with less to find or another configuration, would make it
 * green for those of which it knows nothing.
 */
export async function forAllOfHead(
  parts: ReviewParts,
  pr: PullRequest,
  own: PlannedCheck,
  signal: AbortSignal,
): Promise<PlannedCheck> {
  if (own.conclusion === "failure") return own;
  const numbers = await parts.heads.alsoHeadOf(pr.ref, pr.headSha);
  for (const number of numbers.slice(0, MOST_OTHERS)) {
    const title = await failureOf(parts, pr, number, signal);
    if (title !== undefined) return heldBy(own, `#${number}`, title);
  }
  if (numbers.length <= MOST_OTHERS) return own;
  return heldBy(own, "too many pull requests", "their number is not looked through");
}

/** The title of what fails there; undefined where nothing does, or the pull request has gone on. */
async function failureOf(
  parts: ReviewParts,
  { ref, headSha }: PullRequest,
  number: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const other = await parts.host.pullRequest({ ...ref, number });
  if (other.state === "closed" || other.headSha !== headSha) return undefined;
  const planned = await planPullRequest(parts, other, () => parts.host.change(other), signal);
  if (planned.kind === "skipped" || planned.plan.check.conclusion !== "failure") return undefined;
  return planned.plan.check.title;
}

function heldBy(own: PlannedCheck, other: string, title: string): PlannedCheck {
  const why =
    `**This commit is also the head of ${other}**, and a check belongs to a commit: there it says ${codeSpan(cutText(title, QUOTED))}. ` +
    "Settle it there, or close that one; then run this check again.";
  const says = `${other} has the same head: ${title}`;
  return { ...own, conclusion: "failure", title: cutText(says, TITLE), summary: `${why}\n\n${own.summary}` };
}
