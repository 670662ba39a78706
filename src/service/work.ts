import { applyFixes } from "./apply-fixes.ts";
import { checkMergeGroup } from "./check-merge-group.ts";
import type { Lease } from "./job-queue.ts";
import { UNKNOWN_NUMBER } from "./receive-delivery.ts";
import type { ReviewOutcome } from "./review-outcome.ts";
import type { ReviewParts } from "./review-parts.ts";
import { reviewPullRequest } from "./review-pull-request.ts";

/** Does what a job asks for. */
export async function work(parts: ReviewParts, lease: Lease): Promise<ReviewOutcome> {
  const { mergeGroup, pullRequest, headSha, fixes } = lease.job;
  if (fixes !== undefined) return applyFixes(parts, lease, fixes);
  if (mergeGroup !== undefined) return checkMergeGroup(parts, lease, mergeGroup);
  if (pullRequest.number !== UNKNOWN_NUMBER || headSha === undefined) return reviewPullRequest(parts, lease);
  const number = await parts.host.pullRequestAt(pullRequest, headSha);
  if (number === undefined) return { kind: "skipped", reason: "closed" };
  return reviewPullRequest(parts, { ...lease, job: { ...lease.job, pullRequest: { ...pullRequest, number } } });
}
