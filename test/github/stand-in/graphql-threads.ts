import { GraphQLError } from "graphql";
import { grants } from "./auth.ts";
import { type Account, accountNode } from "./people.ts";
import { pullNode } from "./pull-shape.ts";
import type { PullRequest, ReviewComment } from "./pull-state.ts";
import type { Repository } from "./repository.ts";
import { commentNode } from "./review-shape.ts";
import type { Permissions, World } from "./world.ts";

/** What a query may see and do. */
export interface ThreadScope {
  readonly world: World;
  readonly repositories: readonly Repository[];
  readonly permissions: Permissions;
}

export interface Thread {
  readonly pull: PullRequest;
  readonly root: ReviewComment;
}

interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export function pullNodeOf(scope: ThreadScope, repository: Repository, number: number): Record<string, unknown> {
  const pull = repository.pulls.get(number);
  if (pull === undefined) throw notFound(`Could not resolve to a PullRequest with the number of ${number}.`);
  return {
    __typename: "PullRequest",
    id: pullNode(pull),
    number: pull.number,
    title: pull.title,
    isDraft: pull.draft,
    state: pull.state.toUpperCase(),
    headRefOid: pull.headSha,
    baseRefOid: pull.baseSha,
    reviewThreads: (page: PageArguments) => connection(threadsOf(pull), page, (each) => threadNode(scope, each)),
  };
}

export function threadNode(scope: ThreadScope, thread: Thread): Record<string, unknown> {
  const { pull, root } = thread;
  const { place, current } = root;
  const comments = pull.comments.filter((each) => each === root || each.inReplyTo === root.id);
  const mayResolve =
    grants(scope.permissions, "contents", "write") && grants(scope.permissions, "pull_requests", "write");
  const isResolved = root.resolvedBy !== undefined;
  return {
    __typename: "PullRequestReviewThread",
    id: threadId(root),
    comments: (page: PageArguments) => connection(comments, page, (each) => commentNodeOf(scope, thread, each)),
    diffSide: place?.side ?? "RIGHT",
    isCollapsed: isResolved,
    isOutdated: place !== undefined && current === undefined,
    isResolved,
    line: current?.line ?? null,
    originalLine: place?.line ?? null,
    startLine: current?.startLine ?? null,
    originalStartLine: place?.startLine ?? null,
    path: root.path,
    pullRequest: () => pullNodeOf(scope, pull.repository, pull.number),
    resolvedBy: root.resolvedBy === undefined ? null : actorNode(root.resolvedBy, scope.world),
    subjectType: place === undefined ? "FILE" : "LINE",
    viewerCanReply: grants(scope.permissions, "pull_requests", "write"),
    viewerCanResolve: mayResolve && !isResolved,
    viewerCanUnresolve: mayResolve && isResolved,
  };
}

export function findThread(scope: ThreadScope, id: string): Thread {
  for (const pull of pullsOf(scope)) {
    const thread = threadsOf(pull).find((each) => threadId(each.root) === id);
    if (thread !== undefined) return thread;
  }
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

/** A review comment by its node's name; null for what is none. */
export function reviewCommentNode(scope: ThreadScope, id: string): Record<string, unknown> | null {
  for (const pull of pullsOf(scope)) {
    const comment = pull.comments.find((each) => commentNode(each) === id);
    if (comment === undefined) continue;
    const root = pull.comments.find((each) => each.id === comment.inReplyTo) ?? comment;
    return commentNodeOf(scope, { pull, root }, comment);
  }
  return issueCommentNode(scope, id);
}

function issueCommentNode({ repositories, world }: ThreadScope, id: string): Record<string, unknown> | null {
  const comment = repositories.flatMap(({ issueComments }) => issueComments).find((each) => `IC_${each.id}` === id);
  if (comment === undefined) return null;
  return {
    __typename: "IssueComment",
    id,
    databaseId: comment.id,
    author: actorNode(comment.author, world),
    body: comment.body,
    createdAt: comment.createdAt.toISOString(),
    lastEditedAt: comment.editedAt?.toISOString() ?? null,
    editor: comment.editor === undefined ? null : actorNode(comment.editor, world),
  };
}

/** Hides a comment; gives it as it is then. */
export function minimizedNode(scope: ThreadScope, id: string, classifier: string): Record<string, unknown> {
  for (const pull of pullsOf(scope)) {
    const comment = pull.comments.find((each) => commentNode(each) === id);
    if (comment === undefined) continue;
    comment.minimized = classifier.toLowerCase().replace("_", "-");
    const root = pull.comments.find((each) => each.id === comment.inReplyTo) ?? comment;
    return commentNodeOf(scope, { pull, root }, comment);
  }
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

function commentNodeOf(scope: ThreadScope, thread: Thread, comment: ReviewComment): Record<string, unknown> {
  const { world } = scope;
  return {
    __typename: "PullRequestReviewComment",
    id: commentNode(comment),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: actorNode(comment.author, world),
    body: comment.body,
    createdAt: comment.createdAt.toISOString(),
    lastEditedAt: comment.editedAt?.toISOString() ?? null,
    editor: comment.editor === undefined ? null : actorNode(comment.editor, world),
    line: comment.current?.line ?? null,
    originalLine: comment.place?.line ?? null,
    outdated: comment.place !== undefined && comment.current === undefined,
    path: comment.path,
    replyTo: comment === thread.root ? null : () => commentNodeOf(scope, thread, thread.root),
    isMinimized: comment.minimized !== undefined,
    minimizedReason: comment.minimized ?? null,
    viewerCanMinimize: grants(scope.permissions, "pull_requests", "write"),
    viewerDidAuthor: comment.author.id === world.app.bot.id,
  };
}

/** GraphQL names a bot without the `[bot]` that REST adds. */
export function actorNode(account: Account, world: World): Record<string, unknown> {
  const login = account.login.replace("[bot]", "");
  return {
    __typename: account.type,
    id: accountNode(account),
    databaseId: account.id,
    login,
    url: `${world.web}/${account.type === "Bot" ? "apps/" : ""}${login}`,
  };
}

function connection<T>(all: readonly T[], page: PageArguments, node: (item: T) => unknown): Record<string, unknown> {
  const size = page.first ?? page.last ?? undefined;
  if (size === undefined)
    throw new GraphQLError("You must provide a `first` or `last` value to properly paginate the connection.");
  if (size < 1 || size > 100) throw new GraphQLError("`first` and `last` must be between 1 and 100.");
  const after = Number(page.after ?? -1) + 1;
  const before = Number(page.before ?? all.length);
  const isForward = typeof page.first === "number";
  const start = isForward ? after : Math.max(after, before - size);
  const end = Math.min(before, start + size);
  return {
    nodes: all.slice(start, end).map(node),
    totalCount: all.length,
    pageInfo: {
      startCursor: start < end ? String(start) : null,
      endCursor: start < end ? String(end - 1) : null,
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
    },
  };
}

function threadsOf(pull: PullRequest): Thread[] {
  return pull.comments.filter((each) => each.inReplyTo === undefined).map((root) => ({ pull, root }));
}

function threadId(root: ReviewComment): string {
  return `PRRT_${root.id}`;
}

function pullsOf(scope: ThreadScope): PullRequest[] {
  return scope.repositories.flatMap((each) => [...each.pulls.values()]);
}

function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
}
