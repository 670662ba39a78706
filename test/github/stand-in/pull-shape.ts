import { userShape } from "./people.ts";
import type { PullRequest } from "./pull-state.ts";
import { repositoryPage, repositoryShape, repositoryUrl } from "./repository-shape.ts";
import type { World } from "./world.ts";

export function pullUrl(pull: PullRequest, world: World): string {
  return `${repositoryUrl(pull.repository, world)}/pulls/${pull.number}`;
}

export function pullPage(pull: PullRequest, world: World): string {
  return `${repositoryPage(pull.repository, world)}/pull/${pull.number}`;
}

/** A pull request as lists have it. */
export function pullListShape(pull: PullRequest, world: World): Record<string, unknown> {
  const { repository, headRepository } = pull;
  return {
    id: pull.id,
    node_id: pullNode(pull),
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userShape(pull.author, world.api, world.web),
    body: pull.body,
    draft: pull.draft,
    labels: pull.labels.map((name, index) => labelShape(name, index, pull, world)),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    created_at: pull.createdAt.toISOString(),
    updated_at: pull.updatedAt.toISOString(),
    closed_at: pull.state === "closed" ? pull.updatedAt.toISOString() : null,
    merged_at: null,
    merge_commit_sha: null,
    head: {
      label: `${headRepository.owner.login}:${pull.headBranch}`,
      ref: pull.headBranch,
      sha: pull.headSha,
      user: userShape(headRepository.owner, world.api, world.web),
      repo: repositoryShape(headRepository, world),
    },
    base: {
      label: `${repository.owner.login}:${pull.baseBranch}`,
      ref: pull.baseBranch,
      sha: pull.baseSha,
      user: userShape(repository.owner, world.api, world.web),
      repo: repositoryShape(repository, world),
    },
    author_association: "CONTRIBUTOR",
    auto_merge: null,
    active_lock_reason: null,
    ...pullAddresses(pull, world),
  };
}

/** A pull request by itself, with what has to be counted. */
export async function pullShape(pull: PullRequest, world: World): Promise<Record<string, unknown>> {
  const files = await pullFiles(pull);
  const commits = await pull.repository.commitsBetween(pull.baseSha, pull.headSha);
  return {
    ...pullListShape(pull, world),
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
    commits: commits.length,
    comments: pull.repository.issueComments.filter((comment) => comment.issue === pull.number).length,
    review_comments: pull.comments.length,
    maintainer_can_modify: false,
    mergeable: true,
    mergeable_state: "clean",
    rebaseable: true,
    merged: false,
    merged_by: null,
  };
}

/** From the merge base to the head: what a pull request shows, not what its two branches differ in. */
export async function pullFiles(pull: PullRequest, head = pull.headSha) {
  const base = await pull.repository.mergeBase(pull.baseSha, head);
  return pull.repository.changedFiles(base ?? pull.baseSha, head);
}

export function pullNode(pull: PullRequest): string {
  return `PR_${pull.id}`;
}

/** A pull request as check runs name it. */
export function pullMinimalShape(pull: PullRequest, world: World): Record<string, unknown> {
  const side = (ref: string, sha: string, { id, name, fullName }: PullRequest["repository"]) => ({
    ref,
    sha,
    repo: { id, name, url: `${world.api}/repos/${fullName}` },
  });
  return {
    id: pull.id,
    number: pull.number,
    url: pullUrl(pull, world),
    head: side(pull.headBranch, pull.headSha, pull.headRepository),
    base: side(pull.baseBranch, pull.baseSha, pull.repository),
  };
}

function pullAddresses(pull: PullRequest, world: World): Record<string, unknown> {
  const repository = repositoryUrl(pull.repository, world);
  const url = pullUrl(pull, world);
  const page = pullPage(pull, world);
  const issue = `${repository}/issues/${pull.number}`;
  const links = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repository}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repository}/statuses/${pull.headSha}`,
  };
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    comments_url: links.comments,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    commits_url: links.commits,
    statuses_url: links.statuses,
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

function labelShape(name: string, index: number, pull: PullRequest, world: World): Record<string, unknown> {
  const id = pull.id * 100 + index;
  const url = `${repositoryUrl(pull.repository, world)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: `LA_${id}`, url, name, description: null, color: "d73a4a", default: false };
}
