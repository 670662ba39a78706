import type { AbortReason, Clock, DeadLetter, JobQueue, Lease, ReviewJob } from "../service/ports.ts";
import { DeliveryLog } from "./delivery-log.ts";

export interface MemoryQueueOptions {
  readonly clock: Clock;
  readonly whenToRetry: (error: unknown, attempt: number, now: Date) => Date | "never";
}

/** A queue that lives and dies with its process: what waits when it ends has to be found again on the code host. */
export function createMemoryQueue(options: MemoryQueueOptions): JobQueue {
  return new MemoryQueue(options);
}

/** Older ones are forgotten: a long outage must not fill the memory. */
const MOST_DEAD_LETTERS = 1_000;

interface Entry {
  readonly job: ReviewJob;
  readonly attempt: number;
}

/** The jobs of one key: at most one runs, at most one waits, at most one is paused until its next attempt. */
interface Lane {
  running?: { readonly job: ReviewJob; readonly abort: (reason: AbortReason) => void; readonly ended: Promise<void> };
  waiting?: Entry;
  paused?: { readonly entry: Entry; readonly cancel: () => void };
}

type Handle = (lease: Lease) => Promise<void>;

class MemoryQueue implements JobQueue {
  readonly #options: MemoryQueueOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #deliveries = new DeliveryLog();
  readonly #dead = new Map<string, DeadLetter>();
  #handle: Handle | undefined;
  #concurrency = 0;
  #running = 0;
  #closed = false;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  async enqueue(job: ReviewJob): Promise<"queued" | "duplicate"> {
    if (this.#closed) throw new Error("the queue is closed");
    if (!this.#deliveries.begin(job.deliveryId)) return "duplicate";
    this.#dead.delete(job.deliveryId);
    const lane = this.#laneOf(job.key);
    const isAsked = this.#supersede(lane);
    lane.waiting = { job: isAsked ? { ...job, conversation: true } : job, attempt: 1 };
    this.#fill();
    return "queued";
  }

  work(concurrency: number, handle: Handle): void {
    this.#concurrency = concurrency;
    this.#handle = handle;
    this.#fill();
  }

  async drop(installationId: number, repositoryIds?: readonly number[]): Promise<void> {
    const isGone = ({ pullRequest }: ReviewJob) =>
      pullRequest.installationId === installationId &&
      (repositoryIds === undefined || repositoryIds.includes(pullRequest.repositoryId));
    for (const [key, lane] of this.#lanes) {
      const job = lane.waiting?.job ?? lane.paused?.entry.job;
      if (job === undefined || !isGone(job)) continue;
      this.#deliveries.done(job.deliveryId);
      lane.paused?.cancel();
      delete lane.paused;
      delete lane.waiting;
      if (lane.running === undefined) this.#lanes.delete(key);
    }
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return [...this.#dead.values()];
  }

  async replay(deliveryId: string): Promise<boolean> {
    const letter = this.#dead.get(deliveryId);
    return letter !== undefined && (await this.enqueue(letter.job)) === "queued";
  }

  /** The second half of the grace is for jobs that are stopped to say so. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    for (const lane of this.#lanes.values()) lane.paused?.cancel();
    if (await this.#idleWithin(graceMs / 2)) return;
    for (const lane of this.#lanes.values()) lane.running?.abort("stopping");
    await this.#idleWithin(graceMs / 2);
  }

  #laneOf(key: string): Lane {
    const lane = this.#lanes.get(key) ?? {};
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Whether one of the jobs that are replaced was to answer the conversation. */
  #supersede(lane: Lane): boolean {
    const replaced = [lane.waiting?.job, lane.paused?.entry.job, lane.running?.job];
    for (const entry of [lane.waiting, lane.paused?.entry]) {
      if (entry !== undefined) this.#deliveries.done(entry.job.deliveryId);
    }
    lane.paused?.cancel();
    delete lane.paused;
    lane.running?.abort("superseded");
    return replaced.some((job) => job?.conversation === true);
  }

  /** Lanes are served in the order in which they came to be. */
  #fill(): void {
    const handle = this.#handle;
    if (handle === undefined) return;
    for (const [key, lane] of this.#lanes) {
      if (this.#closed || this.#running >= this.#concurrency) return;
      if (lane.running === undefined && lane.waiting !== undefined) this.#start(key, lane, lane.waiting, handle);
    }
  }

  #start(key: string, lane: Lane, entry: Entry, handle: Handle): void {
    const controller = new AbortController();
    delete lane.waiting;
    this.#running += 1;
    const ended = this.#run(entry, controller.signal, handle).then((retryAt) => {
      this.#running -= 1;
      delete lane.running;
      if (retryAt !== undefined && lane.waiting === undefined && !this.#closed) this.#pause(lane, entry, retryAt);
      if (lane.waiting === undefined && lane.paused === undefined) this.#lanes.delete(key);
      this.#fill();
    });
    lane.running = { job: entry.job, abort: (reason) => controller.abort(reason), ended };
  }

  /** The time of the next attempt, when there is one. */
  async #run({ job, attempt }: Entry, signal: AbortSignal, handle: Handle): Promise<Date | undefined> {
    try {
      await handle({ job, attempt, signal });
      this.#deliveries.done(job.deliveryId);
      return undefined;
    } catch (error) {
      if (signal.aborted) {
        this.#deliveries.done(job.deliveryId);
        return undefined;
      }
      const retryAt = this.#options.whenToRetry(error, attempt, this.#options.clock.now());
      if (retryAt !== "never") return retryAt;
      this.#bury({ job, attempts: attempt, lastError: String(error) });
      return undefined;
    }
  }

  #bury(letter: DeadLetter): void {
    const { deliveryId } = letter.job;
    this.#deliveries.failed(deliveryId);
    this.#dead.set(deliveryId, letter);
    const [oldest] = this.#dead.keys();
    if (this.#dead.size > MOST_DEAD_LETTERS && oldest !== undefined) this.#dead.delete(oldest);
  }

  #pause(lane: Lane, entry: Entry, until: Date): void {
    const controller = new AbortController();
    const { clock } = this.#options;
    lane.paused = { entry, cancel: () => controller.abort() };
    clock.sleep(Math.max(0, until.getTime() - clock.now().getTime()), controller.signal).then(
      () => {
        delete lane.paused;
        lane.waiting = { ...entry, attempt: entry.attempt + 1 };
        this.#fill();
      },
      () => undefined,
    );
  }

  async #idleWithin(milliseconds: number): Promise<boolean> {
    const inFlight = [...this.#lanes.values()].flatMap(({ running }) => running?.ended ?? []);
    const timer = new AbortController();
    const idle = Promise.all(inFlight).then(() => true);
    const late = this.#options.clock.sleep(milliseconds, timer.signal).then(
      () => false,
      () => false,
    );
    const isIdle = await Promise.race([idle, late]);
    timer.abort();
    return isIdle;
  }
}
