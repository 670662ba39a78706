import type { Clock } from "../service/ports.ts";

const MINUTE_MS = 60_000;
const MINUTES_KEPT = 60;

/** Counts the requests of each installation, minute by minute through the last hour. */
export class RequestLedger {
  readonly #clock: Pick<Clock, "now">;
  readonly #byInstallation = new Map<string, Map<number, number>>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  count(installation: string): void {
    const minutes = this.#byInstallation.get(installation) ?? new Map<number, number>();
    this.#byInstallation.set(installation, minutes);
    const now = this.#minute();
    minutes.set(now, (minutes.get(now) ?? 0) + 1);
    for (const minute of minutes.keys()) if (minute <= now - MINUTES_KEPT) minutes.delete(minute);
  }

  /** Within the last hour. */
  spent(installation: string): number {
    const oldest = this.#minute() - MINUTES_KEPT;
    const minutes = this.#byInstallation.get(installation) ?? new Map<number, number>();
    let sum = 0;
    for (const [minute, count] of minutes) if (minute > oldest) sum += count;
    return sum;
  }

  #minute(): number {
    return Math.floor(this.#clock.now().getTime() / MINUTE_MS);
  }
}
