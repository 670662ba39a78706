import Bottleneck from "bottleneck";

export interface GuestPace {
  /** Requests of one address within a minute. */
  readonly perMinute: number;
  /** Requests at a time, of all addresses together: reviews need the processors, too. */
  readonly atOnce: number;
}

/** Somebody who types asks two or three times a second for a moment, then reads. */
export const GUEST_PACE: GuestPace = { perMinute: 90, atOnce: 1 };

const MINUTE_MS = 60_000;

/** Of all addresses; who comes when so many wait is asked to come again. */
const MOST_WAITING = 20;

/** Of one address: its browser gives up on the request before the latest. */
const MOST_OF_ONE = 3;

export interface GuestLimits {
  /** What came of it; or, where it was not begun, the seconds after which to ask again. */
  run<T>(address: string, job: () => Promise<T>): Promise<T | { readonly retryAfter: number }>;
}

/** What strangers may ask for without an account. */
export function createGuestLimits({ perMinute, atOnce }: GuestPace): GuestLimits {
  const strategy = Bottleneck.strategy.OVERFLOW;
  const guests = new Bottleneck.Group({
    reservoir: perMinute,
    reservoirRefreshAmount: perMinute,
    reservoirRefreshInterval: MINUTE_MS,
    maxConcurrent: MOST_OF_ONE,
    highWater: 0,
    strategy,
  });
  const all = new Bottleneck({ maxConcurrent: atOnce, highWater: MOST_WAITING, strategy });
  return {
    async run(address, job) {
      const guest = guests.key(networkOf(address));
      try {
        return await guest.schedule(() => all.schedule(job));
      } catch (error) {
        if (!(error instanceof Bottleneck.BottleneckError)) throw error;
        const isSpent = (await guest.currentReservoir()) === 0;
        return { retryAfter: isSpent ? MINUTE_MS / 1_000 / 4 : 1 };
      }
    },
  };
}

/** Whoever has one address of IPv6 has its whole /64. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - groups.length - rest.length }, () => "0");
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":");
}
