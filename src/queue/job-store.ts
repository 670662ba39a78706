import type { AbortReason, DeadLetter, QueueDepth, ReviewJob } from "../service/job-queue.ts";

export interface TakenJob {
  readonly job: ReviewJob;
  /** Counts from 1. */
  readonly attempt: number;
  readonly queuedAt: number;
  /** Of this one turn of the job, where several processes take jobs: what another turn has begun is not written to. */
  readonly lease?: string;
}

/**
 * One row a delivery: `waiting` → `running` → `done`, back to `waiting` after a failure, or `dead`. Of a key at most one row
 * waits and at most one runs; indexes of the database hold that. Times are milliseconds of the queue's clock; what does not pause is
 * ready at 0, whatever the clocks of its processes say, and what pauses until long after `LONGEST_PAUSE_MS` was written by a clock that
 * was ahead: it is ready, too.
 */
export interface JobStore {
  /** How long a job goes on, in milliseconds, whose lease cannot be renewed; absent where no other process takes jobs. */
  readonly patienceMs?: number;
  /** Replaces what waits in the job's lane. */
  add(job: ReviewJob, now: number): Promise<"queued" | "duplicate">;
  /** The next job to run: people's before those nobody waits for, then the installation that has had the fewest turns of late. */
  take(now: number): Promise<TakenJob | undefined>;
  /** When the first of those that pause may run. */
  nextReadyAt(now: number): Promise<number | undefined>;
  done(taken: TakenJob, now: number): Promise<void>;
  dead(taken: TakenJob, lastError: string, now: number): Promise<void>;
  /** Waits until `readyAt`, unless a later job of the lane waits already: that one does the work. */
  pause(taken: TakenJob, readyAt: number, now: number): Promise<void>;
  /** As `pause`, and the attempt does not count: nothing was wrong with the job. */
  defer(taken: TakenJob, readyAt: number, now: number): Promise<void>;
  /** No job of the installation is taken until then, by any process. */
  pauseInstallation(installationId: number, until: number): Promise<void>;
  /** As `defer`, and ready at once. */
  handBack(taken: TakenJob, now: number): Promise<void>;
  /** Renews the leases of these jobs; gives those that are not to go on: a later one supersedes them, or they are another's by now. */
  keep(held: readonly TakenJob[]): Promise<ReadonlyMap<TakenJob, AbortReason>>;
  /** Jobs whose process has ended, now this one's. */
  reclaim(): Promise<readonly TakenJob[]>;
  /** Ends what waits, of all repositories of the installation where none are named. */
  drop(installationId: number, repositoryIds: readonly number[] | undefined, now: number): Promise<void>;
  /** When the oldest job of the lane that waits or runs was queued. */
  busySince(key: string): Promise<number | undefined>;
  depth(now: number): Promise<QueueDepth>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** False when there is no such dead letter. */
  replay(deliveryId: string, now: number): Promise<boolean>;
  /** Removes what was remembered long enough. */
  forget(now: number): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Longer than GitHub redelivers by hand (three days): so long a delivery that comes again is known. */
export const REMEMBERED_MS = 4 * DAY_MS;
/** Dead letters are kept for people to look at. */
export const DEAD_KEPT_MS = 30 * DAY_MS;
/** GitHub's limits end within an hour, the pauses after failures long before. */
export const LONGEST_PAUSE_MS = 65 * 60 * 1_000;
/** A job that nobody waits for waits no longer than this behind those of people. */
export const BACKGROUND_PATIENCE_MS = 15 * 60 * 1_000;
