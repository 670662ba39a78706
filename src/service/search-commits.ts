import type { Engine } from "../analysis/analyser.ts";
import { commitTasks, EARLIER_SECRET, earlierSecrets, linesOf } from "../analysis/earlier-secrets.ts";
import { type FileAnalysis, type Finding, isAboutSuppression } from "../analysis/finding.ts";
import type { Policy } from "../config/policy.ts";
import { isLeftOut, policyFor } from "../config/policy-for.ts";
import type { FilePatch } from "../diff/parse-git-diff.ts";
import type { ReviewedFile, Revision } from "../review/review-plan.ts";
import type { Rule } from "../rules/rule.ts";
import { isoDateOf } from "../text/iso-date.ts";
import type { Change, ChangedFile, Clock, CodeHost, CommitRef, RepositoryRef } from "./ports.ts";

/** Commits that one review looks at: each costs a request. The next review looks at others, where these are clean. */
const MOST_COMMITS = 30;

/** Names of commits without a secret: a commit never changes, so that a push costs requests for what it adds alone. */
const MOST_REMEMBERED = 50_000;

export interface CleanCommits {
  has(ref: RepositoryRef, sha: string): boolean;
  add(ref: RepositoryRef, sha: string): void;
}

/** Nothing of a commit is remembered but that it is clean; a process that starts anew looks again. */
export function createCleanCommits(): CleanCommits {
  const known = new Set<string>();
  const keyOf = ({ repositoryId }: RepositoryRef, sha: string) => `${repositoryId}:${sha}`;
  return {
    has: (ref, sha) => known.has(keyOf(ref, sha)),
    add(ref, sha) {
      known.add(keyOf(ref, sha));
      if (known.size <= MOST_REMEMBERED) return;
      for (const oldest of known) return void known.delete(oldest);
    },
  };
}

interface Parts {
  readonly host: Pick<CodeHost, "changeBetween">;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly cleanCommits: CleanCommits;
}

export interface SearchedChange {
  readonly ref: RepositoryRef;
  readonly revision: Revision;
  readonly change: Change;
  readonly policy: Policy;
  /** What the head says. */
  readonly analyses: readonly FileAnalysis[];
  readonly files: ReadonlyMap<string, ReviewedFile>;
}

/** The secrets that earlier commits of a change have and its head has not. The head's own commit is clean where the review found none. */
export async function searchCommits(parts: Parts, searched: SearchedChange): Promise<readonly Finding[]> {
  const { ref, revision, change, policy, analyses, files } = searched;
  const { cleanCommits, clock, engine, host, rules } = parts;
  if (analyses.every((analysis) => isClean(analysis, rules))) cleanCommits.add(ref, revision.headSha);
  const unknown = earlierCommits(change, revision).filter(({ sha }) => !cleanCommits.has(ref, sha));
  const wanted = unknown.slice(0, MOST_COMMITS);
  const whole = {
    heads: [...files.values()].map(({ text }) => text),
    removed: linesOf(change.files.map(patchOf), "removed"),
  };
  const today = isoDateOf(clock.now());
  const found = await Promise.all(
    wanted.map(async ({ sha, parents: [parent = ""] }) => {
      const commit = await host.changeBetween(ref, parent, sha);
      const tasks = commitTasks({ sha, files: commit.files.map(patchOf) }, rules, today);
      const analysed = await Promise.all(
        tasks.map(async (task) => ({ task, analysis: await engine.analyse(task.task) })),
      );
      if (!commit.truncated && analysed.every(({ analysis }) => isClean(analysis, rules))) cleanCommits.add(ref, sha);
      return analysed.flatMap(({ task, analysis }) => earlierSecrets(task, analysis, whole, rules));
    }),
  );
  return found.flat().flatMap((finding) => earlierByPolicy(finding, policy));
}

/** Merges bring in what is reviewed elsewhere; the head is reviewed as it is. */
function earlierCommits({ commits = [] }: Change, { headSha }: Revision): readonly CommitRef[] {
  return commits.filter(({ sha, parents }) => sha !== headSha && parents.length === 1);
}

function isClean({ findings, suppressed, notices }: FileAnalysis, rules: ReadonlyMap<string, Rule>): boolean {
  const said = [...findings, ...suppressed.map(({ finding }) => finding)];
  const isSecret = ({ ruleId }: Finding) => rules.get(ruleId)?.tags.includes("secret") === true;
  return (
    !said.some(isSecret) && notices.every((notice) => isAboutSuppression(notice) || notice.kind === "syntax-error")
  );
}

function patchOf({ path, previousPath = path, status, hunks = [] }: ChangedFile): FilePatch {
  return {
    ...(status !== "added" && { basePath: previousPath }),
    ...(status !== "removed" && { headPath: path }),
    hunks,
  };
}

export function earlierByPolicy(finding: Finding, policy: Policy): readonly Finding[] {
  const { path } = finding.location;
  const level = policyFor(policy, path).rules[EARLIER_SECRET] ?? finding.level;
  return level === "off" || isLeftOut(policy, path) ? [] : [{ ...finding, level }];
}
