import { appShape, runShape } from "./check-shape.ts";
import type { CheckRun } from "./check-state.ts";
import type { Webhook } from "./contract-scope.ts";
import { installationShape } from "./installations.ts";
import type { IssueComment } from "./issue-state.ts";
import { issueCommentShape } from "./issues.ts";
import { type Account, userShape } from "./people.ts";
import { pullListShape, pullMinimalShape, pullPage, pullShape, pullUrl } from "./pull-shape.ts";
import type { PullRequest, ReviewComment } from "./pull-state.ts";
import type { Repository } from "./repository.ts";
import { repositoryShape, repositoryUrl } from "./repository-shape.ts";
import { reviewCommentShape } from "./review-shape.ts";
import type { World } from "./world.ts";

/** What a merge queue would merge. */
export interface MergeGroup {
  readonly baseSha: string;
  readonly headSha: string;
}

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

/** Somebody pressed a button of a check run. */
export function checkRunRequestedActionPayload(
  run: CheckRun,
  identifier: string,
  repository: Repository,
  by: Account,
  world: World,
): Record<string, unknown> {
  return {
    ...checkRunRerequestedPayload(run, repository, world),
    action: "requested_action",
    requested_action: { identifier },
    sender: userShape(by, world.api, world.web),
  };
}

/** Somebody asked for all checks of a commit again; pull requests of forks are not named. */
export function checkSuiteRerequestedPayload(pull: PullRequest, world: World): Record<string, unknown> {
  const { repository, headSha } = pull;
  const isFork = pull.headRepository.id !== repository.id;
  const suite = {
    id: world.app.id * 1000,
    node_id: "CS_1",
    app: { ...appShape(world), events: ["pull_request", "check_suite"] },
    head_sha: headSha,
    head_branch: isFork ? null : pull.headBranch,
    head_commit: commitOf(headSha, world),
    before: null,
    after: headSha,
    status: "queued",
    conclusion: null,
    pull_requests: isFork ? [] : [pullMinimalShape(pull, world)],
    latest_check_runs_count: 1,
    check_runs_url: `${repositoryUrl(repository, world)}/check-suites/${world.app.id * 1000}/check-runs`,
    url: `${repositoryUrl(repository, world)}/check-suites/${world.app.id * 1000}`,
    created_at: world.now().toISOString(),
    updated_at: world.now().toISOString(),
  };
  return { action: "rerequested", check_suite: suite, ...envelope(repository, pull.author, world) };
}

/** A merge queue asks for the checks of the commit that a pull request would become. */
export function mergeGroupPayload(pull: PullRequest, group: MergeGroup, world: World): Record<string, unknown> {
  return {
    action: "checks_requested",
    merge_group: {
      head_sha: group.headSha,
      head_ref: `refs/heads/gh-readonly-queue/${pull.baseBranch}/pr-${pull.number}-${group.baseSha}`,
      base_sha: group.baseSha,
      base_ref: `refs/heads/${pull.baseBranch}`,
      head_commit: commitOf(group.headSha, world),
    },
    ...envelope(pull.repository, pull.author, world),
  };
}

/** Deliveries name the place of every comment, also of one that has none. */
const ofWholeFile = {
  line: null,
  position: null,
  start_line: null,
  start_side: null,
  side: "RIGHT",
  original_line: 1,
  original_position: 1,
  original_start_line: null,
};

export function reviewCommentCreatedPayload(
  comment: ReviewComment,
  pull: PullRequest,
  world: World,
): Record<string, unknown> {
  return {
    action: "created",
    comment: { ...ofWholeFile, ...reviewCommentShape(comment, pull, world), reactions: noReactions(world) },
    pull_request: pullListShape(pull, world),
    ...envelope(pull.repository, comment.author, world),
  };
}

/** Somebody wrote in the conversation of a pull request, which is an issue too. */
export function issueCommentCreatedPayload(
  comment: IssueComment,
  pull: PullRequest,
  world: World,
): Record<string, unknown> {
  const address = `${repositoryUrl(pull.repository, world)}/issues/${pull.number}`;
  const page = pullPage(pull, world);
  return {
    action: "created",
    issue: {
      id: pull.id,
      node_id: `PR_${pull.id}`,
      number: pull.number,
      url: address,
      repository_url: repositoryUrl(pull.repository, world),
      labels_url: `${address}/labels{/name}`,
      comments_url: `${address}/comments`,
      events_url: `${address}/events`,
      html_url: page,
      title: pull.title,
      body: pull.body,
      state: pull.state,
      locked: false,
      user: userShape(pull.author, world.api, world.web),
      labels: [],
      milestone: null,
      assignee: null,
      assignees: [],
      comments: 1,
      created_at: pull.createdAt.toISOString(),
      updated_at: pull.updatedAt.toISOString(),
      closed_at: null,
      author_association: "CONTRIBUTOR",
      active_lock_reason: null,
      reactions: noReactions(world),
      pull_request: { url: pullUrl(pull, world), html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` },
    },
    comment: issueCommentShape(comment, pull.repository, world),
    ...envelope(pull.repository, comment.author, world),
  };
}

export type InstallationAction = "created" | "deleted" | "suspend" | "unsuspend" | "new_permissions_accepted";

/** What happened to the installation that reaches a repository. */
export function installationPayload(action: InstallationAction, repository: Repository, world: World) {
  const installation = world.installationOf(repository);
  const reached = world.allRepositories().filter(({ owner }) => owner.id === repository.owner.id);
  return {
    action,
    installation: installationShape(installation, world),
    repositories: reached.map(namedShape),
    sender: userShape(repository.owner, world.api, world.web),
  };
}

/** The installation gained or lost repositories of one owner. */
export function installationRepositoriesPayload(
  action: "added" | "removed",
  repositories: readonly [Repository, ...Repository[]],
  world: World,
) {
  const [first] = repositories;
  const named = repositories.map(namedShape);
  return {
    action,
    installation: installationShape(world.installationOf(first), world),
    repository_selection: "selected",
    repositories_added: action === "added" ? named : [],
    repositories_removed: action === "removed" ? named : [],
    requester: null,
    sender: userShape(first.owner, world.api, world.web),
  };
}

function namedShape({ id, name, fullName, private: isPrivate }: Repository): Record<string, unknown> {
  return { id, node_id: `R_${id}`, name, full_name: fullName, private: isPrivate };
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

function commitOf(sha: string, world: World): Record<string, unknown> {
  const person = { name: "octocat", email: "octocat@users.example" };
  return {
    id: sha,
    tree_id: sha,
    message: "A change",
    timestamp: world.now().toISOString(),
    author: person,
    committer: person,
  };
}

function noReactions(world: World): Record<string, unknown> {
  const counts = { "+1": 0, "-1": 0, laugh: 0, confused: 0, heart: 0, hooray: 0, eyes: 0, rocket: 0 };
  return { url: `${world.api}/reactions`, total_count: 0, ...counts };
}
