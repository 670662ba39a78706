export interface LimiterOptions {
  /** Jobs at a time. */
  readonly concurrent: number;
  /** Milliseconds from the beginning of a job to that of the next, at least. */
  readonly betweenMs?: number;
}

/**
 * Begins jobs in the order in which they come, so many at a time and so far apart. The time between them is counted, not read off a
 * clock: one that is set back makes nothing wait.
 */
export class Limiter {
  readonly #concurrent: number;
  readonly #betweenMs: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** When the next job may begin, in milliseconds of `performance.now`. */
  #freeAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ concurrent, betweenMs = 0 }: LimiterOptions) {
    this.#concurrent = concurrent;
    this.#betweenMs = betweenMs;
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#waiting.length === 0 && this.#freeAt <= performance.now();
  }

  run<T>(job: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        job()
          .then(resolve, reject)
          .finally(() => {
            this.#running -= 1;
            this.#begin();
          });
      });
      this.#begin();
    });
  }

  #begin(): void {
    while (this.#running < this.#concurrent) {
      const pause = this.#freeAt - performance.now();
      if (pause > 0) {
        this.#beginIn(pause);
        return;
      }
      const start = this.#waiting.shift();
      if (start === undefined) return;
      this.#running += 1;
      this.#freeAt = performance.now() + this.#betweenMs;
      start();
    }
  }

  #beginIn(milliseconds: number): void {
    if (this.#waiting.length === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#begin();
    }, milliseconds);
  }
}

/** Limiters beyond which those that nobody uses are dropped. */
const MOST_KEPT = 1_000;

/** A limiter of the same kind for each key. */
export class LimiterGroup {
  readonly #options: LimiterOptions;
  readonly #limiters = new Map<string, Limiter>();
  #most = MOST_KEPT;

  constructor(options: LimiterOptions) {
    this.#options = options;
  }

  key(key: string): Limiter {
    const limiter = this.#limiters.get(key) ?? new Limiter(this.#options);
    this.#limiters.set(key, limiter);
    if (this.#limiters.size > this.#most) this.#dropIdle(limiter);
    return limiter;
  }

  #dropIdle(used: Limiter): void {
    for (const [key, limiter] of this.#limiters) if (limiter.isIdle && limiter !== used) this.#limiters.delete(key);
    this.#most = Math.max(MOST_KEPT, 2 * this.#limiters.size);
  }
}
