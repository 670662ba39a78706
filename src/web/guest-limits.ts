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

/** Addresses beyond which those whose minute is over are forgotten. */
const MOST_KEPT = 10_000;

export interface GuestLimits {
  /** What came of it; or, where it was not begun, the seconds after which to ask again. Who goes away (`gone`) gives the place up. */
  run<T>(address: string, job: () => Promise<T>, gone?: AbortSignal): Promise<T | { readonly retryAfter: number }>;
}

interface Guest {
  left: number;
  running: number;
  /** When it may ask for as much again, in milliseconds of `elapsed`. */
  renewedAt: number;
}

/** What strangers may ask for without an account; a minute is counted by `elapsed`, whatever becomes of the clock. */
export function createGuestLimits(
  { perMinute, atOnce }: GuestPace,
  elapsed: () => number = () => performance.now(),
): GuestLimits {
  const guests = new Map<string, Guest>();
  const waiting: (() => void)[] = [];
  let running = 0;

  function guestOf(network: string): Guest {
    const now = elapsed();
    const guest = guests.get(network) ?? { left: 0, running: 0, renewedAt: now };
    if (guest.renewedAt <= now) Object.assign(guest, { left: perMinute, renewedAt: now + MINUTE_MS });
    if (guests.size >= MOST_KEPT) forgetIdle(now);
    guests.set(network, guest);
    return guest;
  }

  function forgetIdle(now: number): void {
    for (const [key, { renewedAt, running: own }] of guests) if (renewedAt <= now && own === 0) guests.delete(key);
  }

  async function inTurn<T>(job: () => Promise<T>, gone?: AbortSignal): Promise<T | undefined> {
    if (gone?.aborted === true) return undefined;
    if (running < atOnce) running += 1;
    else if (!(await isReached(gone))) return undefined;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  /** Whether the turn comes before who asked goes away. */
  function isReached(gone?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const take = () => {
        gone?.removeEventListener("abort", leave);
        resolve(true);
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(take), 1);
        resolve(false);
      };
      gone?.addEventListener("abort", leave, { once: true });
      waiting.push(take);
    });
  }

  return {
    async run(address, job, gone) {
      const guest = guestOf(networkOf(address));
      if (guest.left === 0) return { retryAfter: Math.ceil((guest.renewedAt - elapsed()) / 1_000) };
      if (guest.running === MOST_OF_ONE || waiting.length === MOST_WAITING) return { retryAfter: 1 };
      guest.left -= 1;
      guest.running += 1;
      try {
        return (await inTurn(job, gone)) ?? { retryAfter: 1 };
      } finally {
        guest.running -= 1;
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
