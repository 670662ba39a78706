import type { Engine } from "../analysis/analyser.ts";
import { isConfigFile } from "../config/assemble.ts";
import { DEFAULT_POLICY } from "../config/defaults.ts";
import { commanders, type Judging } from "../review/answer.ts";
import { planReview } from "../review/plan-review.ts";
import type { PlannedCheck, PostedComment, ReviewPlan, Sign } from "../review/review-plan.ts";
import { withRefused } from "../review/summary.ts";
import type { Rule } from "../rules/rule.ts";
import { analyseFiles, couldHoldFinding } from "./analyse-files.ts";
import { writeExternalId } from "./external-id.ts";
import type {
  CheckRef,
  Clock,
  CodeHost,
  Lease,
  Log,
  PullRequest,
  PullRequestRef,
  RepositoryRef,
  ReviewJob,
  ReviewOutcome,
  SkipReason,
} from "./ports.ts";
import { publishReview } from "./publish-review.ts";
import { previewConfiguration, readConfiguration } from "./read-configuration.ts";
import { readInBatches } from "./read-sides.ts";
import { readTogether } from "./read-together.ts";
import { reasonToSkip } from "./reason-to-skip.ts";
import { skippedCheck, supersededCheck, unverifiedCheck } from "./status-checks.ts";

/** What a review is made with. */
export interface ReviewParts {
  readonly host: CodeHost;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: ReadonlyMap<string, Rule>;
  /** The configuration file of the organization that a repository belongs to, if there is one. */
  readonly organizationConfig: (ref: RepositoryRef) => Promise<string | undefined>;
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
  const found = await parts.host.findCheck(pr, writeExternalId(pr, parts.version));
  // A small change is reviewed before anybody looks: its check appears once, with its conclusion.
  const check = pr.changedFiles > FILES_TO_WAIT_FOR ? await parts.host.openCheck(found) : found;
  const end = await review(parts, pr, signal).catch((error: unknown) => endOfFailure(parts, pr, signal, error));
  if (end.check !== undefined) await complete(parts, check, end);
  if (end.failure !== undefined) throw end.failure.error;
  return end.outcome;
}

/** Changed files above which a review takes so long that people see it in progress. */
const FILES_TO_WAIT_FOR = 50;

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
  const planned = await plannedReview(parts, pr, signal);
  if (planned.kind === "skipped") return { outcome: planned, check: skippedCheck(planned.reason) };
  const { plan } = planned;
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

type Planned =
  | { readonly kind: "planned"; readonly plan: ReviewPlan }
  | { readonly kind: "skipped"; readonly reason: SkipReason };

async function plannedReview(parts: ReviewParts, pr: PullRequest, signal: AbortSignal): Promise<Planned> {
  const { host, rules, rulePages, signFor } = parts;
  if (pr.state === "closed") return { kind: "skipped", reason: "closed" };
  const read = readTogether(host, pr.ref);
  const sources = { organization: await parts.organizationConfig(pr.ref), ruleNames: new Set(rules.keys()) };
  const usuallySkipped = pr.draft || pr.author.isBot;
  const early = usuallySkipped ? await readConfiguration(read, pr, [], sources) : undefined;
  const earlyReason = early && reasonToSkip(pr, early.policy);
  if (earlyReason !== undefined) return { kind: "skipped", reason: earlyReason };

  const [change, posted] = await Promise.all([host.change(pr), host.postedComments(pr.ref)]);
  const revision = { baseSha: change.mergeBase, headSha: pr.headSha };
  const candidates = change.files.filter(couldHoldFinding);
  const paths = change.files
    .filter((file) => couldHoldFinding(file) || isConfigFile(file.path))
    .map(({ path }) => path);
  const batches = readInBatches(read, revision, candidates, signal);
  const configuration = await readConfiguration(read, pr, paths, sources);
  const { policy } = configuration;
  const reason = reasonToSkip(pr, policy);
  if (reason !== undefined) return { kind: "skipped", reason };
  const configPreview = await previewConfiguration(read, pr, paths, sources, configuration);
  const { analyses, files } = await analyseFiles(parts, policy, batches);
  const plan = planReview({
    revision,
    judging: await judgingOf(parts, pr, posted),
    links: { repositoryUrl: pr.htmlUrl, rulePages },
    analyses,
    files,
    coverage: { changedFiles: Math.max(pr.changedFiles, change.files.length), truncated: change.truncated },
    posted,
    rules,
    policy,
    configProblems: configuration.problems,
    ...(configPreview === undefined ? {} : { configPreview }),
    sign: signFor(pr.ref),
  });
  return { kind: "planned", plan };
}

/** Permissions are asked for each time: who lost them decides nothing any more. */
async function judgingOf(
  { host, clock }: ReviewParts,
  pr: PullRequest,
  posted: readonly PostedComment[],
): Promise<Judging> {
  const logins = commanders(posted);
  const allowed = await Promise.all(logins.map((login) => host.mayWrite(pr.ref, login)));
  return {
    author: pr.author.login,
    today: clock.now().toISOString().slice(0, 10),
    mayWrite: new Set(logins.filter((_, index) => allowed[index])),
  };
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
async function complete({ host, log }: ReviewParts, check: CheckRef, end: End): Promise<void> {
  if (end.check === undefined) return;
  try {
    await host.completeCheck(check, end.check);
  } catch (error) {
    if (end.failure === undefined) throw error;
    log.warn({ err: error }, "the check was left unfinished");
  }
}
