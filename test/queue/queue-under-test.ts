import type { JobQueue } from "../../src/service/job-queue.ts";

/** A queue under test, whose failed jobs pause for 10 s and are given up after `MOST_ATTEMPTS`. */
export interface QueueUnderTest {
  readonly queue: JobQueue;
  /** Lets time pass, and what waits for it happen. */
  pass(milliseconds: number): Promise<void>;
  /** The clock is set back. */
  setBack(milliseconds: number): void;
}

export type OpenQueue = () => Promise<QueueUnderTest>;

export const PAUSE_MS = 10_000;
export const MOST_ATTEMPTS = 3;
/** The message of the error that limits an installation for that long from the manual clock's start. */
export const LIMITED = "limited";
export const LIMITED_MS = 60_000;
const START = Date.parse("2026-03-01T12:00:00Z");

export function limitedUntil(error: unknown): Date | undefined {
  return error instanceof Error && error.message === LIMITED ? new Date(START + LIMITED_MS) : undefined;
}

/** After this long a job that nobody waits for is as urgent as the others. */
export const PATIENCE_MS = 15 * 60_000;
