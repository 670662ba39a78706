import { describe, expect, test } from "vitest";
import type { JobQueue, Lease, ReviewJob } from "../../src/service/job-queue.ts";

/** A queue under test, whose failed jobs pause for 10 s and are given up after `MOST_ATTEMPTS`. */
export interface QueueUnderTest {
  readonly queue: JobQueue;
  /** Lets time pass, and what waits for it happen. */
  pass(milliseconds: number): Promise<void>;
  /** The clock is set back. */
  setBack(milliseconds: number): void;
}

export const PAUSE_MS = 10_000;
export const MOST_ATTEMPTS = 3;
/** The message of the error that limits an installation for that long from the manual clock's start. */
const LIMITED = "limited";
const LIMITED_MS = 60_000;
const START = Date.parse("2026-03-01T12:00:00Z");

export function limitedUntil(error: unknown): Date | undefined {
  return error instanceof Error && error.message === LIMITED ? new Date(START + LIMITED_MS) : undefined;
}
/** After this long a job that nobody waits for is as urgent as the others. */
const PATIENCE_MS = 15 * 60_000;

/** What every queue must do, whatever it is built on. */
export function describeJobQueue(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`the job queue ${name}`, () => {
    test("hands out what was queued before it was worked on", async () => {
      const { queue, pass } = await open();
      expect(await queue.enqueue(job("a", 1))).toBe("queued");
      const worker = work(queue);
      await pass(0);
      expect(worker.begun).toEqual(["a"]);
    });

    test("takes a delivery once, while it runs and after it", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      expect(await queue.enqueue(job("a", 1))).toBe("duplicate");
      worker.finish("a");
      await pass(0);
      expect(await queue.enqueue(job("a", 1))).toBe("duplicate");
      await pass(0);
      expect(worker.begun).toEqual(["a"]);
    });

    test("runs no two jobs of one pull request at a time, and those of others side by side", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await queue.enqueue(job("b", 2));
      await pass(0);
      await queue.enqueue(job("c", 1));
      await pass(0);
      expect(worker.begun).toEqual(["a", "b"]);
      worker.finish("a");
      await pass(0);
      expect(worker.begun).toEqual(["a", "b", "c"]);
    });

    test("runs no more jobs at a time than it was told to", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 2);
      for (const [index, id] of ["a", "b", "c"].entries()) await queue.enqueue(job(id, index));
      await pass(0);
      expect(worker.begun).toEqual(["a", "b"]);
      worker.finish("b");
      await pass(0);
      expect(worker.begun).toEqual(["a", "b", "c"]);
    });

    test("aborts a running job for a newer one, and drops those in between", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      await queue.enqueue(push("b", 1));
      await queue.enqueue(push("c", 1));
      await pass(0);
      expect(worker.lease("a").signal.reason).toBe("superseded");
      worker.fail("a");
      await pass(PAUSE_MS * 100);
      expect(worker.begun).toEqual(["a", "c"]);
      expect(await queue.deadLetters()).toEqual([]);
    });

    test("lets a running job end before one that names no head, however many of those come", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(push("a", 1));
      await pass(0);
      for (const id of ["b", "c", "d"]) await queue.enqueue(job(id, 1));
      await pass(0);
      expect(worker.lease("a").signal.aborted).toBe(false);
      worker.finish("a");
      await pass(0);
      expect(worker.begun).toEqual(["a", "d"]);
    });

    test.each(["waits", "runs", "is paused"])(
      "hands on what a job that %s was to answer in the conversation to the job that replaces it",
      async (state) => {
        const { queue, pass } = await open();
        const worker = work(queue, 1);
        if (state === "waits") await queue.enqueue(job("other", 2));
        await pass(0);
        await queue.enqueue({ ...job("a", 1), conversation: true });
        await pass(0);
        if (state === "is paused") worker.fail("a");
        await pass(0);
        await queue.enqueue(job("b", 1));
        await queue.enqueue(job("c", 1));
        await pass(0);
        if (state === "waits") worker.finish("other");
        if (state === "runs") worker.fail("a");
        if (state === "is paused") worker.finish("b");
        await pass(0);
        expect(worker.lease("c").job).toEqual({ ...job("c", 1), conversation: true });
      },
    );

    test("forgets what waits or pauses for an installation or a repository that is gone", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 1);
      await queue.enqueue(job("paused", 1));
      await pass(0);
      worker.fail("paused");
      await pass(0);
      await queue.enqueue(job("runs", 2));
      await queue.enqueue(job("waits", 3));
      await queue.enqueue(otherRepository("elsewhere", 4));
      await pass(0);
      await queue.drop(1, [2]);
      await queue.drop(7);
      worker.finish("runs");
      await pass(PAUSE_MS);
      expect(worker.begun).toEqual(["paused", "runs", "elsewhere"]);
      await queue.enqueue(job("again", 5));
      await queue.drop(1);
      worker.finish("elsewhere");
      await pass(PAUSE_MS);
      expect(worker.begun).toEqual(["paused", "runs", "elsewhere"]);
      expect(await queue.deadLetters()).toEqual([]);
    });

    test("tries a failed job again after its pause", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      worker.fail("a");
      await pass(PAUSE_MS - 1);
      expect(worker.begun).toEqual(["a"]);
      await pass(1);
      expect(worker.begun).toEqual(["a", "a"]);
      expect(worker.lease("a").attempt).toBe(2);
    });

    test("does not wait for the pause of a job that a newer one replaces", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      worker.fail("a");
      await pass(0);
      await queue.enqueue(job("b", 1));
      await pass(0);
      expect(worker.begun).toEqual(["a", "b"]);
      worker.finish("b");
      await pass(PAUSE_MS);
      expect(worker.begun).toEqual(["a", "b"]);
    });

    test("gives a job up after its last attempt, says why, and runs it again when told to", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
        worker.fail("a", "no answer");
        await pass(PAUSE_MS);
      }
      expect(worker.begun).toHaveLength(MOST_ATTEMPTS);
      expect(await queue.deadLetters()).toEqual([
        { job: job("a", 1), attempts: MOST_ATTEMPTS, lastError: "Error: no answer" },
      ]);
      expect(await queue.replay("unknown")).toBe(false);
      expect(await queue.replay("a")).toBe(true);
      await pass(0);
      expect(worker.lease("a").attempt).toBe(1);
      expect(await queue.deadLetters()).toEqual([]);
    });

    test("takes a delivery that failed when it is delivered again", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
        worker.fail("a");
        await pass(PAUSE_MS);
      }
      expect(await queue.enqueue(job("a", 1))).toBe("queued");
      await pass(0);
      expect(worker.begun).toHaveLength(MOST_ATTEMPTS + 1);
    });

    test("serves installations in turn, however much one of them asks for", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 1);
      for (const number of [1, 2, 3]) await queue.enqueue(job(`busy ${number}`, number, 1));
      await queue.enqueue(job("calm", 4, 2));
      await pass(0);
      worker.finish("busy 1");
      await pass(0);
      expect(worker.begun).toEqual(["busy 1", "calm"]);
    });

    test("does what nobody waits for after what somebody does, but not never", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 1);
      await queue.enqueue(job("first", 1));
      await queue.enqueue({ ...job("bot", 2), background: true });
      await pass(1_000);
      await queue.enqueue(job("person", 3));
      worker.finish("first");
      await pass(0);
      expect(worker.begun).toEqual(["first", "person"]);
      await queue.enqueue(job("another person", 4));
      await pass(PATIENCE_MS);
      worker.finish("person");
      await pass(0);
      expect(worker.begun).toEqual(["first", "person", "bot"]);
    });

    test("does not let a person wait whose job one replaces that nobody waits for", async () => {
      const { queue, pass } = await open();
      await queue.enqueue(job("person", 1));
      await queue.enqueue({ ...job("sweep", 1), background: true });
      const worker = work(queue);
      await pass(0);
      expect(worker.lease("sweep").job.background).toBeUndefined();
    });

    test("knows since when a lane is busy, be it that its job waits, runs or pauses", async () => {
      const { queue, pass } = await open();
      expect(await queue.busySince("2:1")).toBeUndefined();
      await queue.enqueue(job("a", 1));
      const since = await queue.busySince("2:1");
      expect(since).toBeInstanceOf(Date);
      const worker = work(queue);
      await pass(1_000);
      expect(await queue.busySince("2:1")).toEqual(since);
      worker.fail("a");
      await pass(0);
      expect(await queue.busySince("2:1")).toEqual(since);
      await pass(PAUSE_MS);
      worker.finish("a");
      await pass(0);
      expect(await queue.busySince("2:1")).toBeUndefined();
    });

    test("tells how deep it is, and how long the oldest ready job has waited", async () => {
      const { queue, pass } = await open();
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0, dead: 0, oldestSeconds: 0 });
      const worker = work(queue, 1);
      for (const number of [1, 2, 3]) await queue.enqueue(job(`job ${number}`, number));
      await pass(7_000);
      expect(await queue.depth()).toEqual({ waiting: 2, running: 1, dead: 0, oldestSeconds: 7 });
      worker.fail("job 1");
      await pass(0);
      expect(await queue.depth()).toMatchObject({ waiting: 2, running: 1 });
    });

    test("runs what was queued before the clock was set back", async () => {
      const { queue, pass, setBack } = await open();
      await queue.enqueue(job("a", 1));
      setBack(3_600_000);
      const worker = work(queue);
      await pass(0);
      expect(worker.begun).toEqual(["a"]);
      worker.finish("a");
      await pass(0);
      expect(await queue.enqueue(job("a", 1))).toBe("duplicate");
    });

    test("tells whoever does a job's work next which head it was cut short at", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue({ ...job("a", 1), headSha: "head a" });
      await pass(0);
      worker.fail("a");
      await pass(PAUSE_MS);
      expect(worker.lease("a").job.abandonedHeads).toEqual(["head a"]);
      await queue.enqueue({ ...job("b", 1), headSha: "head b" });
      worker.fail("a");
      await pass(0);
      expect(worker.lease("b").job).toMatchObject({ headSha: "head b", abandonedHeads: ["head a"] });
    });

    test("takes no job of an installation that the code host limits, those of others meanwhile", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 1);
      await queue.enqueue(job("a", 1, 7));
      await queue.enqueue(job("b", 2, 7));
      await queue.enqueue(job("c", 3, 8));
      await pass(0);
      worker.fail("a", LIMITED);
      await pass(PAUSE_MS);
      expect(worker.begun).toEqual(["a", "c"]);
      worker.finish("c");
      await pass(LIMITED_MS - PAUSE_MS - 1);
      expect(worker.begun).toEqual(["a", "c"]);
      await queue.enqueue(job("d", 4, 8));
      await pass(1);
      worker.finish("d");
      await pass(0);
      expect(worker.begun).toEqual(["a", "c", "d", "a"]);
    });

    test("counts no attempt that the code host did not let go on, and gives up after a day of them", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 1);
      await queue.enqueue(job("a", 1));
      await pass(0);
      for (let hour = 0; hour < 24; hour += 1) {
        worker.fail("a", LIMITED);
        await pass(3_600_000);
        expect(worker.lease("a").attempt).toBe(1);
      }
      expect(worker.begun).toHaveLength(25);
      expect(await queue.deadLetters()).toEqual([]);
      await pass(1);
      worker.fail("a", LIMITED);
      await pass(3_600_000);
      expect(worker.begun).toHaveLength(25);
      expect(await queue.deadLetters()).toMatchObject([{ job: { deliveryId: "a" }, lastError: "Error: limited" }]);
    });

    test("waits for running jobs when it closes, begins no others and takes no more", async () => {
      const { queue, pass } = await open();
      const worker = work(queue, 1);
      await queue.enqueue(job("a", 1));
      await queue.enqueue(job("b", 2));
      await pass(0);
      let isClosed = false;
      const closing = queue.close(60_000).then(() => {
        isClosed = true;
      });
      await pass(0);
      expect(isClosed).toBe(false);
      worker.finish("a");
      await closing;
      expect(worker.begun).toEqual(["a"]);
      await expect(queue.enqueue(job("c", 3))).rejects.toThrow();
    });

    test("tells running jobs to stop while there is time to say so, and closes in the end", async () => {
      const { queue, pass } = await open();
      const worker = work(queue);
      await queue.enqueue(job("a", 1));
      await pass(0);
      const closing = queue.close(60_000);
      await pass(30_000);
      expect(worker.lease("a").signal.reason).toBe("stopping");
      await pass(30_000);
      await closing;
    });
  });
}

