/** Below this the difference is made by whole seconds and by the way of an answer. */
const TOLERATED_MS = 10_000;

export interface HostTimeSources {
  /** Milliseconds since 1970, by the machine's clock; read once. */
  readonly wall?: () => number;
  /** Milliseconds from any moment on, whatever becomes of the clock. */
  readonly elapsed?: () => number;
}

/**
 * What time it is at the code host. It begins with the machine's clock and is counted from there, so that a clock that is set forward or
 * back moves nothing; each answer's `Date` corrects what the machine had wrong, or did not count while it slept.
 */
export class HostTime {
  readonly #elapsed: () => number;
  #offset: number;

  constructor({ wall = Date.now, elapsed = () => performance.now() }: HostTimeSources = {}) {
    this.#elapsed = elapsed;
    this.#offset = wall() - elapsed();
  }

  now(): Date {
    return new Date(this.#elapsed() + this.#offset);
  }

  /** An answer's `Date` header; one that is missing or no date changes nothing. */
  told(date: string | null): void {
    const at = Date.parse(date ?? "");
    const elapsed = this.#elapsed();
    if (Math.abs(at - (elapsed + this.#offset)) > TOLERATED_MS) this.#offset = at - elapsed;
  }
}
