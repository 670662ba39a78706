import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openPostgres } from "../../src/database/open-postgres.ts";
import { DurableQueue } from "../../src/queue/durable-queue.ts";
import { PostgresJobs } from "../../src/queue/postgres-jobs.ts";
import { job, work } from "../queue/jobs.ts";
import { isPostgresMissing, type PostgresServer, startPostgres } from "../queue/postgres-server.ts";
import { Alarms } from "../service/alarms.ts";
import { ManualClock, settled } from "../service/manual-clock.ts";

/** So short that a test can wait until it has run out, and so long that it does not. */
const SHORT_MS = 1_500;
const LONG_MS = 600_000;
const PATIENCE_MS = 120_000;

/** Who may go on with a job, and who takes it over, when the database was away for longer than the lease. */
describe.skipIf(isPostgresMissing())("leases of jobs", () => {
  let database: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    database = await startPostgres();
    pool = await openPostgres(database.url, () => undefined, PATIENCE_MS);
  });

  beforeEach(() => pool.query("TRUNCATE safepath.job, safepath.turn"));

  afterAll(async () => {
    await pool.end();
    await database.stop();
  });

  async function taken(store: PostgresJobs, id: string, number: number) {
    await store.add(job(id, number), 0);
    const found = await store.take(0);
    if (found === undefined) throw new Error(`${id} was not there`);
    return found;
  }

  const reclaimed = async (store: PostgresJobs) => (await store.reclaim()).map((each) => each.job.deliveryId);

  test("that ran out while the database was away are renewed by whoever lives, and the others' taken over", async () => {
    const [before, after] = [new PostgresJobs(pool, SHORT_MS), new PostgresJobs(pool, LONG_MS)];
    const held = await taken(before, "held", 1);
    await taken(before, "left", 2);
    const heir = new PostgresJobs(pool, SHORT_MS);
    expect(await reclaimed(heir)).toEqual([]);
    await database.crash();
    await expect(heir.reclaim()).rejects.toThrow();
    await sleep(SHORT_MS);
    await database.restart();
    expect(await reclaimed(heir)).toEqual([]);
    expect(await after.keep([held])).toEqual(new Map());
    await vi.waitFor(async () => expect(await reclaimed(heir)).toEqual(["left"]), 60_000);
    await after.done(held, 0);
    expect(await heir.depth(0)).toMatchObject({ running: 1 });
  });

  test("whose taking nobody heard of are taken over, however busy their process is", async () => {
    const store = new PostgresJobs(pool, SHORT_MS);
    await taken(store, "unheard", 1);
    const held = await taken(store, "held", 2);
    await new PostgresJobs(pool, LONG_MS).keep([held]);
    await vi.waitFor(async () => expect(await reclaimed(store)).toEqual(["unheard"]), 60_000);
  });

  test("are of one turn: what an earlier one of the same process says too late changes nothing", async () => {
    const store = new PostgresJobs(pool, LONG_MS);
    const first = await taken(store, "a", 1);
    await store.handBack(first, 0);
    const second = await store.take(0);
    await store.handBack(first, 0);
    await store.done(first, 0);
    expect(await store.depth(0)).toMatchObject({ waiting: 0, running: 1 });
    expect(await store.keep([first])).toEqual(new Map([[first, "lost"]]));
    if (second !== undefined) await store.done(second, 0);
    expect(await store.depth(0)).toMatchObject({ waiting: 0, running: 0 });
  });

  test("that cannot be renewed end their jobs before another process may begin them", async () => {
    const alarms = new Alarms();
    const clock = new ManualClock();
    const store = new PostgresJobs(pool, LONG_MS);
    let now = 0;
    const troubles: unknown[] = [];
    const onTrouble = (error: unknown) => troubles.push(error);
    const options = { clock, every: alarms.every, elapsed: () => now, whenToRetry: () => "never" as const, onTrouble };
    const queue = new DurableQueue(store, options);
    const worker = work(queue);
    await queue.enqueue(job("a", 1));
    await vi.waitFor(() => expect(worker.begun).toEqual(["a"]), 60_000);
    await database.crash();
    now = store.patienceMs - 1;
    await troubled(alarms, troubles);
    expect(worker.lease("a").signal.aborted).toBe(false);
    now = store.patienceMs;
    alarms.ring();
    expect(worker.lease("a").signal.reason).toBe("lost");
    worker.fail("a", "lost");
    await database.restart();
    await vi.waitFor(async () => {
      await clock.pass(1_000);
      expect(worker.begun).toEqual(["a", "a"]);
    }, 60_000);
    expect(worker.lease("a").attempt).toBe(1);
    worker.finish("a");
    await vi.waitFor(async () => expect(await queue.depth()).toMatchObject({ running: 0 }), 60_000);
    await queue.stop(0);
  });
});

async function troubled(alarms: Alarms, troubles: readonly unknown[]): Promise<void> {
  const before = troubles.length;
  while (troubles.length === before) {
    alarms.ring();
    await settled();
  }
}
