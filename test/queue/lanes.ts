import { describe, expect, test } from "vitest";
import { job, otherRepository, push, work } from "./jobs.ts";
import { type OpenQueue, PAUSE_MS } from "./queue-under-test.ts";

/** A delivery is taken once, and of a pull request one job runs at a time: the newest. */
export function describeLanes(name: string, open: OpenQueue): void {
  describe(`the lanes of the queue ${name}`, () => {
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
  });
}
