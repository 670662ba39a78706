import { expect, test } from "vitest";
import { IN_MEMORY, openSqlite } from "../../src/database/open-sqlite.ts";
import { RequestLedger } from "../../src/github/request-ledger.ts";
import { createSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import { createBacklog, HOURLY_BUDGET } from "../../src/service/backlog.ts";
import { CodeHostError } from "../../src/service/code-host-error.ts";
import type { Clock, OpenPullRequest, PullRequestRef, RepositoryRef } from "../../src/service/ports.ts";
import { whenToRetry } from "../../src/service/when-to-retry.ts";
import { never } from "./manual-clock.ts";

/** A world without a network: an installation of `repositories`, each with ten open pull requests; requests are counted. */
function world(repositories: number, checkFails: (ref: PullRequestRef) => unknown = () => undefined) {
  const clock = new SteppingClock();
  const ledger = new RequestLedger(clock);
  const checked: PullRequestRef[] = [];
  const minutes = new Map<number, number>();
  const request = (count: number) => {
    for (let each = 0; each < count; each += 1) ledger.count("1");
    const minute = Math.floor(clock.now().getTime() / 60_000);
    minutes.set(minute, (minutes.get(minute) ?? 0) + count);
  };
  const backlog = createBacklog({
    installations: {
      repositories: async () => {
        request(Math.ceil(repositories / 100));
        return Array.from({ length: repositories }, (_, at) => repository(at));
      },
      openPullRequests: async (ref) => {
        request(1);
        await clock.work(200);
        return Array.from({ length: 10 }, (_, at) => open(ref, at));
      },
    },
    spent: () => ledger.spent("1"),
    restore: async ({ ref }) => {
      request(8);
      await clock.work(1_500);
      const failure = checkFails(ref);
      if (failure !== undefined) throw failure;
      checked.push(ref);
    },
    clock,
    log: { info() {}, warn() {}, error() {} },
  });
  /** The most requests in any sixty minutes. */
  const busiestHour = () => {
    const all = [...minutes.keys()];
    return Math.max(...all.map((last) => all.filter((at) => at <= last && at > last - 60).reduce(addAll, 0)));
    function addAll(sum: number, minute: number): number {
      return sum + (minutes.get(minute) ?? 0);
    }
  };
  return { backlog, clock, ledger, checked, request, busiestHour };
}

/** Time passes by what is waited for, in the order of the alarms. */
class SteppingClock implements Clock {
  #now = Date.parse("2026-03-01T12:00:00Z");
  #alarms: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  work(milliseconds: number): Promise<void> {
    return this.sleep(milliseconds);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const alarm = { at: this.#now + milliseconds, wake: resolve };
      this.#alarms.push(alarm);
      signal?.addEventListener("abort", () => {
        this.#alarms = this.#alarms.filter((each) => each !== alarm);
        reject(signal.reason);
      });
    });
  }

  /** Until nobody waits any more, or for so long. */
  async run(milliseconds = Number.POSITIVE_INFINITY): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#alarms.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#alarms = this.#alarms.filter((each) => each !== next);
      this.#now = next.at;
      next.wake();
    }
    if (end !== Number.POSITIVE_INFINITY) this.#now = end;
  }
}

const HOUR = 3_600_000;

function repository(at: number): RepositoryRef {
  return { installationId: 1, repositoryId: at + 1, owner: "acme", repo: `shop-${at}` };
}

/** Opened at a time that has nothing to do with the order of the repositories. */
function open(ref: RepositoryRef, at: number): OpenPullRequest {
  const day = ((ref.repositoryId * 7 + at * 13) % 365) * 24 * HOUR;
  const second = ref.repositoryId * 10 + at;
  const openedAt = new Date(Date.parse("2025-01-01T00:00:00Z") + day + second * 1000).toISOString();
  return {
    ref: { ...ref, number: at + 1 },
    headSha: `${ref.repositoryId}-${at}`,
    byBot: false,
    openedAt,
    updatedAt: openedAt,
  };
}

test("800 repositories with ten open pull requests each: within the budget of every hour, each once, the newest first", async () => {
  const { backlog, clock, checked, busiestHour } = world(800);
  void backlog.add({ installationId: 1 });
  await clock.run();
  expect(checked).toHaveLength(8_000);
  expect(new Set(checked.map(({ repositoryId, number }) => `${repositoryId}:${number}`)).size).toBe(8_000);
  expect(busiestHour()).toBeLessThanOrEqual(HOURLY_BUDGET);
  const times = checked.map((ref) => open(ref, ref.number - 1).openedAt);
  expect(times).toEqual(times.toSorted().reverse());
});

test("meanwhile new pull requests are reviewed within a minute", async () => {
  const { backlog, clock, checked, request } = world(800);
  const queue = createSqliteQueue(openSqlite(IN_MEMORY), {
    clock,
    every: never,
    whenToRetry,
    onTrouble: console.error,
  });
  const waits: number[] = [];
  const openedAt = new Map<string, number>();
  queue.work(2, async ({ job }) => {
    request(10);
    await clock.work(4_000);
    waits.push(clock.now().getTime() - (openedAt.get(job.deliveryId) ?? 0));
  });
  void backlog.add({ installationId: 1 });
  for (let minute = 0; minute < 300; minute += 1) {
    await clock.run(60_000);
    const deliveryId = String(minute);
    openedAt.set(deliveryId, clock.now().getTime());
    await queue.enqueue({
      key: deliveryId,
      deliveryId,
      pullRequest: { ...repository(minute), number: 99 },
    });
  }
  await clock.run(60_000);
  expect(checked.length).toBeGreaterThan(500);
  expect(checked.length).toBeLessThan(8_000);
  expect(waits).toHaveLength(300);
  expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
});

test("what else the installation costs goes first: the backlog waits", async () => {
  const { backlog, clock, checked, request } = world(10);
  request(HOURLY_BUDGET);
  void backlog.add({ installationId: 1 });
  await clock.run(HOUR - 120_000);
  expect(checked).toEqual([]);
  await clock.run();
  expect(checked).toHaveLength(100);
});

test("where the App has gone nothing more is done", async () => {
  const { backlog, clock, checked } = world(10);
  void backlog.add({ installationId: 1 });
  await clock.run(30_000);
  const done = checked.length;
  expect(done).toBeGreaterThan(0);
  backlog.drop(1);
  await clock.run();
  expect(checked.length).toBeLessThanOrEqual(done + 1);
});

test("repositories that were taken from the App are left out, those that were given to it come in", async () => {
  const { backlog, clock, checked } = world(0);
  void backlog.add({ installationId: 1, repositories: [repository(0), repository(1)] });
  backlog.drop(1, [1]);
  await clock.run();
  expect(new Set(checked.map(({ repo }) => repo))).toEqual(new Set(["shop-1"]));
});

test("a limit is waited out, and a review that fails costs no other", async () => {
  let limited = 0;
  const { backlog, clock, checked } = world(1, ({ number }) => {
    if (number === 4) return new Error("a bug");
    if (number !== 7 || limited > 0) return undefined;
    limited += 1;
    return new CodeHostError({ kind: "rate-limited", retryAt: new Date(clock.now().getTime() + HOUR) });
  });
  const began = clock.now().getTime();
  void backlog.add({ installationId: 1 });
  await clock.run();
  expect(checked.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10]);
  expect(clock.now().getTime() - began).toBeGreaterThan(HOUR);
});
