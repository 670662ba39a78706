import { afterAll, beforeEach, expect, test } from "vitest";
import { type Client, clientFor } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import type { PullRequest } from "./pull-state.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";
import { defaultPermissions, type Permissions } from "./world.ts";

let pull: PullRequest;
let client: Client;
let repositories = 0;
const github = await startStandIn();

beforeEach(async () => {
  await openWith(github);
});

afterAll(async () => {
  await github.close();
  expectContract(github);
});

async function openWith(standIn: StandIn): Promise<void> {
  repositories += 1;
  const files = { "a.py": "a = 1\nb = 2\nc = 3\n" };
  const repository = await standIn.createRepository({ owner: "acme", name: `shop-${repositories}`, files });
  await repository.commit("feature", { "a.py": "a = 10\nb = 20\nc = 30\n" });
  pull = await standIn.openPullRequest(repository, { head: "feature" });
  client = clientFor(standIn, repository);
  const comments = [1, 2, 3].map((line) => ({ path: "a.py", line, body: `On line ${line}.` }));
  await client.octokit.pulls.createReview({
    ...client.at,
    pull_number: 1,
    event: "COMMENT",
    body: "A review.",
    comments,
  });
}

interface Threads {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly {
    readonly id: string;
    readonly line: number | null;
    readonly isResolved: boolean;
    readonly isOutdated: boolean;
    readonly viewerCanResolve: boolean;
    readonly comments: {
      readonly nodes: readonly { readonly id: string; readonly author: { readonly login: string } }[];
    };
  }[];
}

async function threads(first = 100, after?: string | null): Promise<Threads> {
  const query = `query($owner: String!, $repo: String!, $first: Int!, $after: String) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: 1) {
        reviewThreads(first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            id line isResolved isOutdated viewerCanResolve
            comments(first: 10) { nodes { id author { login } } }
          }
        }
      }
    }
  }`;
  const answer = await client.octokit.graphql<{ repository: { pullRequest: { reviewThreads: Threads } } }>(query, {
    ...client.at,
    first,
    after: after ?? null,
  });
  return answer.repository.pullRequest.reviewThreads;
}

function resolve(threadId: string): Promise<unknown> {
  const mutation = `mutation($threadId: ID!) {
    resolveReviewThread(input: { threadId: $threadId }) { thread { isResolved resolvedBy { login } } }
  }`;
  return client.octokit.graphql(mutation, { threadId });
}

async function standInWith(permissions: Permissions): Promise<StandIn> {
  const own = await startStandIn({ permissions: { ...defaultPermissions, ...permissions } });
  await openWith(own);
  return own;
}

test("a thread holds a comment and its replies; a bot's name has no [bot] here", async () => {
  const [root] = pull.comments;
  if (root === undefined) throw new Error("no comment");
  await github.reply(pull, root, "mona", "Why?");
  const { nodes } = await threads();
  expect(nodes.map((thread) => thread.comments.nodes.map((each) => each.author.login))).toEqual([
    ["safepath", "mona"],
    ["safepath"],
    ["safepath"],
  ]);
});

test("threads come in pages", async () => {
  const first = await threads(2);
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true }, nodes: [{ line: 1 }, { line: 2 }] });
  const second = await threads(2, first.pageInfo.endCursor);
  expect(second).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ line: 3 }] });
});

test("more than 100 threads a page are refused", async () => {
  await expect(threads(101)).rejects.toThrow();
});

test("a thread whose line is gone is outdated", async () => {
  await github.push(pull, { "a.py": "a = 10\nc = 30\n" });
  const { nodes } = await threads();
  expect(nodes.map((thread) => [thread.line, thread.isOutdated])).toEqual([
    [1, false],
    [null, true],
    [2, false],
  ]);
});

test("without contents: write a thread says that it cannot be resolved, and trying is FORBIDDEN", async () => {
  const { nodes } = await threads();
  expect(nodes[0]?.viewerCanResolve).toBe(false);
  await expect(resolve(nodes[0]?.id ?? "")).rejects.toMatchObject({ errors: [{ type: "FORBIDDEN" }] });
  expect((await threads()).nodes[0]?.isResolved).toBe(false);
});

test("with contents: write a thread is resolved, once", async () => {
  const own = await standInWith({ contents: "write" });
  const { nodes } = await threads();
  expect(nodes[0]?.viewerCanResolve).toBe(true);
  await resolve(nodes[0]?.id ?? "");
  expect((await threads()).nodes[0]).toMatchObject({ isResolved: true, viewerCanResolve: false });
  await own.close();
});

test("a thread that is not there is NOT_FOUND", async () => {
  const own = await standInWith({ contents: "write" });
  await expect(resolve("PRRT_0")).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
  await own.close();
});

test("a comment is hidden for a reason", async () => {
  const { nodes } = await threads();
  const subjectId = nodes[0]?.comments.nodes[0]?.id;
  const mutation = `mutation($subjectId: ID!) {
    minimizeComment(input: { subjectId: $subjectId, classifier: OUTDATED }) {
      minimizedComment { isMinimized minimizedReason }
    }
  }`;
  const answer = await client.octokit.graphql(mutation, { subjectId });
  expect(answer).toEqual({ minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: "outdated" } } });
});
