import type { PullRequestRef } from "./ports.ts";

/** At-least-once: a job is leased, and a lease that runs out is given to another worker. */
export interface JobQueue {
  /**
   * A later job of the same key replaces an earlier one that has not begun, and one that names a head aborts one that has; what that one
   * was to answer in the conversation is then the later one's to do.
   */
  enqueue(job: ReviewJob): Promise<"queued" | "duplicate">;
  /** Takes jobs until closed; one job of a key at a time. */
  work(concurrency: number, handle: (lease: Lease) => Promise<void>): void;
  /** What waits for repositories that the App no longer reaches is forgotten; all of an installation where none are named. */
  drop(installationId: number, repositoryIds?: readonly number[]): Promise<void>;
  /** When the oldest job of a key that waits or runs was queued; undefined where there is none. */
  busySince(key: string): Promise<Date | undefined>;
  depth(): Promise<QueueDepth>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  replay(deliveryId: string): Promise<boolean>;
  /** Stops taking jobs and waits for those in flight, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
  /** Stops, and lets go of the database. */
  close(graceMs: number): Promise<void>;
}

/** How many jobs there are of each kind; the oldest is the one that has been ready for the longest and does not run. */
export interface QueueDepth {
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  readonly oldestSeconds: number;
}

export interface ReviewJob {
  /** One lane a pull request, `<repositoryId>:<number>`, and one a merge group, `<repositoryId>:<headSha>`. */
  readonly key: string;
  readonly deliveryId: string;
  readonly pullRequest: PullRequestRef;
  /** The head that the delivery told of: a code host that answers with another one may not have caught up yet. */
  readonly headSha?: string;
  /** Heads whose review was cut short: a check of theirs may be left in progress. */
  readonly abandonedHeads?: readonly string[];
  /** Processes that have ended while it ran. */
  readonly endedProcesses?: number;
  /** Somebody asked something in the conversation of the pull request, which is to be answered. */
  readonly conversation?: boolean;
  /** The pull request was there before the App: its head gets a check where it has none, and nothing else is said. */
  readonly quiet?: boolean;
  /** Nobody waits for it, as for a bot's pull request: done after those that somebody waits for. */
  readonly background?: boolean;
  /** The pull request waits in a merge queue: the commit that it would become is to be checked, without comments. */
  readonly mergeGroup?: MergeGroup;
  /** Somebody pressed the button: all safe fixes are to be committed, if the head is still the one that they saw. */
  readonly fixes?: RequestedFixes;
}

export interface RequestedFixes {
  readonly by: string;
  readonly headSha: string;
}

export interface MergeGroup {
  readonly baseSha: string;
  readonly headSha: string;
}

export interface Lease {
  readonly job: ReviewJob;
  readonly attempt: number;
  /** Aborted when a newer job supersedes this one, the service stops or the lease is lost; its reason is an `AbortReason`. */
  readonly signal: AbortSignal;
}

/** `lost`: another process may do the job by now. Nothing more is to be said for it here. */
export type AbortReason = "superseded" | "stopping" | "lost";

export function isLost({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason === ("lost" satisfies AbortReason);
}

export interface DeadLetter {
  readonly job: ReviewJob;
  readonly attempts: number;
  readonly lastError: string;
}
