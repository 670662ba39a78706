import { afterAll, expect, test } from "vitest";
import { APPLY_FIXES } from "../../src/review/safe-fixes.ts";
import { startApp } from "./app-on-loopback.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";
import { startStandIn } from "./stand-in/stand-in.ts";
import { defaultPermissions } from "./stand-in/world.ts";

const app = await startApp({
  github: await startStandIn({ permissions: { ...defaultPermissions, contents: "write" } }),
});
afterAll(() => app.close());

const UNCHECKED = `import requests


def load(url):
    return requests.get(url, verify=False, timeout=10)


def save(url, data):
    return requests.post(url, data, verify=False, timeout=10)
`;
const CHECKED = UNCHECKED.replaceAll(", verify=False", "");

async function open(files: Readonly<Record<string, string>>): Promise<PullRequest> {
  const pull = await app.openPullRequest({}, files);
  pull.repository.roles.set("mona", "write");
  await app.review(pull);
  return pull;
}

/** Presses the button, and gives what came of it. */
async function press(pull: PullRequest, login = "mona", run = app.github.checkRun(pull)): Promise<unknown> {
  if (run === undefined) throw new Error("there is no check");
  const { id } = await app.github.announceAction(pull.repository, run, APPLY_FIXES, login);
  const line = await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  return line.outcome;
}

const isCommit = ({ path, body }: { readonly path: string; readonly body: unknown }) =>
  path === "/graphql" && JSON.stringify(body).includes("createCommitOnBranch");

const textAt = async (pull: PullRequest, path: string) =>
  (await pull.repository.git.read(`${pull.headSha}:${path}`))?.bytes.toString("utf8");

const said = ({ repository, number }: PullRequest) =>
  repository.issueComments.filter(({ issue }) => issue === number).map(({ body }) => body);

test("the button commits all safe fixes as one commit, and the next review finds nothing", async () => {
  const pull = await open({ "a.py": UNCHECKED, "b.py": UNCHECKED });
  const before = pull.headSha;
  expect(app.github.checkRun(pull)?.actions).toEqual([
    { label: "Apply safe fixes", description: "Commit 4 safe fixes to the branch", identifier: APPLY_FIXES },
  ]);
  expect(await press(pull)).toEqual({ kind: "fixed", files: 2 });
  expect(await textAt(pull, "a.py")).toBe(CHECKED);
  expect(await textAt(pull, "b.py")).toBe(CHECKED);
  const commits = await pull.repository.commitsBetween(before, pull.headSha);
  expect(commits).toHaveLength(1);
  const commit = (await pull.repository.git.read(pull.headSha))?.bytes.toString("utf8") ?? "";
  expect(commit).toContain("Apply 4 safe fixes\n\n- tls-verify-disabled: 4\n\nAsked for by mona on the check.");
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success", actions: [] });
});

test("line ends stay as they are", async () => {
  const pull = await open({ "a.py": UNCHECKED.replaceAll("\n", "\r\n") });
  await press(pull);
  expect(await textAt(pull, "a.py")).toBe(CHECKED.replaceAll("\n", "\r\n"));
});

test("there is no button where nothing is fixed safely, and none for what may be run as a program", async () => {
  const pull = await open({ "a.py": "eval(input())\n", "run.py": `#!/usr/bin/env python3\n${UNCHECKED}` });
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure", actions: [] });
});

test("a fork's branch is not ours to change: there is no button, and pressing one does nothing", async () => {
  const base = await open({ "a.py": UNCHECKED });
  const fork = app.github.fork(base.repository, "hubot");
  await fork.commit("patch", { "c.py": UNCHECKED }, { from: await base.repository.resolve("main") });
  const pull = await app.github.openPullRequest(base.repository, { head: "patch", fork });
  await app.review(pull);
  expect(app.github.checkRun(pull)?.actions).toEqual([]);
  const before = pull.headSha;
  expect(await press(pull)).toEqual({ kind: "not-fixed", reason: "fork" });
  expect(pull.headSha).toBe(before);
});

test("who may not write changes nothing", async () => {
  const pull = await open({ "a.py": UNCHECKED });
  pull.repository.roles.set("guest", "read");
  const before = pull.headSha;
  expect(await press(pull, "guest")).toEqual({ kind: "not-fixed", reason: "forbidden" });
  expect(pull.headSha).toBe(before);
  expect(said(pull)).toEqual([]);
});

test("a head that has moved on is not touched, and who asked is told", async () => {
  const pull = await open({ "a.py": UNCHECKED });
  const run = app.github.checkRun(pull);
  await app.github.push(pull, { "b.py": "b = 1\n" });
  const before = pull.headSha;
  expect(await press(pull, "mona", run)).toEqual({ kind: "not-fixed", reason: "moved" });
  expect(pull.headSha).toBe(before);
  expect(said(pull)).toEqual([expect.stringContaining("the branch has moved on")]);
});

test("the commit is made on top of the head that was looked at, and refused where GitHub has another one", async () => {
  const pull = await open({ "a.py": UNCHECKED });
  app.github.faults.inject({ kind: "graphql-error", type: "STALE_DATA", match: isCommit });
  app.github.forgetRequests();
  expect(await press(pull)).toEqual({ kind: "not-fixed", reason: "refused" });
  const [sent] = app.github.requests.filter(isCommit);
  expect(sent?.body).toMatchObject({ variables: { input: { expectedHeadOid: pull.headSha } } });
  expect(await textAt(pull, "a.py")).toBe(UNCHECKED);
});

test("a commit that was saved though GitHub failed is not made twice", async () => {
  const pull = await open({ "a.py": UNCHECKED });
  const before = pull.headSha;
  app.github.faults.inject({
    kind: "502-saved",
    match: isCommit,
  });
  await press(pull);
  expect(await pull.repository.commitsBetween(before, pull.headSha)).toHaveLength(1);
  expect(await textAt(pull, "a.py")).toBe(CHECKED);
});

test("a protected branch refuses the commit, and who asked is told once", async () => {
  const pull = await open({ "a.py": UNCHECKED });
  pull.repository.protectedBranches.add(pull.headBranch);
  expect(await press(pull)).toEqual({ kind: "not-fixed", reason: "refused" });
  await press(pull);
  expect(said(pull)).toEqual([expect.stringContaining("GitHub refused the commit")]);
});

test("the token that changes contents is asked for where somebody asked for a change, and for that one repository", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "value = 1\n" });
  app.github.forgetRequests();
  await app.review(pull);
  const asked = () =>
    app.github.requests.flatMap(({ path, body }) => (path.endsWith("/access_tokens") ? [body as object] : []));
  expect(asked()).not.toContainEqual(
    expect.objectContaining({ permissions: expect.objectContaining({ contents: "write" }) }),
  );
  const fixable = await open({ "a.py": UNCHECKED });
  await press(fixable);
  expect(asked()).toContainEqual({
    repository_ids: [fixable.repository.id],
    permissions: { contents: "write", pull_requests: "write", metadata: "read" },
  });
});

test("an App that may not write contents shows no button", async () => {
  const other = await startApp();
  const pull = await other.openPullRequest({}, { "a.py": UNCHECKED });
  await other.review(pull);
  expect(other.github.checkRun(pull)?.actions).toEqual([]);
  await other.close();
});
