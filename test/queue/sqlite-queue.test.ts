import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DatabaseInUseError, openSqlite } from "../../src/database/open-sqlite.ts";
import { createSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import type { JobQueue } from "../../src/service/job-queue.ts";
import { ManualClock, never, settled } from "../service/manual-clock.ts";
import { describeJobQueue } from "./contract.ts";
import { job, work } from "./jobs.ts";
import { limitedUntil, MOST_ATTEMPTS, PAUSE_MS } from "./queue-under-test.ts";

let folder: string;
let files = 0;
const open = new Map<JobQueue, ManualClock>();
/** With so many ends of a process a job is given up. */
const MOST_ENDED_PROCESSES = 20;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-queue-"));
});

afterEach(async () => {
  for (const [queue, clock] of open) await close(queue, clock);
});

afterAll(() => rmSync(folder, { recursive: true }));

describeJobQueue("on SQLite", async () => {
  const clock = new ManualClock();
  const queue = openQueue(newFile(), clock);
  return { queue, pass: (milliseconds) => pass(clock, milliseconds), setBack: (by) => clock.setBack(by) };
});

describe("the job queue on SQLite, after its process has ended", () => {
  test("hands out what waited, in order, and what ran, again", async () => {
    const path = newFile();
    const clock = new ManualClock();
    const before = openQueue(path, clock);
    const killed = work(before, 1);
    for (const [index, id] of ["a", "b"].entries()) await before.enqueue(job(id, index));
    await pass(clock, 0);
    expect(killed.begun).toEqual(["a"]);
    const after = openQueue(abandoned(path), clock);
    const worker = work(after, 1);
    await pass(clock, 0);
    expect(worker.begun).toEqual(["a"]);
    expect(worker.lease("a").attempt).toBe(1);
    worker.finish("a");
    await pass(clock, 0);
    expect(worker.begun).toEqual(["a", "b"]);
  });

  test("gives up a job with which the process has ended once too often", async () => {
    const path = newFile();
    const clock = new ManualClock();
    await openQueue(path, clock).enqueue(job("a", 1));
    let current = path;
    for (let attempt = 1; attempt <= MOST_ENDED_PROCESSES; attempt += 1) {
      current = abandoned(current);
      const worker = work(openQueue(current, clock));
      await pass(clock, 0);
      expect(worker.begun).toEqual(["a"]);
    }
    const last = openQueue(abandoned(current), clock);
    const worker = work(last);
    await pass(clock, 0);
    expect(worker.begun).toEqual([]);
    expect(await last.deadLetters()).toEqual([
      {
        job: { ...job("a", 1), endedProcesses: MOST_ENDED_PROCESSES - 1 },
        attempts: 1,
        lastError: "Error: the process ended while the job ran",
      },
    ]);
  });

  test("knows the deliveries that it has taken, and forgets them after four days", async () => {
    const path = newFile();
    const clock = new ManualClock();
    const before = openQueue(path, clock);
    const worker = work(before);
    await before.enqueue(job("a", 1));
    await pass(clock, 0);
    worker.finish("a");
    await pass(clock, 0);
    await close(before, clock);
    const after = openQueue(path, clock);
    expect(await after.enqueue(job("a", 1))).toBe("duplicate");
    await close(after, clock);
    await pass(clock, 4 * 24 * 60 * 60 * 1_000 + 1);
    const later = openQueue(path, clock);
    work(later);
    await pass(clock, 0);
    expect(await later.enqueue(job("a", 1))).toBe("queued");
  });
});

test("a job that is stopped is handed back, and the attempt does not count", async () => {
  const path = newFile();
  const clock = new ManualClock();
  const before = openQueue(path, clock);
  const stopped = work(before);
  await before.enqueue(job("a", 1));
  await pass(clock, 0);
  const closing = before.close(60_000);
  await pass(clock, 30_000);
  stopped.fail("a", "stopped");
  await closing;
  const after = openQueue(path, clock);
  const worker = work(after);
  await pass(clock, 0);
  expect(worker.lease("a").attempt).toBe(1);
});

test("a second server on one file is refused until the first has closed", async () => {
  const path = newFile();
  const clock = new ManualClock();
  const first = openQueue(path, clock);
  expect(() => openQueue(path, clock)).toThrow(DatabaseInUseError);
  await close(first, clock);
  expect(await openQueue(path, clock).enqueue(job("a", 1))).toBe("queued");
});

function newFile(): string {
  files += 1;
  return join(folder, `queue-${files}.db`);
}

/** The file as a process leaves it that is killed at this moment. */
function abandoned(path: string): string {
  const copy = newFile();
  for (const part of ["", "-wal"]) copyFileSync(`${path}${part}`, `${copy}${part}`);
  return copy;
}

function openQueue(path: string, clock: ManualClock): JobQueue {
  const queue = createSqliteQueue(openSqlite(path), {
    clock,
    every: never,
    limitedUntil,
    whenToRetry: (_, attempt, now) => (attempt >= MOST_ATTEMPTS ? "never" : new Date(now.getTime() + PAUSE_MS)),
    onTrouble: (error) => {
      throw error;
    },
  });
  open.set(queue, clock);
  return queue;
}

async function close(queue: JobQueue, clock: ManualClock): Promise<void> {
  open.delete(queue);
  const closed = queue.close(2);
  await pass(clock, 1);
  await pass(clock, 1);
  await closed;
}

async function pass(clock: ManualClock, milliseconds: number): Promise<void> {
  await settled();
  await clock.pass(milliseconds);
}
