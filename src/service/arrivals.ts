import type { Backlog } from "./backlog.ts";
import type { Every, Log } from "./ports.ts";
import type { Arrival, Arrivals } from "./store.ts";

/** Installations are remembered until all that was there has been looked through, whichever process takes that on. */
export interface PendingArrivals {
  add(arrival: Omit<Arrival, "id">): Promise<void>;
  drop(installationId: number, repositoryIds?: readonly number[]): Promise<void>;
  /** Takes on what is pending, now and whenever another process puts it there. */
  start(): Promise<void>;
  stop(): void;
}

export interface PendingArrivalsParts {
  readonly store: Arrivals;
  readonly backlog: Pick<Backlog, "add" | "drop">;
  /** Whether this process is the one that works on it. */
  readonly isMine: () => Promise<boolean>;
  readonly every: Every;
  readonly log: Log;
}

export const LOOK_FOR_ARRIVALS_MS = 30_000;

export function createPendingArrivals({ store, backlog, isMine, every, log }: PendingArrivalsParts): PendingArrivals {
  /** Those that this process is at. */
  const begun = new Map<string, number>();
  let isWorking = false;
  let stop: () => void = () => undefined;

  async function takeOn(): Promise<void> {
    if (!isWorking || !(await isMine())) return;
    const pending = await store.arrivals();
    dropVanished(new Set(pending.map(({ id }) => id)));
    for (const { id, ...look } of pending) {
      if (begun.has(id)) continue;
      begun.set(id, look.installationId);
      void backlog.add(look).then(async ({ isComplete }) => {
        if (isComplete) await store.lookedThrough(id).catch(tell);
        begun.delete(id);
      });
    }
  }

  /** Another process heard that the App has left. */
  function dropVanished(pending: ReadonlySet<string>): void {
    const wanted = new Set([...begun].flatMap(([id, installation]) => (pending.has(id) ? [installation] : [])));
    for (const [id, installation] of begun)
      if (!pending.has(id) && !wanted.has(installation)) backlog.drop(installation);
  }

  function tell(error: unknown): void {
    log.warn({ err: error }, "what is pending for an installation could not be looked at");
  }

  return {
    async add(arrival) {
      await store.arrived(arrival);
      void takeOn().catch(tell);
    },
    async drop(installationId, repositoryIds) {
      backlog.drop(installationId, repositoryIds);
      await store.gone(installationId, repositoryIds);
    },
    async start() {
      isWorking = true;
      stop = every(LOOK_FOR_ARRIVALS_MS, () => void takeOn().catch(tell));
      await takeOn().catch(tell);
    },
    stop() {
      isWorking = false;
      stop();
    },
  };
}
