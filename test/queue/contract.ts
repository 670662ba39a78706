import { describe, expect, test } from "vitest";
import { describeAttempts } from "./attempts.ts";
import { job, work } from "./jobs.ts";
import { describeLanes } from "./lanes.ts";
import type { OpenQueue } from "./queue-under-test.ts";
import { describeTurns } from "./turns.ts";

/** What every queue must do, whatever it is built on. */
export function describeJobQueue(name: string, open: OpenQueue): void {
  describeLanes(name, open);
  describeAttempts(name, open);
  describeTurns(name, open);

  describe(`the end of the queue ${name}`, () => {
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
