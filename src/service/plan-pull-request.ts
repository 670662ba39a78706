import type { FileAnalysis } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { isConfigFile } from "../config/config-files.ts";
import { OWN_FOLDERS } from "../config/own-files.ts";
import type { Policy } from "../config/policy.ts";
import { commanders } from "../review/answer.ts";
import { askers, judgeConversation } from "../review/conversation.ts";
import { planReview } from "../review/plan-review.ts";
import type {
  ConfigPreview,
  Conversation,
  ConversationResponse,
  PostedComment,
  Quiet,
  ReviewInput,
  ReviewPlan,
  Revision,
} from "../review/review-plan.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import { type AnalysedFiles, analyseFiles, couldHoldFinding, type OptionsFor } from "./analyse-files.ts";
import { changeModules } from "./change-modules.ts";
import type { ReadFile } from "./file-sides.ts";
import type { ReviewJob } from "./job-queue.ts";
import { judgingOf } from "./judging-of.ts";
import { describeNewPackages } from "./new-packages.ts";
import { placeEarlier } from "./place-earlier.ts";
import type { Change, PullRequest } from "./ports.ts";
import { type ConfigurationInForce, previewConfiguration, readConfiguration } from "./read-configuration.ts";
import { readInBatches } from "./read-sides.ts";
import { readTogether } from "./read-together.ts";
import { reasonToSkip } from "./reason-to-skip.ts";
import type { SkipReason } from "./review-outcome.ts";
import type { ReviewParts } from "./review-parts.ts";
import { searchCommits } from "./search-commits.ts";
import { skippedCheck } from "./status-checks.ts";

export type Planned =
  | { readonly kind: "planned"; readonly plan: ReviewPlan; readonly optionsFor: OptionsFor }
  | {
      readonly kind: "skipped";
      readonly reason: SkipReason;
      readonly conversation: readonly ConversationResponse[];
    };

type Job = Pick<ReviewJob, "conversation" | "quiet" | "mergeGroup">;

/**
 * Reads a change, analyses it and decides what to say. `readChange` reads which files it has, of the pull request or of a merge group;
 * the job tells whether the conversation waits for an answer, and whether nothing but the check is wanted.
 */
export async function planPullRequest(
  parts: ReviewParts,
  pr: PullRequest,
  readChange: () => Promise<Change | "unrelated">,
  signal: AbortSignal,
  job: Job = {},
): Promise<Planned> {
  const { conversation: isAsked = false } = job;
  const { host, readOwnRules } = parts;
  const read = readTogether(host, pr.ref);
  const organization = await parts.organizationConfig(pr.ref);
  const sources = { organization, readOwnRules, ruleNames: new Set(parts.rules.keys()) };
  const skipUnread = async (reason: SkipReason) => {
    const { policy } = await readConfiguration(read, pr, [], sources);
    return skip(parts, pr, reason, policy, isAsked);
  };
  if (pr.state === "closed") return skipUnread("closed");
  const [change, posted] = await Promise.all([readChange(), host.postedComments(pr.ref)]);
  if (change === "unrelated") return skipUnread("unrelated");
  const revision = { baseSha: change.mergeBase, headSha: pr.headSha };
  const candidates = change.files.filter(couldHoldFinding);
  const paths = change.files
    .filter((file) => couldHoldFinding(file) || isConfigFile(file.path))
    .map(({ path }) => path);
  const batches = readInBatches(read, revision, candidates, signal);
  const configuration = await readConfiguration(read, pr, paths, sources);
  const { policy, own } = configuration;
  const reason = reasonToSkip(pr, policy);
  if (reason !== undefined) return skip(parts, pr, reason, policy, isAsked);
  const preview = await previewConfiguration(read, pr, paths, sources, configuration);
  const rules = new Map([...parts.rules, ...(own?.rules ?? []).map((rule) => [rule.id, rule] as const)]);
  const modulesFor = (files: readonly ReadFile[]) => changeModules(read, revision, files);
  const analysed = await analyseFiles({ ...parts, rules, own }, policy, batches, modulesFor);
  const about = { pr, change, revision, posted, job, rules, configuration, preview };
  const plan = planReview(await reviewInput(parts, about, analysed));
  return { kind: "planned", plan, optionsFor: analysed.optionsFor };
}

/** What is known of a pull request before its files are analysed. */
interface About {
  readonly pr: PullRequest;
  readonly change: Change;
  readonly revision: Revision;
  readonly posted: readonly PostedComment[];
  readonly job: Job;
  readonly rules: ReviewInput["rules"];
  readonly configuration: ConfigurationInForce;
  readonly preview: ConfigPreview | undefined;
}

