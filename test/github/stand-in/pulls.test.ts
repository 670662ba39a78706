import { afterAll, beforeAll, expect, test } from "vitest";
import { largestPatchBytes, largestPatchLines } from "./changed-files.ts";
import { clientFor } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";
import type { Changes } from "./write-commit.ts";

let github: StandIn;
let repositories = 0;

beforeAll(async () => {
  github = await startStandIn();
});

afterAll(async () => {
  await github.close();
  expectContract(github);
});

async function openChange(base: Changes, head: Changes) {
  repositories += 1;
  const repository = await github.createRepository({ owner: "acme", name: `files-${repositories}`, files: base });
  await repository.commit("feature", head);
  const pull = await github.openPullRequest(repository, { head: "feature" });
  return { repository, pull, ...clientFor(github, repository) };
}

async function listChange(base: Changes, head: Changes) {
  const { octokit, at } = await openChange(base, head);
  return (await octokit.pulls.listFiles({ ...at, pull_number: 1 })).data;
}

test("a renamed file has both paths and the patch between them", async () => {
  const text = Array.from({ length: 20 }, (_, index) => `line_${index} = ${index}\n`).join("");
  const files = await listChange(
    { "old name.py": text },
    { "new/näme.py": { movedFrom: "old name.py" }, "second.py": "a = 1\n" },
  );
  expect(files.map(({ filename, status, previous_filename }) => [filename, status, previous_filename])).toEqual([
    ["new/näme.py", "renamed", "old name.py"],
    ["second.py", "added", undefined],
  ]);
});

test("a removed file has its blob of the base and a patch without added lines", async () => {
  const [file] = await listChange({ "a.py": "a = 1\n", "b.py": "" }, { "a.py": null });
  expect(file).toMatchObject({ filename: "a.py", status: "removed", deletions: 1, patch: "@@ -1 +0,0 @@\n-a = 1" });
});

test("a file that becomes a link is changed", async () => {
  const [file] = await listChange({ "a.py": "a = 1\n", "b.py": "" }, { "a.py": { linkTo: "b.py" } });
  expect(file).toMatchObject({ filename: "a.py", status: "changed" });
});

test("a line that looks like the head of a patch splits no file", async () => {
  const files = await listChange({}, { "a.py": "x = '\rdiff --git a/x b/x\r@@ -1 +1 @@'\n", "b.py": "b = 1\n" });
  expect(files.map(({ filename, patch }) => [filename, patch?.split("\n").length])).toEqual([
    ["a.py", 2],
    ["b.py", 2],
  ]);
});

test("a binary file has no patch", async () => {
  const [file] = await listChange({}, { "a.bin": new Uint8Array([1, 0, 2]) });
  expect(file).not.toHaveProperty("patch");
});

test.each([
  ["lines", "x\n".repeat(largestPatchLines)],
  ["bytes", `${"x".repeat(largestPatchBytes)}\n`],
])("a patch of too many %s is left out", async (_, text) => {
  const [large, small] = await listChange({}, { "large.py": text, "small.py": text.slice(0, 1000) });
  expect(large).not.toHaveProperty("patch");
  expect(small).toHaveProperty("patch");
});

test("a pull request shows what its head adds to the merge base, not what its base has gained since", async () => {
  const { repository, octokit, at } = await openChange({ "a.py": "a = 1\n" }, { "b.py": "b = 1\n" });
  await repository.commit("main", { "c.py": "c = 1\n" });
  await repository.commit("feature", { "b.py": "b = 2\n" });
  const { data } = await octokit.pulls.listFiles({ ...at, pull_number: 1 });
  expect(data.map((file) => file.filename)).toEqual(["b.py"]);
});

test("a comparison of three dots names the merge base and lists 300 files at most", async () => {
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`f${index}.py`, "a = 1\n"]));
  const { repository, pull, octokit, at } = await openChange({ "a.py": "a = 1\n" }, many);
  const mergeBase = pull.baseSha;
  const base = await repository.commit("main", { "c.py": "c = 1\n" });
  const { data } = await octokit.repos.compareCommitsWithBasehead({ ...at, basehead: `${base}...${pull.headSha}` });
  expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, merge_base_commit: { sha: mergeBase } });
  expect(data.files).toHaveLength(300);
});

test("3,000 of more files are listed, 100 a page, and the count says how many there are", async () => {
  const many = Object.fromEntries(Array.from({ length: 3050 }, (_, index) => [`f${index}.py`, `a = ${index}\n`]));
  const { octokit, at } = await openChange({}, many);
  const { data } = await octokit.pulls.get({ ...at, pull_number: 1 });
  expect(data.changed_files).toBe(3050);
  github.forgetRequests();
  const files = await octokit.paginate(octokit.pulls.listFiles, { ...at, pull_number: 1, per_page: 100 });
  expect(files).toHaveLength(3000);
  expect(github.countRequests()).toBe(30);
});

test("a page has 30 entries where nothing is said, and never more than 100", async () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`f${index}.py`, "a = 1\n"]));
  const { octokit, at } = await openChange({}, many);
  const standard = await octokit.pulls.listFiles({ ...at, pull_number: 1 });
  const most = await octokit.pulls.listFiles({ ...at, pull_number: 1, per_page: 500 });
  expect([standard.data.length, most.data.length]).toEqual([30, 100]);
  expect(standard.headers.link).toMatch(/page=2>; rel="next", <.*page=4>; rel="last"/);
});

test("a fork's commits can be read in the repository it comes from, and name no pull request there", async () => {
  const origin = await github.createRepository({ owner: "acme", name: "origin", files: { "a.py": "a = 1\n" } });
  const fork = github.fork(origin, "mona");
  const sha = await fork.commit("feature", { "a.py": "a = 2\n" });
  await github.openPullRequest(origin, { head: "feature", fork });
  const { octokit, at } = clientFor(github, origin);
  const { data } = await octokit.pulls.get({ ...at, pull_number: 1 });
  expect(data.head).toMatchObject({ label: "mona:feature", sha, repo: { fork: true, full_name: "mona/origin" } });
  expect((await octokit.repos.getContent({ ...at, path: "a.py", ref: sha })).data).toMatchObject({ size: 6 });
  const pulls = await octokit.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: sha });
  expect(pulls.data).toEqual([]);
});

test("a commit of the repository's own names its pull request", async () => {
  const { pull, octokit, at } = await openChange({ "a.py": "a = 1\n" }, { "a.py": "a = 2\n" });
  const pulls = await octokit.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: pull.headSha });
  expect(pulls.data.map((each) => each.number)).toEqual([1]);
});

test("open pull requests are listed, the last updated first when asked so", async () => {
  const { repository, octokit, at } = await openChange({ "a.py": "a = 1\n" }, { "a.py": "a = 2\n" });
  await repository.commit("second", { "a.py": "a = 3\n" }, { from: "main" });
  const second = await github.openPullRequest(repository, { head: "second", draft: true });
  const numbers = async (state: "open" | "all") =>
    (await octokit.pulls.list({ ...at, state, sort: "updated", direction: "desc" })).data.map((each) => each.number);
  expect(await numbers("open")).toEqual([2, 1]);
  second.state = "closed";
  expect([await numbers("open"), await numbers("all")]).toEqual([[1], [2, 1]]);
});
