import type { Backlog } from "./backlog.ts";
import type { AppHost, Clock, Every, FailedDelivery, Log } from "./ports.ts";
import type { DeliveryLog } from "./store.ts";

/** Makes up for what was missed while the service, its database or the code host was down. */
export interface Recovery {
  /** Looks now, and then again and again. */
  start(): void;
  /** Waits for the look that it is at. */
  close(): Promise<void>;
}

export interface RecoveryParts {
  readonly app: AppHost;
  readonly backlog: Pick<Backlog, "add">;
  readonly store: Pick<DeliveryLog, "knownDeliveries">;
  /** Whether this process is the one that looks; of several, one does. */
  readonly isMine: () => Promise<boolean>;
  readonly clock: Clock;
  readonly every: Every;
  readonly lookMs: number;
  readonly log: Log;
}

/** The code host keeps failed deliveries for three days. */
const KEPT_MS = 3 * 24 * 60 * 60_000;
/** A delivery that fails again is asked for later each time, and so many times in all. */
const MOST_REDELIVERIES = 5;
/** In one look: the pace of requests is the limiter's. */
const MOST_IN_A_LOOK = 200;
/** Looking through the repositories of an installation costs a request each: no more than 500 of them an hour. */
const MS_A_REPOSITORY = 7_200;

interface Redelivery {
  readonly times: number;
  readonly askedAt: number;
}

export function createRecovery(parts: RecoveryParts): Recovery {
  return new WorkingRecovery(parts);
}

class WorkingRecovery implements Recovery {
  readonly #parts: RecoveryParts;
  readonly #redelivered = new Map<string, Redelivery>();
  /** By installation: when its repositories are looked through again. */
  readonly #dueAt = new Map<number, number>();
  #stop: () => void = () => undefined;
  #looking: Promise<void> | undefined;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stop = this.#parts.every(this.#parts.lookMs, () => this.#look());
    this.#look();
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#looking;
  }

  #look(): void {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
  }

  async #lookOnce(): Promise<void> {
    const { isMine, log } = this.#parts;
    try {
      if (!(await isMine())) return;
    } catch (error) {
      log.warn({ err: error }, "a look for what was missed failed");
      return;
    }
    for (const part of [() => this.#redeliver(), () => this.#lookThrough()]) {
      await part().catch((error: unknown) => log.warn({ err: error }, "a look for what was missed failed"));
    }
  }

  async #redeliver(): Promise<void> {
    const { app, store, clock, log } = this.#parts;
    const now = clock.now().getTime();
    const failed = await app.failedDeliveries(new Date(now - KEPT_MS));
    const asked = failed.filter((delivery) => this.#isDue(delivery, now));
    const arrived = await store.knownDeliveries(asked.map(({ guid }) => guid));
    const due = asked.filter(({ guid }) => !arrived.has(guid)).slice(0, MOST_IN_A_LOOK);
    for (const { id, guid, event } of due) {
      await app.redeliver(id);
      this.#redelivered.set(guid, { times: (this.#redelivered.get(guid)?.times ?? 0) + 1, askedAt: now });
      log.info({ delivery: guid, event }, "a failed delivery was asked for again");
    }
    for (const [guid, { askedAt }] of this.#redelivered) if (askedAt < now - KEPT_MS) this.#redelivered.delete(guid);
  }

  /** One that was asked for and has not failed since has arrived. */
  #isDue({ guid, failedAt }: FailedDelivery, now: number): boolean {
    const last = this.#redelivered.get(guid);
    if (last === undefined) return true;
    if (failedAt.getTime() < last.askedAt || last.times >= MOST_REDELIVERIES) return false;
    return now - last.askedAt >= this.#parts.lookMs * 2 ** (last.times - 1);
  }

  async #lookThrough(): Promise<void> {
    const { app, backlog, clock, lookMs } = this.#parts;
    for (const { installationId, since } of await app.installations()) {
      if ((this.#dueAt.get(installationId) ?? 0) > clock.now().getTime()) continue;
      this.#dueAt.set(installationId, Number.POSITIVE_INFINITY);
      void backlog.add({ installationId, since }).then(({ repositories }) => {
        this.#dueAt.set(installationId, clock.now().getTime() + Math.max(lookMs, repositories * MS_A_REPOSITORY) - 1);
      });
    }
  }
}
