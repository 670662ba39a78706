import type { Clock, Every } from "../../src/service/ports.ts";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that passes when a test says so, or at once: then it notes how long was slept. */
export class ManualClock implements Clock {
  readonly slept: number[] = [];
  readonly #passesAtOnce: boolean;
  readonly #sleepers = new Set<Sleeper>();
  #now: number;

  constructor(start = "2026-03-01T12:00:00Z", passesAtOnce = false) {
    this.#now = Date.parse(start);
    this.#passesAtOnce = passesAtOnce;
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(milliseconds);
    if (this.#passesAtOnce) {
      this.#now += milliseconds;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const sleeper = { until: this.#now + milliseconds, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  }

  setBack(milliseconds: number): void {
    this.#now -= milliseconds;
  }

  /** Wakes whoever slept until then, and lets them run. */
  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
    await settled();
  }
}

/** Once everything that can go on without time passing has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** For what is done again and again, and need not be in a test. */
export const never: Every = () => () => undefined;
