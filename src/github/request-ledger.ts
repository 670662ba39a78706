import type { Clock } from "../service/ports.ts";

const MINUTE_MS = 60_000;
const MINUTES_KEPT = 60;

/** What GitHub says of an installation's hour, whichever process asked. */
export interface ToldUsage {
  readonly used: number;
  readonly resetAt: Date;
}

/** Counts the requests of each installation, minute by minute through the last hour, and remembers what GitHub says of all processes'. */
export class RequestLedger {
  readonly #clock: Pick<Clock, "now">;
  readonly #told = new Map<string, ToldUsage>();
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

  told(installation: string, usage: ToldUsage): void {
    this.#told.set(installation, usage);
  }

  /** Within the last hour: by this process, or by all where GitHub counts more in its own hour. */
  spent(installation: string): number {
    const told = this.#told.get(installation);
    const isCurrent = told !== undefined && told.resetAt > this.#clock.now();
    return Math.max(this.#counted(installation), isCurrent ? told.used : 0);
  }

  #counted(installation: string): number {
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
