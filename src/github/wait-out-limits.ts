import type { Clock, Log } from "../service/ports.ts";

/** When GitHub asks for more, the waiting is the queue's: a parked job holds no worker. */
const LONGEST_WAIT_S = 120;

const MOST_WAITS = 3;

interface LimitedRequest {
  readonly method: string;
  readonly url: string;
}

/**
 * For Octokit's throttling: waits as long as GitHub asked before a limited request is sent again, longer each time, and
 * gives up when that is too long. A request that was limited had no effect, so this holds for writes too.
 */
export function createLimitHandler(clock: Clock, log: Log) {
  return async (seconds: number, { method, url }: LimitedRequest, _: unknown, retries: number): Promise<boolean> => {
    const wait = seconds * 2 ** retries;
    const isWorthWaiting = retries < MOST_WAITS && seconds <= LONGEST_WAIT_S;
    log.warn({ method, url, seconds: wait, retries, waiting: isWorthWaiting }, "GitHub limits requests");
    if (isWorthWaiting) await clock.sleep(wait * 1000);
    return isWorthWaiting;
  };
}
