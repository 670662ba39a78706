import { LimiterGroup } from "./limiter.ts";

/** The pace of requests. One limiter of each kind for every installation, whose limits are its own. */
export interface Limiters {
  readonly global: LimiterGroup;
  readonly write: LimiterGroup;
  readonly notifications: LimiterGroup;
  /** Tokens of all installations are asked for by the App itself: one at a time, each would wait for all others. */
  readonly auth: LimiterGroup;
  /** In the place of `write` for queries of GraphQL: they are sent as writes are, and read. */
  readonly queries: LimiterGroup;
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
  const { concurrentRequests: concurrent } = pace;
  return {
    global: new LimiterGroup({ concurrent }),
    write: new LimiterGroup({ concurrent: 1, betweenMs: pace.betweenWritesMs }),
    notifications: new LimiterGroup({ concurrent: 1, betweenMs: pace.betweenNotificationsMs }),
    auth: new LimiterGroup({ concurrent }),
    queries: new LimiterGroup({ concurrent }),
  };
}
