import type { Every } from "../../src/service/ports.ts";

/** Alarms that ring when a test says so. */
export class Alarms {
  readonly #set = new Set<() => void>();

  readonly every: Every = (_, run) => {
    this.#set.add(run);
    return () => this.#set.delete(run);
  };

  ring(): void {
    for (const run of [...this.#set]) run();
  }
}
