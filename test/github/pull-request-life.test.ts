import { afterAll, expect, test } from "vitest";
import { ManualClock } from "../service/manual-clock.ts";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { MISTAKE, REPAIRED } from "./complaints/scene.ts";
import { pullRequestPayload } from "./stand-in/payloads.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const WARNING = "import hashlib\n\n\ndef trusted_digest(data):\n    return hashlib.md5(data).hexdigest()\n";

test("what was said is not said again after the next push, even where its lines have moved", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  await push(pull, { "a.py": `"""Files."""\n\n${MISTAKE}`, "b.py": "b = 1\n" });
  expect(pull.comments).toHaveLength(1);
  expect(pull.reviews).toHaveLength(1);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure", title: "1 error in 2 changed files" });
});

test("a comment whose finding is gone says so, and the check passes", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  await push(pull, { "a.py": REPAIRED });
  expect(pull.comments.map(({ body }) => body)).toEqual([
    expect.stringContaining(`*No longer found at \`${pull.headSha.slice(0, 7)}\`.*`),
  ]);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
});

test("a repository that gets another name while its review waits is reviewed, and keeps what was said", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const { world } = app.github;
  const opened = await pullRequestPayload(pull, { action: "opened" }, world);
  world.rename(pull.repository, `${pull.repository.name}-renamed`);
  await ended(await app.github.deliver("pull_request", opened));
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure", title: "1 error in 1 changed file" });
  expect(pull.comments).toHaveLength(1);
  await push(pull, { "b.py": "b = 1\n" });
  expect(pull.comments).toHaveLength(1);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure", title: "1 error in 2 changed files" });
});

test("a comment that somebody else wrote in our words is not taken for ours", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  const [comment] = pull.comments;
  if (comment === undefined) throw new Error("nothing was said");
  await app.github.reply(pull, comment, "mallory", comment.body);
  app.github.forgetRequests();
  await push(pull, { "a.py": REPAIRED });
  expect(pull.comments.map(({ body }) => body.includes("No longer found"))).toEqual([true, false]);
  const edits = app.github.requests.filter(({ method, path }) => method === "PATCH" && path.includes("/comments/"));
  expect(edits.map(({ path }) => path.split("/").at(-1))).toEqual([String(comment.id)]);
});

test("a draft gets its check and no comments, which come when it is ready", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE }, { draft: true });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "1 error in 1 changed file" });
  expect(run.summary).toContain("comments begin when it is ready for review");
  expect(pull.comments).toEqual([]);
  pull.draft = false;
  await ended(await app.github.announce(pull, { action: "ready_for_review" }));
  expect(app.github.checkRun(pull)?.conclusion).toBe("failure");
  expect(pull.comments).toHaveLength(1);
});

test("on a bot's pull request, to whose branch anybody may push, what fails the check is said and nothing else", async () => {
  const author = "updates[bot]";
  const worse = await app.openPullRequest({}, { "a.py": MISTAKE, "b.py": WARNING }, { author });
  expect(await app.review(worse)).toMatchObject({
    conclusion: "failure",
    title: "1 error, 1 warning in 2 changed files",
  });
  expect(worse.comments.map(({ path }) => path)).toEqual(["a.py"]);
  const better = await app.openPullRequest({}, { "b.py": WARNING }, { author });
  expect(await app.review(better)).toMatchObject({ conclusion: "success", title: "1 warning in 1 changed file" });
  expect(better.comments).toEqual([]);
});

test("a pull request that was closed meanwhile needs no check, and opened again it is not green before its review", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  pull.state = "closed";
  const run = app.github.checkRun(pull);
  if (run === undefined) throw new Error("the head has no check run");
  await ended(await app.github.announceRerun(pull.repository, run));
  expect(pull.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  const unseen = await app.openPullRequest({}, { "a.py": MISTAKE });
  unseen.state = "closed";
  await ended(await app.github.announce(unseen, { action: "opened" }));
  expect(app.github.checkRun(unseen)).toBeUndefined();
});

test("another base branch is another change", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "a = 1\n" });
  await app.review(pull);
  await pull.repository.commit("release", { "release.py": MISTAKE }, { from: "main" });
  await pull.repository.commit("feature", { "a.py": MISTAKE });
  const { id } = await app.github.announce(pull, { action: "edited", changes: { title: "Another title" } });
  expect((await app.logged(({ delivery }) => delivery === id)).outcome).toBe("ignored");
  await ended(await app.github.announce(pull, await app.github.retarget(pull, "release")));
  expect(app.github.checkRun(pull)?.title).toBe("1 error in 1 changed file");
});

test("a branch that is written anew without a commit of its base could not be verified, and is once it has one", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  const before = await app.github.push(pull, { "a.py": REPAIRED }, { isFirst: true });
  const unrelated = await app.github.announce(pull, { action: "synchronize", before });
  await ended(unrelated);
  expect(app.github.checkRun(pull)).toMatchObject({
    conclusion: "failure",
    title: "Could not verify: no history in common with the base branch",
  });
  expect(app.log.filter(({ delivery, level }) => delivery === unrelated.id && level === "error")).toEqual([]);
  expect(pull.comments.map(({ body }) => body.includes("No longer found"))).toEqual([false]);
  const orphan = await app.github.push(pull, { "a.py": REPAIRED }, { from: pull.baseBranch });
  await ended(await app.github.announce(pull, { action: "synchronize", before: orphan }));
  expect(app.github.checkRun(pull)?.conclusion).toBe("success");
  expect(pull.comments.map(({ body }) => body.includes("No longer found"))).toEqual([true]);
});

