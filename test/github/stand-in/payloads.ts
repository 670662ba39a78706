import { runShape } from "./check-shape.ts";
import type { CheckRun } from "./check-state.ts";
import type { Webhook } from "./contract-scope.ts";
import { type Account, userShape } from "./people.ts";
import { pullListShape, pullShape } from "./pull-shape.ts";
import type { PullRequest, ReviewComment } from "./pull-state.ts";
import type { Repository } from "./repository.ts";
import { repositoryShape } from "./repository-shape.ts";
import { reviewCommentShape } from "./review-shape.ts";
import type { World } from "./world.ts";

/** What happened to a pull request, with what only that event says of it. */
export type PullRequestEvent =
  | { readonly action: "opened" | "reopened" | "ready_for_review" | "closed" }
  | { readonly action: "synchronize"; readonly before: string }
  | {
      readonly action: "edited";
      readonly changes: { readonly base?: { readonly ref: string; readonly sha: string }; readonly title?: string };
    };

/** The payload of a `pull_request` webhook, from the state of now. */
export async function pullRequestPayload(
  pull: PullRequest,
  event: PullRequestEvent,
  world: World,
): Promise<Record<string, unknown>> {
  const common = {
    action: event.action,
    number: pull.number,
    pull_request: await pullShape(pull, world),
    ...envelope(pull.repository, pull.author, world),
  };
  switch (event.action) {
    case "synchronize":
      return { ...common, before: event.before, after: pull.headSha };
    case "edited":
      return { ...common, changes: changesShape(event.changes) };
    case "opened":
    case "reopened":
    case "ready_for_review":
    case "closed":
      return common;
  }
}

/** Somebody asked for a check run to be done again. */
export function checkRunRerequestedPayload(
  run: CheckRun,
  repository: Repository,
  world: World,
): Record<string, unknown> {
  const shape = runShape(run, repository, world);
  const suite = { id: run.appId * 1000, head_sha: run.headSha, head_branch: null, status: "queued", conclusion: null };
  return {
    action: "rerequested",
    check_run: { ...shape, check_suite: { ...suite, pull_requests: shape.pull_requests } },
    ...envelope(repository, repository.owner, world),
  };
}

export function reviewCommentCreatedPayload(
  comment: ReviewComment,
  pull: PullRequest,
  world: World,
): Record<string, unknown> {
  return {
    action: "created",
    comment: { ...reviewCommentShape(comment, pull, world), reactions: noReactions(world) },
    pull_request: pullListShape(pull, world),
    ...envelope(pull.repository, comment.author, world),
  };
}

/** The name of an event in GitHub's description. */
export function webhookOf(event: PullRequestEvent): Webhook {
  switch (event.action) {
    case "ready_for_review":
      return "pull-request-ready-for-review";
    case "opened":
    case "reopened":
    case "closed":
    case "synchronize":
    case "edited":
      return `pull-request-${event.action}`;
  }
}

function envelope(repository: Repository, sender: Account, world: World): Record<string, unknown> {
  const installation = world.installationOf(repository);
  return {
    repository: repositoryShape(repository, world),
    organization: organizationShape(repository.owner, world),
    installation: { id: installation.id, node_id: `I_${installation.id}` },
    sender: userShape(sender, world.api, world.web),
  };
}

function organizationShape({ id, login }: Account, world: World): Record<string, unknown> {
  const url = `${world.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: `O_${id}`,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.web}/avatars/${id}`,
    description: null,
  };
}

function changesShape(changes: Extract<PullRequestEvent, { action: "edited" }>["changes"]): Record<string, unknown> {
  const { base, title } = changes;
  return {
    ...(base === undefined ? {} : { base: { ref: { from: base.ref }, sha: { from: base.sha } } }),
    ...(title === undefined ? {} : { title: { from: title } }),
  };
}

function noReactions(world: World): Record<string, unknown> {
  const counts = { "+1": 0, "-1": 0, laugh: 0, confused: 0, heart: 0, hooray: 0, eyes: 0, rocket: 0 };
  return { url: `${world.api}/reactions`, total_count: 0, ...counts };
}
