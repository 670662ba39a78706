import type { AbortReason, DeadLetter, JobQueue, Lease, QueueDepth, ReviewJob } from "../service/job-queue.ts";
import type { Clock, Every } from "../service/ports.ts";
import { type End, endOf } from "./end-of-job.ts";
import { errorText } from "./error-text.ts";
import type { JobStore, TakenJob } from "./job-store.ts";

export interface QueueOptions {
  readonly clock: Clock;
  readonly every: Every;
  readonly whenToRetry: (error: unknown, attempt: number, now: Date) => Date | "never";
  /** Until when the code host takes no request of the job's installation, where the error says that. */
  readonly limitedUntil?: (error: unknown) => Date | undefined;
  /** A job was given up. */
  readonly onDead?: (job: ReviewJob, error: unknown) => void;
  /** The database did not take what it was told; it is told again. */
  readonly onTrouble: (error: unknown) => void;
  /** Milliseconds from any moment on, whatever becomes of the clock. */
  readonly elapsed?: () => number;
}

/** How often a process asks what others have put into the database, and renews the leases of its jobs. */
const LOOK_MS = 1_000;
/** Until what the database did not take is tried again. */
const TROUBLE_PAUSE_MS = 1_000;
/** So long a job waits, again and again, for the code host to take its requests. */
const LONGEST_LIMITED_MS = 24 * 60 * 60_000;
const SHORTEST_LIMIT_MS = 1_000;
const MOST_ENDED_PROCESSES = 20;
const LOOKS_BETWEEN_FORGETTING = 600;

type Handle = (lease: Lease) => Promise<void>;

interface Running {
  readonly taken: TakenJob;
  readonly abort: (reason: AbortReason) => void;
  /** When its lease began, at the latest. */
  renewedAt: number;
  ended: Promise<void>;
}

/** Runs what a database remembers. What a process left running when it ended is run again by the next, or by another. */
export class DurableQueue implements JobQueue {
  readonly #options: QueueOptions;
  readonly #jobs: JobStore;
  readonly #elapsed: () => number;
  readonly #running = new Set<Running>();
  #handle: Handle | undefined;
  #concurrency = 0;
  #alarm: AbortController | undefined;
  #filling: Promise<void> | undefined;
  #isFillAsked = false;
  #looking: Promise<void> | undefined;
  #looks = 0;
  #ended: Promise<void> | undefined;
  #stopLooking: () => void = () => undefined;
  #state: "open" | "closing" | "closed" = "open";

  constructor(jobs: JobStore, options: QueueOptions) {
    this.#jobs = jobs;
    this.#options = options;
    this.#elapsed = options.elapsed ?? (() => performance.now());
  }

  async enqueue(job: ReviewJob): Promise<"queued" | "duplicate"> {
    if (this.#state !== "open") throw new Error("the queue is closed");
    const outcome = await this.#jobs.add(job, this.#now());
    // Who only asks something waits for what is being done: else talk could keep a review from ever ending.
    if (outcome === "queued" && job.headSha !== undefined) this.#supersede(job.key);
    this.#fill();
    return outcome;
  }

  work(concurrency: number, handle: Handle): void {
    this.#concurrency = concurrency;
    this.#handle = handle;
    this.#stopLooking = this.#options.every(LOOK_MS, () => this.#look());
    this.#look();
  }

  drop(installationId: number, repositoryIds?: readonly number[]): Promise<void> {
    return this.#jobs.drop(installationId, repositoryIds, this.#now());
  }

  async busySince(key: string): Promise<Date | undefined> {
    const at = await this.#jobs.busySince(key);
    return at === undefined ? undefined : new Date(at);
  }

  depth(): Promise<QueueDepth> {
    return this.#jobs.depth(this.#now());
  }

  deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#jobs.deadLetters();
  }

  async replay(deliveryId: string): Promise<boolean> {
    const isReplayed = await this.#jobs.replay(deliveryId, this.#now());
    this.#fill();
    return isReplayed;
  }

  /** The second half of the grace is for jobs that are stopped to say so. */
  async stop(graceMs: number): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "closing";
    this.#stopLooking();
    this.#alarm?.abort();
    if (!(await this.#idleWithin(graceMs / 2))) {
      for (const running of this.#running) running.abort("stopping");
      await this.#idleWithin(graceMs / 2);
    }
    this.#state = "closed";
  }

  async close(graceMs: number): Promise<void> {
    await this.stop(graceMs);
    this.#ended ??= this.#jobs.close();
    await this.#ended;
  }

  #supersede(key: string): void {
    for (const { taken, abort } of this.#running) if (taken.job.key === key) abort("superseded");
  }

  #look(): void {
    this.#giveUpLost();
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
  }

