import type { AnalysisOptions, Engine } from "../analysis/analyser.ts";
import type { Policy } from "../config/policy.ts";
import { planReview } from "../review/plan-review.ts";
import type { PlannedCheck, ReviewPlan, Sign } from "../review/review-plan.ts";
import { withRefused } from "../review/summary.ts";
import type { Rule } from "../rules/rule.ts";
import { analyseFiles } from "./analyse-files.ts";
import { writeExternalId } from "./external-id.ts";
import type {
  CheckRef,
  Clock,
  CodeHost,
  Lease,
  Log,
  PullRequest,
  PullRequestRef,
  ReviewJob,
  ReviewOutcome,
  SkipReason,
} from "./ports.ts";
import { publishReview } from "./publish-review.ts";
import { skippedCheck, supersededCheck, unverifiedCheck } from "./status-checks.ts";

/** What a review is made with. */
export interface ReviewParts {
  readonly host: CodeHost;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly policy: Policy;
  readonly analysis: Omit<AnalysisOptions, "today">;
  readonly signFor: (ref: PullRequestRef) => Sign;
  /** Where `<rule-id>.md` is found, no slash at the end. */
  readonly rulePages: string;
  /** Of the product: another version does not go on with the check of this one. */
  readonly version: string;
}

/**
 * Reviews a pull request as it is now. Every step can be repeated without saying anything twice, and whatever happens
 * the check of the head is completed, last of all: who sees a conclusion knows that the comments were tried.
 */
export async function reviewPullRequest(parts: ReviewParts, { job, signal }: Lease): Promise<ReviewOutcome> {
  const pr = await readCurrent(parts, job);
  const check = await parts.host.openCheck(pr, writeExternalId(pr, parts.version));
  const end = await review(parts, pr, signal).catch((error: unknown) => endOfFailure(parts, pr, signal, error));
  if (end.check !== undefined) await complete(parts, check, end);
  if (end.failure !== undefined) throw end.failure.error;
  return end.outcome;
}

/** `check` is absent where the job that supersedes this one goes on with the run. */
type End =
  | { readonly outcome: ReviewOutcome; readonly check?: PlannedCheck; readonly failure?: undefined }
  | { readonly check: PlannedCheck; readonly failure: { readonly error: unknown } };

/** How long a code host may need until it answers with what it has just delivered. */
const CATCH_UP_MS = 2_000;

async function readCurrent({ host, clock }: ReviewParts, job: ReviewJob): Promise<PullRequest> {
  const pr = await host.pullRequest(job.pullRequest);
  if (job.headSha === undefined || job.headSha === pr.headSha) return pr;
  await clock.sleep(CATCH_UP_MS);
  return host.pullRequest(job.pullRequest);
}

async function review(parts: ReviewParts, pr: PullRequest, signal: AbortSignal): Promise<End> {
  const skipped = reasonToSkip(pr);
  if (skipped !== undefined) {
    return { outcome: { kind: "skipped", reason: skipped }, check: skippedCheck(skipped) };
  }
  const plan = await plannedReview(parts, pr, signal);
  signal.throwIfAborted();
  const published = await publishReview(parts, pr, plan);
  switch (published.kind) {
    case "superseded":
      return { outcome: published, check: supersededCheck(published.by) };
    case "failed":
      return { check: withRefused(plan.check, plan.comments), failure: published };
    case "published": {
      const { conclusion, annotations } = plan.check;
      const outcome = { kind: "reviewed", findings: annotations.length, conclusion } as const;
      return { outcome, check: withRefused(plan.check, published.refused) };
    }
  }
}

function reasonToSkip({ state, draft, author }: PullRequest): SkipReason | undefined {
  if (state === "closed") return "closed";
  if (draft) return "draft";
  return author.isBot ? "bot-author" : undefined;
}

async function plannedReview(parts: ReviewParts, pr: PullRequest, signal: AbortSignal): Promise<ReviewPlan> {
  const { host, rules, policy, rulePages, signFor } = parts;
  const [change, posted] = await Promise.all([host.change(pr), host.postedComments(pr.ref)]);
  const revision = { baseSha: change.mergeBase, headSha: pr.headSha };
  const { analyses, files } = await analyseFiles(parts, pr.ref, revision, change.files, signal);
  return planReview({
    revision,
    links: { repositoryUrl: pr.htmlUrl, rulePages },
    analyses,
    files,
    coverage: { changedFiles: Math.max(pr.changedFiles, change.files.length), truncated: change.truncated },
    posted,
    rules,
    policy,
    sign: signFor(pr.ref),
  });
}

async function endOfFailure(parts: ReviewParts, pr: PullRequest, signal: AbortSignal, error: unknown): Promise<End> {
  if (signal.aborted && signal.reason === "superseded") return endOfSuperseded(parts, pr);
  return { check: unverifiedCheck(parts.policy), failure: { error } };
}

/** A job for the same head (another base, a delivery by hand) takes the unfinished run over. */
async function endOfSuperseded({ host }: ReviewParts, pr: PullRequest): Promise<End> {
  const { headSha: by } = await host.pullRequest(pr.ref);
  const outcome = { kind: "superseded", by } as const;
  return by === pr.headSha ? { outcome } : { outcome, check: supersededCheck(by) };
}

/** When the review itself failed, that is the error that counts. */
async function complete({ host, log }: ReviewParts, check: CheckRef, end: End): Promise<void> {
  if (end.check === undefined) return;
  try {
    await host.completeCheck(check, end.check);
  } catch (error) {
    if (end.failure === undefined) throw error;
    log.warn({ err: error }, "the check was left unfinished");
  }
}
