import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Client, clientFor } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import type { PullRequest } from "./pull-state.ts";
import type { Repository } from "./repository.ts";
import { longestBody } from "./reviews.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

let github: StandIn;
let repository: Repository;
let client: Client;
let pull: PullRequest;
let headSha: string;

/** 40 lines, of which the head changes the 10th and removes the 30th: two hunks, 7–13 and 27–32 of the head. */
const base = Array.from({ length: 40 }, (_, index) => `v${index + 1} = 0`);
const head = base.map((line, index) => (index === 9 ? "v10 = 10" : line)).filter((_, index) => index !== 29);

beforeAll(async () => {
  github = await startStandIn();
  const files = { "a.py": text(base), "untouched.py": "a = 1\n", "large.py": "" };
  repository = await github.createRepository({ owner: "acme", name: "shop", files });
  headSha = await repository.commit("feature", { "a.py": text(head), "large.py": "x = 1\n".repeat(20_001) });
  client = clientFor(github, repository);
});

beforeEach(async () => {
  const branch = `feature-${repository.nextNumber}`;
  await repository.forcePush(branch, headSha);
  pull = await github.openPullRequest(repository, { head: branch });
});

afterAll(async () => {
  await github.close();
  expectContract(github, [
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments",
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
    "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  ]);
});

interface Draft {
  readonly path?: string;
  readonly body?: string;
  readonly line?: number;
  readonly side?: "LEFT" | "RIGHT";
  readonly start_line?: number;
  readonly start_side?: "LEFT" | "RIGHT";
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function review(...drafts: Draft[]) {
  const comments = drafts.map((draft) => ({ path: "a.py", body: "Look.", ...draft }));
  return post({ comments });
}

function post(fields: { comments?: { path: string; body: string }[]; body?: string; commit_id?: string }) {
  const { octokit, at } = client;
  return octokit.pulls.createReview({
    ...at,
    pull_number: pull.number,
    event: "COMMENT",
    body: "A review.",
    ...fields,
  });
}

function comment(draft: Draft & { subject_type?: "line" | "file" }) {
  const { octokit, at } = client;
  const fields = { path: "a.py", body: "Look.", commit_id: pull.headSha, ...draft };
  return octokit.pulls.createReviewComment({ ...at, pull_number: pull.number, ...fields });
}

describe("a comment is accepted", () => {
  test.each<[string, Draft]>([
    ["on an added line", { line: 10 }],
    ["on an unchanged line that the diff shows", { line: 7 }],
    ["on a removed line, on the left", { line: 30, side: "LEFT" }],
    ["over lines of one hunk", { start_line: 8, line: 12 }],
    ["from a removed line to one that follows it", { start_line: 30, start_side: "LEFT", line: 30 }],
  ])("%s", async (_, draft) => {
    await review(draft);
    expect(pull.comments).toHaveLength(1);
  });

  test("on a whole file, by itself alone", async () => {
    const { data } = await comment({ subject_type: "file" });
    expect(data).toMatchObject({ subject_type: "file", path: "a.py" });
    expect(data).not.toHaveProperty("line");
  });
});

describe("a review is refused with all its comments when one of them is", () => {
  test.each<[string, Draft]>([
    ["outside the hunks", { line: 20 }],
    ["past the end of the file", { line: 99 }],
    ["on an unchanged line, on the left", { line: 7, side: "LEFT" }],
    ["over two hunks", { start_line: 12, line: 28 }],
    ["from a line to itself", { start_line: 10, line: 10 }],
    ["upwards", { start_line: 12, line: 10 }],
    ["in a file that the change does not touch", { path: "untouched.py", line: 1 }],
    ["in a file whose diff is too large to be shown", { path: "large.py", line: 1 }],
    ["nowhere", {}],
    ["without a word", { line: 10, body: " " }],
    ["longer than 65,536 characters", { line: 10, body: "x".repeat(longestBody + 1) }],
  ])("%s", async (_, draft) => {
    await expect(review({ line: 10 }, draft)).rejects.toMatchObject({ status: 422 });
    expect([pull.reviews, pull.comments]).toEqual([[], []]);
  });
});

test("the longest body is accepted, one character more is not", async () => {
  await post({ body: "x".repeat(longestBody) });
  await expect(post({ body: "x".repeat(longestBody + 1) })).rejects.toMatchObject({ status: 422 });
});

test("a review needs a body and a commit of the pull request", async () => {
  await expect(post({ body: "" })).rejects.toMatchObject({ status: 422 });
  await expect(post({ commit_id: pull.baseSha })).rejects.toMatchObject({ status: 422 });
});

test("a review knows no comment on a whole file", async () => {
  const own = await startStandIn();
  const other = await own.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  await other.commit("feature", { "a.py": "a = 2\n" });
  await own.openPullRequest(other, { head: "feature" });
  const { octokit, at } = clientFor(own, other);
  const comments = [{ path: "a.py", body: "Look.", subject_type: "file" }];
  const posted = octokit.pulls.createReview({ ...at, pull_number: 1, event: "COMMENT", body: "A review.", comments });
  await expect(posted).rejects.toMatchObject({ status: 422 });
  await own.close();
  expect(own.contract.violations).toEqual([expect.stringContaining("must NOT have additional properties")]);
});

test("there is one pending review of a person, and it is not submitted", async () => {
  const { octokit, at } = client;
  const { data } = await octokit.pulls.createReview({ ...at, pull_number: pull.number, body: "Later." });
  expect(data.state).toBe("PENDING");
  expect(data).not.toHaveProperty("submitted_at");
  await expect(octokit.pulls.createReview({ ...at, pull_number: pull.number })).rejects.toMatchObject({ status: 422 });
});

test("a comment by itself is refused for its place with 422", async () => {
  await expect(comment({ line: 20 })).rejects.toMatchObject({ status: 422 });
  await expect(comment({ path: "untouched.py", subject_type: "file" })).rejects.toMatchObject({ status: 422 });
});

test("a comment moves with its line, and is outdated once its line is gone", async () => {
  const { octokit, at } = client;
  await review({ line: 10 });
  await github.push(pull, { "a.py": text(["first = 1", ...head]) });
  const listed = async () => (await octokit.pulls.listReviewComments({ ...at, pull_number: pull.number })).data[0];
  expect(await listed()).toMatchObject({ line: 11, original_line: 10, commit_id: pull.headSha });
  await github.push(pull, { "a.py": text(head.filter((line) => line !== "v10 = 10")) });
  expect(await listed()).toMatchObject({ line: null, position: null, original_line: 10 });
});

test("a reply joins the thread; a reply to a reply is not found", async () => {
  const { octokit, at } = client;
  await review({ line: 10 });
  const root = pull.comments[0]?.id ?? 0;
  const reply = (comment_id: number) =>
    octokit.pulls.createReplyForReviewComment({ ...at, pull_number: pull.number, comment_id, body: "Thanks." });
  const { data } = await reply(root);
  expect(data).toMatchObject({ in_reply_to_id: root, line: 10 });
  await expect(reply(data.id)).rejects.toMatchObject({ status: 404 });
});

test("the app edits and deletes its own comments, not those of others", async () => {
  const { octokit, at } = client;
  await review({ line: 10 });
  const [own] = pull.comments;
  if (own === undefined) throw new Error("no comment");
  const other = await github.reply(pull, own, "mona", "Why?");
  await octokit.pulls.updateReviewComment({ ...at, comment_id: own.id, body: "Fixed." });
  expect((await octokit.pulls.getReviewComment({ ...at, comment_id: own.id })).data.body).toBe("Fixed.");
  const edit = octokit.pulls.updateReviewComment({ ...at, comment_id: other.id, body: "Mine." });
  await expect(edit).rejects.toMatchObject({ status: 403 });
  await octokit.pulls.deleteReviewComment({ ...at, comment_id: own.id });
  expect(pull.comments).toEqual([other]);
});

test("the same reaction of the same author is kept once", async () => {
  const { octokit, at } = client;
  await review({ line: 10 });
  const react = () =>
    octokit.reactions.createForPullRequestReviewComment({
      ...at,
      comment_id: pull.comments[0]?.id ?? 0,
      content: "eyes",
    });
  expect([(await react()).status, (await react()).status]).toEqual([201, 200]);
});

test("comments of the conversation are listed and reacted to", async () => {
  const { octokit, at } = client;
  const { data } = await octokit.issues.createComment({ ...at, issue_number: pull.number, body: "Hello." });
  await octokit.reactions.createForIssueComment({ ...at, comment_id: data.id, content: "+1" });
  const listed = await octokit.issues.listComments({ ...at, issue_number: pull.number });
  expect(listed.data.map((each) => [each.body, each.user?.login])).toEqual([["Hello.", "safepath[bot]"]]);
});
