import { isConfigFile } from "../config/assemble.ts";
import { commanders, type Judging } from "../review/answer.ts";
import { planReview } from "../review/plan-review.ts";
import type { PostedComment, ReviewPlan } from "../review/review-plan.ts";
import { analyseFiles, couldHoldFinding } from "./analyse-files.ts";
import { changeModules } from "./change-modules.ts";
import type { ReadFile } from "./file-sides.ts";
import type { Change, PullRequest, SkipReason } from "./ports.ts";
import { previewConfiguration, readConfiguration } from "./read-configuration.ts";
import { readInBatches } from "./read-sides.ts";
import { readTogether } from "./read-together.ts";
import { reasonToSkip } from "./reason-to-skip.ts";
import type { ReviewParts } from "./review-parts.ts";

export type Planned =
  | { readonly kind: "planned"; readonly plan: ReviewPlan }
  | { readonly kind: "skipped"; readonly reason: SkipReason };

/** Reads a change, analyses it and decides what to say. `readChange` reads which files it has, of the pull request or of a merge group. */
export async function planPullRequest(
  parts: ReviewParts,
  pr: PullRequest,
  readChange: () => Promise<Change>,
  signal: AbortSignal,
): Promise<Planned> {
  const { host, rules, rulePages, signFor } = parts;
  const read = readTogether(host, pr.ref);
  const sources = { organization: await parts.organizationConfig(pr.ref), ruleNames: new Set(rules.keys()) };
  const usuallySkipped = pr.draft || pr.author.isBot;
  const early = usuallySkipped ? await readConfiguration(read, pr, [], sources) : undefined;
  const earlyReason = early && reasonToSkip(pr, early.policy);
  if (earlyReason !== undefined) return { kind: "skipped", reason: earlyReason };

  const [change, posted] = await Promise.all([readChange(), host.postedComments(pr.ref)]);
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
  const modulesFor = (files: readonly ReadFile[]) => changeModules(read, revision, files);
  const { analyses, files, alsoRead } = await analyseFiles(parts, policy, batches, modulesFor);
  const plan = planReview({
    revision,
    judging: await judgingOf(parts, pr, posted),
    links: { repositoryUrl: pr.htmlUrl, rulePages },
    analyses,
    files,
    coverage: { changedFiles: Math.max(pr.changedFiles, change.files.length), truncated: change.truncated, alsoRead },
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
