import { describe, expect, test } from "vitest";
import { job, work } from "./jobs.ts";
import { LIMITED, LIMITED_MS, type OpenQueue, PATIENCE_MS, PAUSE_MS } from "./queue-under-test.ts";

/** Who is served first. */
export function describeTurns(name: string, open: OpenQueue): void {
  describe(`the turns of the queue ${name}`, () => {
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

    test.each([
      ["two hours back", 2 * 3_600_000],
      ["two hours forward", -2 * 3_600_000],
    ])("tries again what paused when the clock was set %s, without waiting until it has caught up", async (_, by) => {
      const { queue, pass, setBack } = await open();
      const worker = work(queue);
      await queue.enqueue(job("failed", 1, 7));
      await queue.enqueue(job("limited", 2, 8));
      await pass(0);
      worker.fail("failed");
      worker.fail("limited", LIMITED);
      await pass(0);
      setBack(by);
      await queue.enqueue(job("next", 3, 9));
      await pass(LIMITED_MS);
      expect(worker.begun.toSorted()).toEqual(["failed", "failed", "limited", "limited", "next"]);
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
  });
}
