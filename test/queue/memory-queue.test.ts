import { createMemoryQueue } from "../../src/queue/memory-queue.ts";
import { ManualClock, settled } from "../service/manual-clock.ts";
import { describeJobQueue, MOST_ATTEMPTS, PAUSE_MS } from "./contract.ts";

describeJobQueue("in memory", async () => {
  const clock = new ManualClock();
  const queue = createMemoryQueue({
    clock,
    whenToRetry: (_, attempt, now) => (attempt >= MOST_ATTEMPTS ? "never" : new Date(now.getTime() + PAUSE_MS)),
  });
  return {
    queue,
    async pass(milliseconds) {
      await settled();
      await clock.pass(milliseconds);
    },
  };
});
