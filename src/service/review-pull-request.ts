import { DEFAULT_POLICY } from "../config/defaults.ts";
import type { CompletedCheck, ReviewPlan } from "../review/review-plan.ts";
import { withRefused } from "../review/summary.ts";
import { writeExternalId } from "./external-id.ts";
import { isLost, type Lease, type ReviewJob } from "./job-queue.ts";
import { planPullRequest } from "./plan-pull-request.ts";
import type { CheckRef, PullRequest } from "./ports.ts";
import { answerConversation, publishReview } from "./publish-review.ts";
import type { ReviewOutcome } from "./review-outcome.ts";
import type { ReviewParts } from "./review-parts.ts";
import { forAllOfHead } from "./same-head.ts";
import { skippedCheck, supersededCheck, unverifiedCheck } from "./status-checks.ts";

/**
 * Reviews a pull request as it is now. Every step can be repeated without saying anything twice, and whatever happens
 * the check of the head is completed, last of all: who sees a conclusion knows that the comments were tried.
 */
export async function reviewPullRequest(parts: ReviewParts, { job, signal }: Lease): Promise<ReviewOutcome> {
  warmUp(parts, job);
  const { step } = parts.observer;
  const pr = await step("read", () => readCurrent(parts, job));
  await parts.heads.reviewing(pr.ref, pr.headSha);
  const found = parts.host.findCheck(pr, writeExternalId(pr, parts.version));
  if (job.quiet === true && isThere(await found)) return { kind: "checked-already" };
  // A small change is reviewed before anybody looks: its check appears once, with its conclusion.
  const isLong = pr.state === "open" && pr.changedFiles > FILES_TO_WAIT_FOR;
  const check = isLong ? parts.host.openCheck(await found) : found;
  // Its failure counts when the review has ended: two attempts must not go on side by side.
  check.catch(() => undefined);
  const beganAt = parts.clock.now();
  const end = await review(parts, pr, job, signal).catch((error: unknown) => endOfFailure(parts, pr, signal, error));
  if (isLost(signal)) {
    await check.catch(() => undefined);
    throw signal.reason;
  }
  for (const headSha of job.abandonedHeads ?? []) await finishAbandoned(parts, { ...pr, headSha }, pr.headSha);
  if (end.check !== undefined) await step("complete", () => complete(parts, check, end));
  // A run that is opened after its job has ended would be doubled by the next one.
  else await check.catch(() => undefined);
  if (end.failure !== undefined) throw end.failure.error;
  if (end.plan !== undefined) {
    const { findings, answers, check: said } = end.plan;
    const { version } = parts;
    const facts = { deliveryId: job.deliveryId, pullRequest: pr.ref, headSha: pr.headSha, version, beganAt };
    parts.observer.found(findings);
    await parts.record({ ...facts, conclusion: said.conclusion, findings, answers });
  }
  return end.outcome;
}

/** A process ended while it showed the check of an earlier head in progress. Nobody waits for that one: its failure costs no review. */
async function finishAbandoned({ host, version, log }: ReviewParts, earlier: PullRequest, by: string): Promise<void> {
  if (earlier.headSha === by) return;
  try {
    const check = await host.findCheck(earlier, writeExternalId(earlier, version));
    if (check.id !== undefined) await host.completeCheck(check, supersededCheck(by));
  } catch (error) {
    log.warn({ err: error }, "the check of an earlier head was left unfinished");
  }
}

/** What the review asks for next is on its way while the pull request is read; what goes wrong shows when it is asked for. */
function warmUp({ organizationConfig }: ReviewParts, { pullRequest }: ReviewJob): void {
  organizationConfig(pullRequest).catch(() => undefined);
}

function isThere({ id, earlierRun }: CheckRef): boolean {
  return (id ?? earlierRun) !== undefined;
}

/** Changed files above which a review takes so long that people see it in progress. */
const FILES_TO_WAIT_FOR = 50;

/** `check` is absent where the job that supersedes this one goes on with the run. */
type End =
  | {
      readonly outcome: ReviewOutcome;
      readonly check?: CompletedCheck;
      /** Nobody waits for it: only a run that was left in progress is completed. What an earlier review concluded stays. */
      readonly isUnneeded?: boolean;
      readonly plan?: ReviewPlan;
      readonly failure?: undefined;
    }
  | { readonly plan?: undefined; readonly check: CompletedCheck; readonly failure: { readonly error: unknown } };

/** How long a code host may need until it answers with what it has just delivered. */
const CATCH_UP_MS = 2_000;

async function readCurrent({ host, clock }: ReviewParts, job: ReviewJob): Promise<PullRequest> {
  const pr = await host.pullRequest(job.pullRequest);
  if (job.headSha === undefined || job.headSha === pr.headSha) return pr;
  await clock.sleep(CATCH_UP_MS);
  return host.pullRequest(job.pullRequest);
}

async function review(parts: ReviewParts, pr: PullRequest, job: ReviewJob, signal: AbortSignal): Promise<End> {
  const isAsked = job.conversation === true;
  if (pr.state === "closed" && !isAsked) {
    return { outcome: { kind: "skipped", reason: "closed" }, check: skippedCheck("closed"), isUnneeded: true };
  }
  const { step } = parts.observer;
  const planned = await step("plan", () => planPullRequest(parts, pr, () => parts.host.change(pr), signal, job));
  signal.throwIfAborted();
  if (planned.kind === "skipped") {
    const { kind, reason, conversation } = planned;
    await answerConversation(parts, pr, conversation);
    return { outcome: { kind, reason }, check: skippedCheck(reason), isUnneeded: reason === "closed" };
  }
  const { plan } = planned;
  await answerConversation(parts, pr, plan.conversation);
  const published = await step("publish", () => publishReview(parts, pr, plan));
  switch (published.kind) {
    case "superseded":
      return { outcome: published, check: supersededCheck(published.by) };
    case "drafted":
      return review(parts, { ...pr, draft: true }, job, signal);
    case "failed":
      return { check: withRefused(plan.check, plan.comments), failure: published };
    case "published": {
      const own = withRefused(plan.check, published.refused);
      const check = await forAllOfHead(parts, pr, own, signal);
      const { conclusion } = check;
      return { outcome: { kind: "reviewed", findings: plan.findings.length, conclusion }, check, plan };
    }
  }
}

async function endOfFailure(parts: ReviewParts, pr: PullRequest, signal: AbortSignal, error: unknown): Promise<End> {
  if (signal.aborted && signal.reason === "superseded") return endOfSuperseded(parts, pr);
  return { check: unverifiedCheck(DEFAULT_POLICY), failure: { error } };
}

/** A job for the same head (another base, a delivery by hand) takes the unfinished run over. */
async function endOfSuperseded({ host }: ReviewParts, pr: PullRequest): Promise<End> {
  const { headSha: by } = await host.pullRequest(pr.ref);
  const outcome = { kind: "superseded", by } as const;
  return by === pr.headSha ? { outcome } : { outcome, check: supersededCheck(by) };
}

/** When the review itself failed, that is the error that counts. */
async function complete({ host, log }: ReviewParts, check: Promise<CheckRef>, end: End): Promise<void> {
  if (end.check === undefined) return;
  try {
    const run = await check;
    if (end.failure === undefined && end.isUnneeded === true && run.id === undefined) return;
    await host.completeCheck(run, end.check);
  } catch (error) {
    if (end.failure === undefined) throw error;
    log.warn({ err: error }, "the check was left unfinished");
  }
}
