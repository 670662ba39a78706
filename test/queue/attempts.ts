import { describe, expect, test } from "vitest";
import { job, work } from "./jobs.ts";
import { LIMITED, MOST_ATTEMPTS, type OpenQueue, PAUSE_MS } from "./queue-under-test.ts";

/** What fails is tried again, and given up in the end. */
export function describeAttempts(name: string, open: OpenQueue): void {
  describe(`the attempts of the queue ${name}`, () => {
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
  });
}
