import type { z } from "zod";
import type { Answers } from "../service/store.ts";
import { ExpiringCache } from "./expiring-cache.ts";

interface CacheOptions<Value> {
  /** In front of the keys in the store: caches share it. */
  readonly name: string;
  /** What is read from the store may have been written by another version. */
  readonly schema: z.ZodType<Value>;
  /** In memory. */
  readonly most: number;
  readonly forMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Without it answers end with the process. */
  readonly store?: Answers | undefined;
}

/** Answers of others: in memory, and beneath it in the store, so that one process asks for all. */
export class AnswerCache<Value> {
  readonly #memory: ExpiringCache<Value>;
  readonly #options: CacheOptions<Value>;
  readonly #fresh = new Map<string, Value>();

  constructor(options: CacheOptions<Value>) {
    this.#options = options;
    this.#memory = new ExpiringCache(options.most, options.now);
  }

  get(key: string): Value | undefined {
    return this.#memory.get(key);
  }

  set(key: string, value: Value): void {
    this.#memory.set(key, value, this.#options.now() + this.#options.forMs);
    if (this.#options.store !== undefined) this.#fresh.set(key, value);
  }

  /** Brings what the store has of these keys into memory. */
  async load(keys: readonly string[]): Promise<void> {
    const { store, schema } = this.#options;
    const missing = keys.filter((key) => this.get(key) === undefined);
    if (store === undefined || missing.length === 0) return;
    for (const { key, text, until } of await store.answers(missing.map((one) => this.#keyInStore(one)))) {
      const read = schema.safeParse(JSON.parse(text));
      if (read.success) this.#memory.set(key.slice(this.#keyInStore("").length), read.data, until.getTime());
    }
  }

  /** Writes what was set since the last time. */
  async save(): Promise<void> {
    const { store, now, forMs } = this.#options;
    const until = new Date(now() + forMs);
    const answers = [...this.#fresh].map(([key, value]) => ({
      key: this.#keyInStore(key),
      text: JSON.stringify(value),
      until,
    }));
    this.#fresh.clear();
    if (answers.length > 0) await store?.keep(answers);
  }

  #keyInStore(key: string): string {
    return `${this.#options.name}:${key}`;
  }
}
