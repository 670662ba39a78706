import { DEFAULT_POLICY } from "../config/defaults.ts";
import { writeExternalId } from "./external-id.ts";
import type { ReviewJob } from "./job-queue.ts";
import type { CodeHost, PullRequestRef } from "./ports.ts";
import { UNKNOWN_NUMBER } from "./receive-delivery.ts";
import { unverifiedCheck } from "./status-checks.ts";

/** People see why they wait: the check of the head says that the review did not finish. */
export async function completeUnverified(host: CodeHost, ref: PullRequestRef, version: string): Promise<void> {
  const pr = await host.pullRequest(ref);
  const check = await host.findCheck(pr, writeExternalId(pr, version));
  await host.completeCheck(check, unverifiedCheck(DEFAULT_POLICY));
}

/** The same for a job that was given up, where no attempt of it has come so far as to say so itself. */
export async function completeGivenUp(host: CodeHost, job: ReviewJob, version: string): Promise<void> {
  const { pullRequest: ref, mergeGroup, fixes } = job;
  if (fixes !== undefined || ref.number === UNKNOWN_NUMBER) return;
  const pull = await host.pullRequest(ref);
  const pr = mergeGroup === undefined ? pull : { ...pull, ...mergeGroup };
  const check = await host.findCheck(pr, writeExternalId(pr, version));
  if (check.earlierRun === undefined) await host.completeCheck(check, unverifiedCheck(DEFAULT_POLICY));
}
