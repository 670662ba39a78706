import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE, REPAIRED } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const SAID_LATER = "opened before Safepath was installed: comments begin with its next push";

/** A pull request that nobody told us of. */
const open = (head = { "a.py": MISTAKE }) => app.openPullRequest({}, head);

const unasked = ({ comments, reviews }: PullRequest) => [...comments, ...reviews];

async function push(pull: PullRequest, changes: Readonly<Record<string, string>>): Promise<void> {
  const before = await app.github.push(pull, changes);
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
}

test("pull requests from before the installation get a check and no comment, until their next push", async () => {
  const [bad, good] = [await open(), await open({ "a.py": REPAIRED })];
  await app.github.announceInstallation(bad.repository, "created");
  expect(await app.github.untilChecked(bad)).toMatchObject({
    conclusion: "failure",
    title: "1 error in 1 changed file",
    summary: expect.stringContaining(SAID_LATER),
  });
  expect((await app.github.untilChecked(good)).conclusion).toBe("success");
  expect(unasked(bad)).toEqual([]);
  await push(bad, { "b.py": "b = 1\n" });
  expect(bad.comments).toHaveLength(1);
  expect(app.github.checkRun(bad)?.summary).not.toContain(SAID_LATER);
});

test("a head that has a check is left alone", async () => {
  const pull = await open();
  await app.review(pull);
  const later = await open();
  await app.github.announceInstallation(pull.repository, "new_permissions_accepted");
  await app.github.untilChecked(later);
  app.github.forgetRequests();
  await app.github.until(() => app.github.requests.some(({ path }) => path.endsWith(`${pull.headSha}/check-runs`)));
  expect(pull.repository.checkRuns).toHaveLength(1);
});

test("repositories that are added get their checks", async () => {
  const pull = await open();
  await app.github.announceRepositories("added", [pull.repository]);
  expect((await app.github.untilChecked(pull)).conclusion).toBe("failure");
  expect(unasked(pull)).toEqual([]);
});

test.each(["deleted", "suspend"] as const)("an installation that is gone (%s) costs nothing more", async (action) => {
  const other = await startApp();
  const pull = await other.openPullRequest({}, { "a.py": MISTAKE });
  const installation = other.github.world.installationOf(pull.repository);
  installation.suspendedAt = new Date();
  const { id } = await other.github.announceInstallation(pull.repository, action);
  await other.logged(({ delivery, msg }) => delivery === id && msg === "delivery received");
  const repositories = await other.github.announceRepositories("removed", [pull.repository]);
  expect(repositories.status).toBe(202);
  expect(other.github.countRequests()).toBe(0);
  await other.close();
});

test("an installation that comes back is looked at again", async () => {
  const pull = await open();
  await app.github.announceInstallation(pull.repository, "unsuspend");
  expect((await app.github.untilChecked(pull)).conclusion).toBe("failure");
});