  async #lookOnce(): Promise<void> {
    try {
      await this.#keep();
      for (const taken of await this.#jobs.reclaim()) await this.#settleLost(taken);
      if (this.#looks % LOOKS_BETWEEN_FORGETTING === 0) await this.#jobs.forget(this.#now());
      this.#looks += 1;
    } catch (error) {
      this.#options.onTrouble(error);
    }
    this.#fill();
  }

  async #keep(): Promise<void> {
    const held = [...this.#running];
    const at = this.#elapsed();
    const ended = await this.#jobs.keep(held.map(({ taken }) => taken));
    for (const running of held) {
      const reason = ended.get(running.taken);
      if (reason !== undefined) running.abort(reason);
      if (reason !== "lost") running.renewedAt = at;
    }
  }

  /** The database may be away for this process alone: then another one takes its jobs over. */
  #giveUpLost(): void {
    const { patienceMs = Number.POSITIVE_INFINITY } = this.#jobs;
    const since = this.#elapsed() - patienceMs;
    for (const { renewedAt, abort } of this.#running) if (renewedAt <= since) abort("lost");
  }

  /** One at a time; what comes to be ready meanwhile is looked at afterwards. */
  #fill(): void {
    if (this.#state !== "open") return;
    this.#isFillAsked = true;
    this.#filling ??= this.#fillAll().finally(() => {
      this.#filling = undefined;
      if (this.#isFillAsked) this.#fill();
    });
  }

  async #fillAll(): Promise<void> {
    this.#isFillAsked = false;
    const handle = this.#handle;
    if (handle === undefined) return;
    try {
      while (this.#state === "open" && this.#running.size < this.#concurrency) {
        const at = this.#elapsed();
        const taken = await this.#jobs.take(this.#now());
        if (taken === undefined) break;
        this.#start(taken, handle, at);
      }
      this.#wakeAt(await this.#jobs.nextReadyAt(this.#now()));
    } catch (error) {
      this.#options.onTrouble(error);
      this.#wakeAt(this.#now() + TROUBLE_PAUSE_MS);
    }
  }

  #start(taken: TakenJob, handle: Handle, renewedAt: number): void {
    const { job, attempt } = taken;
    const controller = new AbortController();
    const { signal } = controller;
    const abort = (reason: AbortReason) => controller.abort(reason);
    const running: Running = { taken, abort, renewedAt, ended: Promise.resolve() };
    this.#running.add(running);
    running.ended = this.#run(running, () => handle({ job, attempt, signal }), signal);
  }

  /** The lane is free when the database knows how the job ended, not before. */
  async #run(running: Running, handle: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { taken } = running;
    const end = await endOf(handle, signal);
    while (this.#state !== "closed") {
      try {
        await this.#write(taken, end);
        break;
      } catch (error) {
        this.#options.onTrouble(error);
        await this.#options.clock.sleep(TROUBLE_PAUSE_MS);
      }
    }
    this.#running.delete(running);
    this.#fill();
  }

  #write(taken: TakenJob, end: End): Promise<void> {
    switch (end.kind) {
      case "done":
        return this.#jobs.done(taken, this.#now());
      case "stopped":
        return this.#jobs.handBack(taken, this.#now());
      case "failed":
        return this.#settle(taken, end.error);
    }
  }

  async #settle(taken: TakenJob, error: unknown): Promise<void> {
    const limitedUntil = this.#options.limitedUntil?.(error);
    if (limitedUntil !== undefined) return this.#settleLimited(taken, error, limitedUntil.getTime());
    const now = this.#options.clock.now();
    const retryAt = this.#options.whenToRetry(error, taken.attempt, now);
    if (retryAt === "never") return this.#giveUp(taken, error);
    return this.#jobs.pause(taken, retryAt.getTime(), now.getTime());
  }

  /** A process that ends is seldom its jobs' fault: the attempt does not count, but a job that ends every process it meets is given up. */
  async #settleLost(taken: TakenJob): Promise<void> {
    const endedProcesses = (taken.job.endedProcesses ?? 0) + 1;
    if (endedProcesses >= MOST_ENDED_PROCESSES) return this.#giveUp(taken, PROCESS_ENDED);
    return this.#jobs.defer({ ...taken, job: { ...taken.job, endedProcesses } }, this.#now(), this.#now());
  }

  /** A limit is no failure of the job: the attempt does not count, but nothing waits for ever. */
  async #settleLimited(taken: TakenJob, error: unknown, until: number): Promise<void> {
    await this.#jobs.pauseInstallation(taken.job.pullRequest.installationId, until);
    const now = this.#now();
    if (now - taken.queuedAt > LONGEST_LIMITED_MS) return this.#giveUp(taken, error);
    return this.#jobs.defer(taken, Math.max(until, now + SHORTEST_LIMIT_MS), now);
  }

  async #giveUp(taken: TakenJob, error: unknown): Promise<void> {
    await this.#jobs.dead(taken, errorText(error), this.#now());
    this.#options.onDead?.(taken.job, error);
  }

  #wakeAt(at: number | undefined): void {
    this.#alarm?.abort();
    this.#alarm = undefined;
    if (at === undefined || this.#state !== "open") return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#options.clock.sleep(Math.max(0, at - this.#now()), alarm.signal).then(
      () => {
        if (!alarm.signal.aborted) this.#fill();
      },
      () => undefined,
    );
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }

  async #idleWithin(milliseconds: number): Promise<boolean> {
    const timer = new AbortController();
    const idle = this.#idle().then(() => true);
    const late = this.#options.clock.sleep(milliseconds, timer.signal).then(
      () => false,
      () => false,
    );
    const isIdle = await Promise.race([idle, late]);
    timer.abort();
    return isIdle;
  }

  /** What is being taken when the queue closes is run, too. */
  async #idle(): Promise<void> {
    await Promise.all([this.#looking, this.#filling]);
    await Promise.all([...this.#running].map(({ ended }) => ended));
  }
}

const PROCESS_ENDED = new Error("the process ended while the job ran");
