import { DEFAULT_POLICY } from "../config/defaults.ts";
import { writeExternalId } from "./external-id.ts";
import type { Lease, MergeGroup } from "./job-queue.ts";
import { planPullRequest } from "./plan-pull-request.ts";
import type { PullRequest } from "./ports.ts";
import type { ReviewOutcome } from "./review-outcome.ts";
import type { ReviewParts } from "./review-parts.ts";
import { skippedCheck, unverifiedCheck } from "./status-checks.ts";

/**
 * Checks what a merge queue is about to merge: the group's own commit, with the answers that people gave on the pull request. Nothing is
 * said on the pull request; the queue waits for the check of this very commit.
 */
export async function checkMergeGroup(parts: ReviewParts, lease: Lease, group: MergeGroup): Promise<ReviewOutcome> {
  const { host } = parts;
  const { ref, ...pull } = await host.pullRequest(lease.job.pullRequest);
  const queued: PullRequest = { ...pull, ref, baseSha: group.baseSha, headSha: group.headSha };
  const check = await host.findCheck(queued, writeExternalId(queued, parts.version));
  try {
    const planned = await planPullRequest(
      parts,
      queued,
      () => host.changeBetween(ref, group.baseSha, group.headSha),
      lease.signal,
      { mergeGroup: group },
    );
    if (planned.kind === "skipped") {
      await host.completeCheck(check, skippedCheck(planned.reason));
      return { kind: "skipped", reason: planned.reason };
    }
    await host.completeCheck(check, planned.plan.check);
    const { findings, check: said } = planned.plan;
    return { kind: "reviewed", findings: findings.length, conclusion: said.conclusion };
  } catch (error) {
    // The queue waits for a conclusion, and drops the pull request when none comes.
    if (!lease.signal.aborted) await host.completeCheck(check, unverifiedCheck(DEFAULT_POLICY));
    throw error;
  }
}
