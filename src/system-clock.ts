import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./service/ports.ts";

/** Waits are counted, whatever becomes of the machine's clock. */
export function createSystemClock(now = () => new Date()): Clock {
  return { now, sleep: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }) };
}

export const systemClock = createSystemClock();