test("a head that moves during the review is not commented on, and its run says what replaced it", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const old = pull.headSha;
  const delivery = await whileReading(pull, () => app.github.push(pull, { "a.py": REPAIRED }));
  await ended(delivery);
  const run = pull.repository.checkRuns.find(({ headSha }) => headSha === old);
  expect(run).toMatchObject({ conclusion: "cancelled", title: `Superseded by ${pull.headSha.slice(0, 7)}` });
  expect(pull.comments).toEqual([]);
});

test("a push during the review ends it, and the new head is reviewed", async () => {
  const pull = await app.openPullRequest({}, { "a.py": REPAIRED });
  const old = pull.headSha;
  let second = { id: "" };
  await whileReading(pull, async () => {
    const before = await app.github.push(pull, { "a.py": MISTAKE });
    second = await app.github.announce(pull, { action: "synchronize", before });
  });
  await ended(second);
  const runs = pull.repository.checkRuns.map(({ headSha, conclusion }) => ({ old: headSha === old, conclusion }));
  expect(runs).toEqual([
    { old: true, conclusion: "cancelled" },
    { old: false, conclusion: "failure" },
  ]);
  expect(pull.comments).toHaveLength(1);
});

test("a second delivery for the same head goes on with its run", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  let second = { id: "" };
  await whileReading(pull, async () => {
    second = await app.github.announce(pull, { action: "reopened" });
  });
  await ended(second);
  expect(pull.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  expect(pull.comments).toHaveLength(1);
});

test("a check that is run again on GitHub is a new review, concludes anew, and says nothing twice", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const run = await app.review(pull);
  run.completedAt = undefined;
  await ended(await app.github.announceRerun(pull.repository, run));
  expect(pull.repository.checkRuns).toMatchObject([{ conclusion: "failure", completedAt: expect.any(Date) }]);
  expect(pull.comments).toHaveLength(1);
});

test("a head that GitHub does not know of yet is waited for", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const before = app.clock.slept.length;
  await ended(await app.github.deliver("pull_request", minimalPayload(pull, "f".repeat(40))));
  expect(app.clock.slept.slice(before)).toEqual([2_000]);
  expect(pull.comments).toHaveLength(1);
});

test("a job has one token, for its repository alone and for no more than a review needs", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  app.github.forgetRequests();
  await app.review(pull);
  const asked = app.github.requests.filter(({ path }) => path.endsWith("/access_tokens"));
  expect(asked.map(({ body }) => body)).toEqual([
    {
      repository_ids: [pull.repository.id],
      permissions: { checks: "write", contents: "read", pull_requests: "write", metadata: "read" },
    },
  ]);
});

test("where the App was removed the job is given up at once", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const { installation, ...payload } = minimalPayload(pull, pull.headSha);
  const { id } = await app.github.deliver("pull_request", {
    ...payload,
    installation: { id: installation.id + 9_999 },
  });
  const line = await app.logged(({ delivery, msg }) => delivery === id && msg === "review failed");
  expect(line).toMatchObject({ attempt: 1, err: { kind: "gone" } });
});

test("a server that shuts down ends the review that it has begun", async () => {
  const { other, pull } = await stopWhileReading(new ManualClock());
  await other.stop(60_000);
  expect(other.github.checkRun(pull)).toMatchObject({ conclusion: "failure", title: "1 error in 1 changed file" });
  await other.close();
});

test("a server that has no time left says that it could not verify", async () => {
  const clock = new ManualClock();
  const { other, pull } = await stopWhileReading(clock);
  const stopped = other.stop(60_000);
  await clock.pass(30_000);
  await stopped;
  expect(other.github.checkRun(pull)).toMatchObject({
    conclusion: "failure",
    title: "Could not verify: the review did not finish",
  });
  await other.close();
});

async function stopWhileReading(clock: ManualClock) {
  const other = await startApp({ clock });
  const pull = await other.openPullRequest({}, { "a.py": MISTAKE });
  other.github.faults.inject({ kind: "delay", milliseconds: 300, match: "POST /graphql" });
  await other.github.announce(pull, { action: "opened" });
  await other.github.until(() => hasBegun(other, pull));
  return { other, pull };
}

async function push(pull: PullRequest, changes: Readonly<Record<string, string>>): Promise<void> {
  const before = await app.github.push(pull, changes);
  await ended(await app.github.announce(pull, { action: "synchronize", before }));
}

/** A review looks for earlier runs of the head before it reads anything else. */
function hasBegun({ github }: AppOnLoopback, { headSha }: PullRequest): boolean {
  return github.requests.some(({ path }) => path.includes(`/commits/${headSha}/check-runs`));
}

/** Does something after the review has begun and before the contents have been read. */
async function whileReading(pull: PullRequest, act: () => Promise<unknown>): Promise<{ readonly id: string }> {
  app.github.faults.inject({ kind: "delay", milliseconds: 500, match: "POST /graphql" });
  const delivery = await app.github.announce(pull, { action: "opened" });
  await app.github.until(() => hasBegun(app, pull));
  await act();
  return delivery;
}

async function ended({ id }: { readonly id: string }): Promise<void> {
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
}

function minimalPayload({ number, repository }: PullRequest, headSha: string) {
  return {
    action: "opened",
    number,
    installation: { id: app.github.world.installationOf(repository).id },
    repository: { id: repository.id, name: repository.name, owner: { login: repository.owner.login } },
    pull_request: { head: { sha: headSha } },
  };
}