/** Adds to what the files say what the commits, the package indexes and the people say, each asked only where it matters. */
async function reviewInput(
  parts: ReviewParts,
  { pr, change, revision, posted, job, rules, configuration, preview }: About,
  { alsoRead, ...analysed }: AnalysedFiles,
): Promise<ReviewInput> {
  const { host, rulePages, signFor } = parts;
  const { policy, own, problems } = configuration;
  const earlier = await searchCommits(parts, { ref: pr.ref, revision, change, policy, ...analysed });
  const { analyses, files } = placeEarlier(earlier, analysed, change.files);
  const newPackages = await describeNewPackages(analyses, job.quiet === true ? undefined : parts.packages);
  // An answer there may let a file through that could not be verified; nothing else of it matters to a review.
  const isHeard = job.conversation === true || analyses.some(({ notices }) => notices.some(isUnverified));
  const conversation = isHeard ? await host.conversation(pr.ref) : UNHEARD;
  return {
    revision,
    judging: await judgingOf(parts, pr, policy, {
      // Of a merge group only what was decided on its pull request counts.
      asking: job.mergeGroup === undefined ? [...commanders(posted), ...askers(conversation)] : [],
      commits: change.commits ?? [],
    }),
    links: { repositoryUrl: pr.htmlUrl, rulePages, ownPages: ownPages(pr, own) },
    analyses,
    files,
    coverage: { changedFiles: Math.max(pr.changedFiles, change.files.length), truncated: change.truncated, alsoRead },
    newPackages,
    posted,
    quiet: quietFor(pr, policy, job),
    mayFix: await mayFix(parts, pr, job, analyses),
    conversation,
    blobs: new Map(change.files.map(({ path, sha }) => [path, sha])),
    rules,
    policy,
    configProblems: problems,
    ...(preview === undefined ? {} : { configPreview: preview }),
    sign: signFor(pr.ref),
  };
}

function quietFor(
  { draft, author }: PullRequest,
  { drafts, bots }: Policy,
  { quiet }: Pick<ReviewJob, "quiet">,
): Quiet | undefined {
  if (quiet === true) return "installed-later";
  if (draft && drafts === "check") return "draft";
  return author.isBot && bots === "check" ? "bot" : undefined;
}

/** Asked only where there is something to fix: most installations do not let us, and most changes need no fix. */
async function mayFix(
  { host }: ReviewParts,
  { ref, isFork, state }: PullRequest,
  { mergeGroup }: Pick<ReviewJob, "mergeGroup">,
  analyses: readonly FileAnalysis[],
): Promise<boolean> {
  if (isFork || state === "closed" || mergeGroup !== undefined) return false;
  const isFixable = analyses.some(({ findings }) => findings.some(({ fix }) => fix?.applicability === "safe"));
  return isFixable && (await host.mayChange(ref));
}

/** A rule of the repository's or the organization's own is explained where it is written. */
function ownPages({ htmlUrl, baseSha }: PullRequest, own: OwnRules | undefined): ReadonlyMap<string, string> {
  const organization = htmlUrl.slice(0, htmlUrl.lastIndexOf("/"));
  return new Map(
    (own?.rules ?? []).map(({ id }) => {
      const tree = id.startsWith("org-") ? `${organization}/.github/blob/HEAD` : `${htmlUrl}/blob/${baseSha}`;
      return [id, `${tree}/${OWN_FOLDERS.rules}/${id}.yml`];
    }),
  );
}

const UNHEARD: Conversation = { requests: [], accepted: [], answered: new Set() };

/** Who asks something on a pull request that is not reviewed gets an answer all the same. */
async function skip(
  parts: ReviewParts,
  pr: PullRequest,
  reason: SkipReason,
  policy: Policy,
  isAsked: boolean,
): Promise<Planned> {
  if (!isAsked) return { kind: "skipped", reason, conversation: [] };
  const conversation = await parts.host.conversation(pr.ref);
  const { title, summary } = skippedCheck(reason);
  const { responses } = judgeConversation({
    conversation,
    judging: await judgingOf(parts, pr, policy, { asking: askers(conversation), commits: [] }),
    policy,
    headSha: pr.headSha,
    unverified: new Map(),
    notReviewed: `${title}. ${summary}`,
    sign: parts.signFor(pr.ref),
  });
  return { kind: "skipped", reason, conversation: responses };
}