/** The job of a pull request, of the first installation where none is given. */
export function job(deliveryId: string, number: number, installationId = 1): ReviewJob {
  const pullRequest = { installationId, repositoryId: 2, owner: "acme", repo: "shop", number };
  return { key: `2:${number}`, deliveryId, pullRequest };
}

/** The job of a push, which names its head. */
export function push(deliveryId: string, number: number): ReviewJob {
  return { ...job(deliveryId, number), headSha: `head ${deliveryId}` };
}

function otherRepository(deliveryId: string, number: number): ReviewJob {
  const { pullRequest } = job(deliveryId, number);
  return { key: `3:${number}`, deliveryId, pullRequest: { ...pullRequest, repositoryId: 3 } };
}

/** A worker whose jobs end when the test says so. */
export function work(queue: JobQueue, concurrency = 4) {
  const begun: string[] = [];
  const running = new Map<string, { lease: Lease; resolve: () => void; reject: (error: Error) => void }>();
  queue.work(concurrency, (lease) => {
    begun.push(lease.job.deliveryId);
    return new Promise((resolve, reject) => running.set(lease.job.deliveryId, { lease, resolve, reject }));
  });
  const find = (id: string) => {
    const found = running.get(id);
    if (found === undefined) throw new Error(`${id} never began`);
    return found;
  };
  return {
    begun,
    finish: (id: string) => find(id).resolve(),
    fail: (id: string, message = "failed") => find(id).reject(new Error(message)),
    lease: (id: string) => find(id).lease,
  };
}
