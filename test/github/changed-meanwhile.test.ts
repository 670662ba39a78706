import { afterAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { MISTAKE, REPAIRED } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

/** The review has read of the pull request what it needs, and waits for the contents. */
async function whileReading(pull: PullRequest, act: () => Promise<unknown>): Promise<void> {
  app.github.faults.inject({ kind: "delay", milliseconds: 500, match: "POST /graphql" });
  const { id } = await app.github.announce(pull, { action: "opened" });
  await app.github.until(() => hasBegun(app, pull));
  await act();
  await ended(id);
}

function hasBegun({ github }: AppOnLoopback, { headSha }: PullRequest): boolean {
  return github.requests.some(({ path }) => path.includes(`/commits/${headSha}/check-runs`));
}

async function ended(id: string): Promise<void> {
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
}

test("a pull request that is closed during its review gets its check and no comment", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await whileReading(pull, async () => {
    pull.state = "closed";
  });
  expect(app.github.checkRun(pull)?.status).toBe("completed");
  expect(pull.comments).toEqual([]);
});

test.each([
  ["gets its check and no comment", {}, 0],
  ["is commented on where drafts are", { ".github/safepath.yml": "drafts: review\n" }, 1],
])("a pull request that becomes a draft during its review %s", async (_, base, comments) => {
  const pull = await app.openPullRequest(base, { "a.py": MISTAKE });
  await whileReading(pull, async () => {
    pull.draft = true;
  });
  const check = app.github.checkRun(pull);
  expect(check).toMatchObject({ status: "completed", conclusion: "failure" });
  expect(check?.summary?.includes("comments begin when it is ready for review")).toBe(comments === 0);
  expect(pull.comments).toHaveLength(comments);
});

test("a pull request that gets another base during its review ends with what the new base makes of it", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "a = 1\n" });
  await pull.repository.commit("release", { "release.py": MISTAKE }, { from: "main" });
  await pull.repository.commit("feature", { "a.py": MISTAKE });
  let edited = { id: "" };
  await whileReading(pull, async () => {
    edited = await app.github.announce(pull, await app.github.retarget(pull, "release"));
  });
  await ended(edited.id);
  expect(app.github.checkRun(pull)).toMatchObject({ status: "completed", title: "1 error in 1 changed file" });
});

test("a branch that is written anew during its review ends with what it holds then", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  let forced = { id: "" };
  await whileReading(pull, async () => {
    const before = await app.github.push(pull, { "b.py": REPAIRED }, { from: pull.baseBranch });
    forced = await app.github.announce(pull, { action: "synchronize", before });
  });
  await ended(forced.id);
  expect(pull.comments).toEqual([]);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
});
