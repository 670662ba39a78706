import type { Octokit } from "@octokit/rest";
import type { SettledThread } from "../review/review-plan.ts";
import type { PullRequestRef } from "../service/ports.ts";
import { type Connection, PAGE, repositoryOf } from "./connection.ts";

/**
 * Resolves threads of ours, and opens those again that we resolved ourselves. GitHub lets an installation do it only where it may
 * write contents: elsewhere the comment alone says that its finding is gone.
 */
export async function settleThreads(
  { changing, query, botLogin }: Connection,
  ref: PullRequestRef,
  wanted: readonly SettledThread[],
): Promise<void> {
  if (wanted.length === 0) return;
  const octokit = await changing(ref);
  if (octokit === undefined) return;
  const states = new Map(wanted.map(({ commentId, isSettled }) => [commentId, isSettled]));
  const ours = (await botLogin()).replace(/\[bot\]$/u, "");
  for (const { id, isResolved, resolvedBy, comments } of await listThreads(query, ref)) {
    const isSettled = states.get(comments.nodes[0]?.databaseId ?? 0);
    if (isSettled === undefined || isSettled === isResolved) continue;
    // What a person resolved stays so.
    if (!isSettled && resolvedBy?.login !== ours) continue;
    await octokit.graphql(isSettled ? RESOLVE : UNRESOLVE, { thread: id });
  }
}

interface Thread {
  readonly id: string;
  readonly isResolved: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly comments: { readonly nodes: readonly { readonly databaseId: number }[] };
}

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly nodes: readonly Thread[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    };
  };
}

async function listThreads(query: Octokit["graphql"], ref: PullRequestRef): Promise<readonly Thread[]> {
  const threads: Thread[] = [];
  let after: string | null = null;
  do {
    const variables: Record<string, unknown> = { ...repositoryOf(ref), number: ref.number, size: PAGE, after };
    const { repository }: Answer = await query<Answer>(THREADS, variables);
    const { nodes, pageInfo } = repository.pullRequest.reviewThreads;
    threads.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return threads;
}

const THREADS = `query($owner: String!, $repo: String!, $number: Int!, $size: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: $size, after: $after) {
        nodes { id isResolved resolvedBy { login } comments(first: 1) { nodes { databaseId } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const RESOLVE = "mutation($thread: ID!) { resolveReviewThread(input: { threadId: $thread }) { thread { id } } }";
const UNRESOLVE = "mutation($thread: ID!) { unresolveReviewThread(input: { threadId: $thread }) { thread { id } } }";
