import type { LimiterGroup } from "./limiter.ts";
import type { Limiters } from "./limiters.ts";
import type { createLimitHandler } from "./wait-out-limits.ts";

type Run<T> = (...values: readonly never[]) => Promise<T>;

/** What Octokit's throttling asks of a limiter: options of the job that ours has no use for, the job, and its arguments. */
interface OctokitGroup {
  key(id: string): { schedule<T>(options: object, run: Run<T>, ...values: readonly never[]): Promise<T> };
}

/** What becomes of a request that failed: undefined, or that it is to be sent again. */
type Failed = (error: unknown, info: { readonly args: readonly unknown[] }) => Promise<number | undefined>;

/**
 * Octokit's throttling with our limiters in the place of its own, which read the machine's clock: where that is set back they would let
 * every request wait until it has caught up. The handler does the waiting, by the clock that it is given.
 */
export function throttleOptions(limiters: Limiters, id: string, wait: ReturnType<typeof createLimitHandler>) {
  const { global, write, notifications, auth } = limiters;
  return {
    id,
    global: groupFor(global),
    write: groupFor(write),
    notifications: groupFor(notifications),
    auth: groupFor(auth),
    retryLimiter: createRetries(),
    retryAfterBaseValue: 0,
    onRateLimit: wait,
    onSecondaryRateLimit: wait,
  };
}

function groupFor(group: LimiterGroup): OctokitGroup {
  return { key: (id) => ({ schedule: (_, run, ...values) => group.key(id).run(() => run(...values)) }) };
}

function createRetries() {
  let failed: Failed = async () => undefined;
  return {
    on(_event: "failed", handler: Failed): void {
      failed = handler;
    },
    async schedule<T>(run: Run<T>, ...args: readonly never[]): Promise<T> {
      for (;;) {
        try {
          return await run(...args);
        } catch (error) {
          if ((await failed(error, { args })) === undefined) throw error;
        }
      }
    },
  };
}
