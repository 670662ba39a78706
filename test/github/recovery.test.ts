import { afterAll, beforeAll, expect, test } from "vitest";
import { Alarms } from "../service/alarms.ts";
import { ManualClock, settled } from "../service/manual-clock.ts";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import { leaveInProgress } from "./leave-in-progress.ts";
import { startStandIn } from "./stand-in/stand-in.ts";

const MINUTE = 60_000;
const NOWHERE = "http://127.0.0.1:9/";
const DELIVERIES = "GET /app/hook/deliveries";
const REPOSITORIES = "GET /installation/repositories";

let app: AppOnLoopback;
let clock: ManualClock;
const alarms = new Alarms();

/** A clock some minutes ahead: nothing that happens at the stand-in is new to the App. */
beforeAll(async () => {
  clock = new ManualClock(new Date(Date.now() + 10 * MINUTE).toISOString(), true);
  app = await startApp({ clock, recovers: true, every: alarms.every });
  await app.github.until(() => app.github.countRequests(DELIVERIES) > 0);
});
afterAll(() => app.close());

const open = () => app.openPullRequest({}, { "a.py": MISTAKE });

/** Looks until something was asked for: a look that the one before is still at work for leaves it out. */
async function look(request = DELIVERIES): Promise<void> {
  await clock.pass(3 * 60 * MINUTE);
  const before = app.github.countRequests(request);
  while (app.github.countRequests(request) === before) {
    await clock.pass(1_000);
    alarms.ring();
    await settled();
  }
}

test("a delivery that failed is asked for again, once, and reviewed", async () => {
  const pull = await open();
  const { id, status } = await app.github.announce(pull, { action: "opened" }, { to: NOWHERE });
  expect(status).toBe(504);
  await look();
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect((await app.github.untilChecked(pull)).conclusion).toBe("failure");
  await look();
  await look();
  expect(app.github.countRequests("POST /app/hook/deliveries/{delivery_id}/attempts")).toBe(1);
});

test("a pull request whose delivery never came is reviewed as if it had", async () => {
  const pull = await open();
  await look(REPOSITORIES);
  await app.github.untilChecked(pull);
  expect(pull.comments).toHaveLength(1);
});

test("what was opened before the installation gets its check quietly", async () => {
  const pull = await open();
  const installation = app.github.world.installationOf(pull.repository);
  const before = installation.createdAt;
  installation.createdAt = new Date(Date.now() + MINUTE);
  await look(REPOSITORIES);
  expect((await app.github.untilChecked(pull)).conclusion).toBe("failure");
  expect(pull.comments).toEqual([]);
  installation.createdAt = before;
});

test("a check that was left in progress, also by another version, is finished and not doubled", async () => {
  const pull = await open();
  leaveInProgress(app.github, pull);
  await look(REPOSITORIES);
  expect((await app.github.untilChecked(pull)).conclusion).toBe("failure");
  expect(pull.repository.checkRuns).toHaveLength(1);
});

test("a service that starts looks at once", async () => {
  const github = await startStandIn();
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "README.md": "# Shop\n" } });
  await repository.commit("feature", { "a.py": MISTAKE }, { from: await repository.resolve("main") });
  const pull = await github.openPullRequest(repository, { head: "feature" });
  const other = await startApp({ github, clock, recovers: true, every: new Alarms().every });
  expect((await github.untilChecked(pull)).conclusion).toBe("failure");
  await other.close();
});

test("a suspended installation is not looked at", async () => {
  const pull = await open();
  const installation = app.github.world.installationOf(pull.repository);
  installation.suspendedAt = new Date();
  await look();
  await look();
  installation.suspendedAt = undefined;
  expect(app.github.checkRun(pull)).toBeUndefined();
});
