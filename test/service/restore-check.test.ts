import { expect, test } from "vitest";
import type { PlannedCheck } from "../../src/review/review-plan.ts";
import type { ReviewJob } from "../../src/service/job-queue.ts";
import type { CodeHost, HeadCheck, OpenPullRequest } from "../../src/service/ports.ts";
import { createRestore } from "../../src/service/restore-check.ts";
import { ManualClock } from "./manual-clock.ts";

const MINUTE = 60_000;
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

const PULL: OpenPullRequest = {
  ref: { installationId: 1, repositoryId: 2, owner: "acme", repo: "shop", number: 3 },
  headSha: "a".repeat(40),
  byBot: false,
  openedAt: "2026-03-01T11:00:00Z",
  updatedAt: "2026-03-01T11:30:00Z",
};

/** A head with that check, in a lane that has been busy for so many minutes. */
function world(check: (now: Date) => HeadCheck, busyMinutes?: number) {
  const clock = new ManualClock();
  const [jobs, completed, quiet]: [ReviewJob[], PlannedCheck[], number[]] = [[], [], []];
  let asked = 0;
  const host = {
    pullRequest: async () => ({ ref: PULL.ref, headSha: PULL.headSha }),
    findCheck: async () => ({}),
    completeCheck: async (_: unknown, planned: PlannedCheck) => {
      completed.push(planned);
    },
  } as unknown as CodeHost;
  const restore = createRestore({
    queue: {
      enqueue: async (job) => {
        jobs.push(job);
        return "queued";
      },
      busySince: async () =>
        busyMinutes === undefined ? undefined : new Date(clock.now().getTime() - busyMinutes * MINUTE),
    },
    installations: {
      headCheck: async () => {
        asked += 1;
        return check(clock.now());
      },
    },
    hostFor: async () => host,
    checkQuietly: async ({ number }) => {
      quiet.push(number);
    },
    version: "1.0.0",
    clock,
    log: { info() {}, warn() {}, error() {} },
  });
  return { restore, clock, jobs, completed, quiet, asked: () => asked };
}

const none = (): HeadCheck => ({ kind: "none" });
const openFor = (minutes: number) => (now: Date) =>
  ({ kind: "open", since: new Date(now.getTime() - minutes * MINUTE) }) as const;

test("a head without a check is reviewed; what was opened before the App came, quietly", async () => {
  const { restore, jobs, quiet } = world(none);
  await restore(PULL, LONG_AGO);
  expect(jobs).toMatchObject([{ key: "2:3", pullRequest: PULL.ref, headSha: PULL.headSha }]);
  await restore(PULL, new Date("2026-03-01T11:15:00Z"));
  expect(quiet).toEqual([3]);
  expect(jobs).toHaveLength(1);
});

test("a completed check is asked for once a head", async () => {
  const { restore, jobs, asked } = world(() => ({ kind: "completed" }));
  await restore(PULL, LONG_AGO);
  await restore(PULL, LONG_AGO);
  expect(asked()).toBe(1);
  await restore({ ...PULL, headSha: "b".repeat(40) }, LONG_AGO);
  expect(asked()).toBe(2);
  expect(jobs).toEqual([]);
});

test("a head whose delivery may be on its way, and a review in progress, are left alone", async () => {
  const young = world(none);
  await young.restore({ ...PULL, updatedAt: "2026-03-01T11:59:00Z" }, LONG_AGO);
  const busy = world(openFor(5), 5);
  await busy.restore(PULL, LONG_AGO);
  expect([...young.jobs, ...busy.jobs, ...busy.completed]).toEqual([]);
});

test("a check that was left in progress is reviewed again", async () => {
  const { restore, jobs, completed } = world(openFor(5));
  await restore(PULL, LONG_AGO);
  expect(jobs).toHaveLength(1);
  expect(completed).toEqual([]);
});

test("what is stuck is completed as not verified, whether its job still waits or is lost", async () => {
  const waiting = world(none, 31);
  await waiting.restore(PULL, LONG_AGO);
  expect(waiting.completed).toMatchObject([
    { conclusion: "failure", title: expect.stringContaining("Could not verify") },
  ]);
  expect(waiting.jobs).toEqual([]);
  const lost = world(openFor(31));
  await lost.restore(PULL, LONG_AGO);
  expect(lost.completed).toHaveLength(1);
  expect(lost.jobs).toHaveLength(1);
});

test("a head that no review completes is given up as not verified", async () => {
  const { restore, jobs, completed } = world(none);
  for (let at = 0; at < 5; at += 1) await restore(PULL, LONG_AGO);
  expect(jobs).toHaveLength(3);
  expect(completed).not.toEqual([]);
});

test("a bot's pull request stays behind those of people", async () => {
  const { restore, jobs } = world(none);
  await restore({ ...PULL, byBot: true }, LONG_AGO);
  expect(jobs).toMatchObject([{ background: true }]);
});
