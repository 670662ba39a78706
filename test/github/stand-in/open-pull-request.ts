import type { PullRequestEvent } from "./payloads.ts";
import { currentPlace } from "./placement.ts";
import type { PullRequest } from "./pull-state.ts";
import type { Repository } from "./repository.ts";
import type { World } from "./world.ts";

export interface NewPullRequest {
  /** A branch of the repository, or of the fork it comes from. */
  readonly head: string;
  readonly base?: string;
  readonly fork?: Repository;
  readonly title?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly author?: string;
  readonly labels?: readonly string[];
}

export async function openPullRequest(
  world: World,
  repository: Repository,
  wanted: NewPullRequest,
): Promise<PullRequest> {
  const headRepository = wanted.fork ?? repository;
  const baseBranch = wanted.base ?? repository.defaultBranch;
  const at = world.now();
  const pull: PullRequest = {
    id: world.nextId(),
    number: repository.nextNumber,
    repository,
    headRepository,
    headBranch: wanted.head,
    author: world.account(wanted.author ?? wanted.fork?.owner.login ?? "octocat"),
    createdAt: at,
    updatedAt: at,
    baseBranch,
    baseSha: await repository.resolve(baseBranch),
    headSha: await headRepository.resolve(wanted.head),
    title: wanted.title ?? `Change ${wanted.head}`,
    body: wanted.body ?? null,
    draft: wanted.draft ?? false,
    state: "open",
    labels: [...(wanted.labels ?? [])],
    reviews: [],
    comments: [],
  };
  repository.nextNumber += 1;
  repository.pulls.set(pull.number, pull);
  return pull;
}

/** Open pull requests move with their branch, and their comments with the lines they are on. */
export async function followBranch(
  world: World,
  headRepository: Repository,
  branch: string,
  sha: string,
): Promise<void> {
  const pulls = world.allRepositories().flatMap((repository) => [...repository.pulls.values()]);
  for (const pull of pulls) {
    if (pull.headRepository !== headRepository || pull.headBranch !== branch || pull.state !== "open") continue;
    pull.headSha = sha;
    pull.updatedAt = world.now();
    await lookAgain(pull);
  }
}

export async function retarget(pull: PullRequest, base: string): Promise<PullRequestEvent> {
  const from = { ref: pull.baseBranch, sha: pull.baseSha };
  pull.baseBranch = base;
  await lookAgain(pull);
  return { action: "edited", changes: { base: from } };
}

async function lookAgain(pull: PullRequest): Promise<void> {
  pull.baseSha = await pull.repository.resolve(pull.baseBranch);
  for (const comment of pull.comments) comment.current = await currentPlace(pull, comment);
}
