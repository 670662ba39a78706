import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./service/ports.ts";

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};
