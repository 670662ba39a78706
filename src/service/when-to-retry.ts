import { CodeHostError } from "./code-host-error.ts";

/** After this many attempts a job is a dead letter: the last one begins some 14 minutes after the first. */
export const MOST_ATTEMPTS = 5;

const FIRST_PAUSE_MS = 10_000;

/** When a job that failed is tried again: later each time, never before the code host takes requests again. */
export function whenToRetry(error: unknown, attempt: number, now: Date): Date | "never" {
  if (attempt >= MOST_ATTEMPTS || isFinal(error)) return "never";
  const pause = FIRST_PAUSE_MS * 4 ** (attempt - 1);
  const retryAt = error instanceof CodeHostError ? (error.retryAt?.getTime() ?? 0) : 0;
  return new Date(Math.max(now.getTime() + pause, retryAt));
}

/** A limit is that of the whole installation: its other jobs would meet it too, each at the cost of an attempt. */
export function limitedUntil(error: unknown): Date | undefined {
  return error instanceof CodeHostError && error.kind === "rate-limited" ? error.retryAt : undefined;
}

/** The same request would end the same way. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof CodeHostError)) return false;
  switch (error.kind) {
    case "gone":
    case "forbidden":
    case "refused":
      return true;
    case "rate-limited":
    case "unavailable":
      return false;
  }
}
