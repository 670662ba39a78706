import Bottleneck from "bottleneck";

/** The pace of requests. One limiter of each kind for every installation, whose limits are its own. */
export interface Limiters {
  readonly global: Bottleneck.Group;
  readonly write: Bottleneck.Group;
  readonly notifications: Bottleneck.Group;
  /** Tokens of all installations are asked for by the App itself: one at a time, each would wait for all others. */
  readonly auth: Bottleneck.Group;
  /** In the place of `write` for queries of GraphQL: they are sent as writes are, and read. */
  readonly queries: Bottleneck.Group;
}

export interface Pace {
  readonly concurrentRequests: number;
  readonly betweenWritesMs: number;
  /** Between writes that send mail: reviews and comments. */
  readonly betweenNotificationsMs: number;
}

/** What GitHub asks of integrators to stay clear of its secondary limits, and what Octokit keeps to by default. */
export const DEFAULT_PACE: Pace = { concurrentRequests: 10, betweenWritesMs: 1_000, betweenNotificationsMs: 3_000 };

export function createLimiters(pace: Pace): Limiters {
  return {
    global: new Bottleneck.Group({ maxConcurrent: pace.concurrentRequests }),
    write: new Bottleneck.Group({ maxConcurrent: 1, minTime: pace.betweenWritesMs }),
    notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: pace.betweenNotificationsMs }),
    auth: new Bottleneck.Group({ maxConcurrent: pace.concurrentRequests }),
    queries: new Bottleneck.Group({ maxConcurrent: pace.concurrentRequests }),
  };
}
