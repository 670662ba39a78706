import { setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openPostgres } from "../../src/database/open-postgres.ts";
import { DurableQueue, type QueueOptions } from "../../src/queue/durable-queue.ts";
import type { JobStore } from "../../src/queue/job-store.ts";
import { PostgresJobs } from "../../src/queue/postgres-jobs.ts";
import { createPostgresQueue } from "../../src/queue/postgres-queue.ts";
import type { JobQueue } from "../../src/service/job-queue.ts";
import type { Clock, Every } from "../../src/service/ports.ts";
import { ManualClock, never, settled } from "../service/manual-clock.ts";
import { describeJobQueue } from "./contract.ts";
import { job, push, work } from "./jobs.ts";
import { isPostgresMissing, type PostgresServer, startPostgres } from "./postgres-server.ts";
import { limitedUntil, MOST_ATTEMPTS, PAUSE_MS } from "./queue-under-test.ts";

const LEASE_MS = 20_000;
/** What is tested is not how fast the machine is. */
const PATIENCE_MS = 120_000;
/** So short that a test can wait until it has run out. */
const SHORT_LEASE_MS = 1_500;

describe.skipIf(isPostgresMissing())("PostgreSQL", () => {
  let server: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await startPostgres();
    pool = await openPostgres(server.url, onTrouble, PATIENCE_MS);
  });

  beforeEach(() => pool.query("TRUNCATE safepath.job, safepath.turn"));

  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  const pools: Pool[] = [];

  afterEach(async () => {
    for (const each of pools.splice(0)) if (!each.ended) await each.end();
  });

  describeJobQueue("on PostgreSQL", async () => {
    const clock = new ManualClock();
    const own = await openPostgres(server.url, onTrouble, PATIENCE_MS);
    pools.push(own);
    const { store, quiet } = watched(new PostgresJobs(own, LEASE_MS));
    return {
      queue: new DurableQueue(store, { ...options, clock, every: never }),
      async pass(milliseconds) {
        await quiet();
        await clock.pass(milliseconds);
        await quiet();
      },
      setBack: (milliseconds) => clock.setBack(milliseconds),
    };
  });

  describe("several processes on one PostgreSQL", () => {
    const open: JobQueue[] = [];
    const start = async (leaseMs = LEASE_MS) => {
      const own = await openPostgres(server.url, onTrouble, PATIENCE_MS);
      const queue = createPostgresQueue(own, { ...options, clock: systemClock, every }, leaseMs);
      open.push(queue);
      return queue;
    };

    afterEach(() => Promise.all(open.splice(0).map((queue) => queue.close(0))));

    test("never run two jobs of a pull request at a time, and drop none", async () => {
      const queues = await Promise.all([start(), start()]);
      const lanes = new Map<string, number>();
      const overlaps: string[] = [];
      const newest = new Map<string, string>();
      for (const queue of queues) {
        queue.work(3, async ({ job: { key, deliveryId } }) => {
          if ((lanes.get(key) ?? 0) > 0) overlaps.push(key);
          lanes.set(key, (lanes.get(key) ?? 0) + 1);
          for (let turn = 0; turn < 5; turn += 1) await settled();
          lanes.set(key, (lanes.get(key) ?? 0) - 1);
          newest.set(key, deliveryId);
        });
      }
      for (let push = 1; push <= 5; push += 1) {
        const pushes = [1, 2, 3, 4, 5, 6].map((number) => job(`${number} ${push}`, number, number % 2));
        await Promise.all(pushes.map((pushed, index) => queues[index % 2]?.enqueue(pushed)));
      }
      await vi.waitFor(
        () => expect([...newest.values()].sort()).toEqual(["1 5", "2 5", "3 5", "4 5", "5 5", "6 5"]),
        PATIENCE_MS,
      );
      expect(overlaps).toEqual([]);
    });

    test("abort a review that runs in another process when a newer head comes", async () => {
      const [web, worker] = await Promise.all([start(), start()]);
      const busy = work(worker);
      await web.enqueue(job("old", 1));
      await vi.waitFor(() => expect(busy.begun).toEqual(["old"]), PATIENCE_MS);
      await web.enqueue(push("new", 1));
      await vi.waitFor(() => expect(busy.lease("old").signal.reason).toBe("superseded"), PATIENCE_MS);
      busy.fail("old");
      await vi.waitFor(() => expect(busy.begun).toEqual(["old", "new"]), PATIENCE_MS);
      busy.finish("new");
    });

    test("take over the jobs of one that has ended, which then writes nothing more", async () => {
      const dead = new PostgresJobs(pool, SHORT_LEASE_MS);
      await dead.add(job("a", 1), Date.now());
      const taken = await dead.take(Date.now());
      expect(taken?.attempt).toBe(1);
      const heir = work(await start(SHORT_LEASE_MS));
      await vi.waitFor(() => expect(heir.begun).toEqual(["a"]), PATIENCE_MS);
      expect(heir.lease("a")).toMatchObject({ attempt: 1, job: { endedProcesses: 1 } });
      if (taken !== undefined) await dead.dead(taken, "too late", Date.now());
      expect(await dead.deadLetters()).toEqual([]);
      heir.finish("a");
    });

    test("start on one empty database at the same time", async () => {
      await pool.query("DROP SCHEMA safepath CASCADE");
      const [one, two] = await Promise.all([start(), start()]);
      expect(await one.enqueue(job("a", 1))).toBe("queued");
      expect(await two.enqueue(job("a", 1))).toBe("duplicate");
    });
  });
});

function onTrouble(error: unknown): void {
  throw error;
}

const options: Omit<QueueOptions, "clock" | "every"> = {
  limitedUntil,
  whenToRetry: (_, attempt, now) => (attempt >= MOST_ATTEMPTS ? "never" : new Date(now.getTime() + PAUSE_MS)),
  onTrouble,
};

const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

const every: Every = (milliseconds, run) => {
  const timer = setInterval(run, milliseconds);
  return () => clearInterval(timer);
};

/** A store of which one can tell when it has nothing more to do. */
function watched(jobs: JobStore): { readonly store: JobStore; quiet(): Promise<void> } {
  let pending = 0;
  const store = new Proxy(jobs, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...values: unknown[]) => {
        pending += 1;
        try {
          return await method.apply(target, values);
        } finally {
          pending -= 1;
        }
      };
    },
  });
  return {
    store,
    async quiet() {
      do await settled();
      while (pending > 0);
      await settled();
    },
  };
}
