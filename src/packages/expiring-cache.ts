/** Keeps values for a while, the most recently asked for; times in milliseconds. */
export class ExpiringCache<Value> {
  readonly #kept = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #limits: { readonly most: number; readonly forMs: number };
  readonly #now: () => number;

  constructor(limits: { readonly most: number; readonly forMs: number }, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get(key: string): Value | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    if (found.until <= this.#now()) return undefined;
    this.#kept.set(key, found);
    return found.value;
  }

  set(key: string, value: Value): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.#now() + this.#limits.forMs });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#limits.most && oldest !== undefined) this.#kept.delete(oldest);
  }
}
