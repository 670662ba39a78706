import { CodeHostError } from "./code-host-error.ts";
import type { Clock, Installations, Log, OpenPullRequest, RepositoryRef } from "./ports.ts";

/** Open pull requests get the check that they should have, without a flood. */
export interface Backlog {
  /** Resolves when all is done or given up. */
  add(look: Look): Promise<LookEnd>;
  /** Where the App has gone nothing is left to do. */
  drop(installationId: number, repositoryIds?: readonly number[]): void;
  /** Begins nothing more, and waits for what it is at, at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** What is to be looked through, all repositories of the installation where none are named. */
export interface Look {
  readonly installationId: number;
  readonly repositories?: readonly RepositoryRef[];
  /** What was opened before gets a check, and no comment; without a time, all that is there. */
  readonly since?: Date;
}

export interface LookEnd {
  /** Nothing is left of it: neither a stop nor an error came between. */
  readonly isComplete: boolean;
  /** That were looked through. */
  readonly repositories: number;
}

export interface BacklogParts {
  readonly installations: Pick<Installations, "repositories" | "openPullRequests">;
  /** Requests that an installation has cost within the last hour, whatever they were for. */
  readonly spent: (installationId: number) => number;
  /** Gives the head of a pull request its check, where it has none. */
  readonly restore: (pull: OpenPullRequest, since: Date) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Requests of an installation in an hour above which the backlog waits: two fifths of the 5,000 that the smallest one has, so that
 * new pull requests never wait for old ones.
 */
export const HOURLY_BUDGET = 2_000;

export function createBacklog(parts: BacklogParts): Backlog {
  return new WorkingBacklog(parts);
}

/** What the review of one usual pull request costs at most: it is not begun where it would not fit. */
const ONE_STEP = 50;
const LOOK_AGAIN_MS = 60_000;
const END_OF_TIME = new Date(8.64e15);

interface Since<T> {
  readonly it: T;
  readonly since: Date;
}

/** Of one installation. First everything is listed, for the newest pull request may be in the last repository. */
interface Pile {
  /** All repositories are still to be listed. */
  unlisted: Date | undefined;
  repositories: Since<RepositoryRef>[];
  /** The newest first. */
  pulls: Since<OpenPullRequest>[];
  looked: number;
  readonly stop: AbortController;
  ended: Promise<void>;
}

class WorkingBacklog implements Backlog {
  readonly #parts: BacklogParts;
  readonly #piles = new Map<number, Pile>();

  constructor(parts: BacklogParts) {
    this.#parts = parts;
  }

  async add({ installationId, repositories, since = END_OF_TIME }: Look): Promise<LookEnd> {
    const known = this.#piles.get(installationId);
    const pile = known ?? emptyPile();
    if (repositories === undefined) pile.unlisted = later(pile.unlisted, since);
    else pile.repositories.push(...repositories.map((it) => ({ it, since })));
    if (known === undefined) {
      this.#piles.set(installationId, pile);
      pile.ended = this.#work(installationId, pile).finally(() => {
        if (this.#piles.get(installationId) === pile) this.#piles.delete(installationId);
      });
    }
    await pile.ended;
    return { isComplete: isEmpty(pile), repositories: pile.looked };
  }

  drop(installationId: number, repositoryIds?: readonly number[]): void {
    const pile = this.#piles.get(installationId);
    if (pile === undefined) return;
    if (repositoryIds === undefined) {
      this.#piles.delete(installationId);
      pile.stop.abort();
      return;
    }
    const gone = new Set(repositoryIds);
    pile.repositories = pile.repositories.filter(({ it }) => !gone.has(it.repositoryId));
    pile.pulls = pile.pulls.filter(({ it }) => !gone.has(it.ref.repositoryId));
  }

  async close(graceMs: number): Promise<void> {
    const piles = [...this.#piles.values()];
    for (const { stop } of piles) stop.abort();
    const timer = new AbortController();
    const late = this.#parts.clock.sleep(graceMs, timer.signal).catch(() => undefined);
    await Promise.race([Promise.all(piles.map(({ ended }) => ended)), late]);
    timer.abort();
  }

  async #work(installationId: number, pile: Pile): Promise<void> {
    const { signal } = pile.stop;
    const { log } = this.#parts;
    try {
      while (!signal.aborted && !isEmpty(pile)) {
        await this.#untilAffordable(installationId, signal);
        await this.#step(installationId, pile);
      }
    } catch (error) {
      if (!signal.aborted) log.error({ err: error, installation: installationId }, "the backlog was given up");
    }
  }

  /** One at a time, so that the next look at what was spent sees all of it. */
  async #step(installationId: number, pile: Pile): Promise<void> {
    const { installations, restore } = this.#parts;
    const since = pile.unlisted;
    if (since !== undefined) {
      pile.unlisted = undefined;
      await this.#patiently(installationId, pile, async () => {
        const found = await installations.repositories(installationId);
        pile.repositories.push(...found.map((it) => ({ it, since })));
      });
      return;
    }
    const repository = pile.repositories.pop();
    if (repository !== undefined) {
      pile.looked += 1;
      await this.#patiently(installationId, pile, async () => {
        const found = await installations.openPullRequests(repository.it);
        pile.pulls = newestFirst([...pile.pulls, ...found.map((it) => ({ it, since: repository.since }))]);
      });
      return;
    }
    const pull = pile.pulls.shift();
    if (pull !== undefined) await this.#patiently(installationId, pile, () => restore(pull.it, pull.since));
  }

  /** A limit is waited out; anything else costs the one step: the next look brings the check. */
  async #patiently(installationId: number, { stop }: Pile, act: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#parts;
    for (;;) {
      try {
        return await act();
      } catch (error) {
        stop.signal.throwIfAborted();
        if (!(error instanceof CodeHostError) || error.kind !== "rate-limited") {
          log.warn({ err: error, installation: installationId }, "a step of the backlog failed");
          return;
        }
        const until = error.retryAt?.getTime() ?? 0;
        await clock.sleep(Math.max(LOOK_AGAIN_MS, until - clock.now().getTime()), stop.signal);
      }
    }
  }

  async #untilAffordable(installationId: number, signal: AbortSignal): Promise<void> {
    const { spent, clock } = this.#parts;
    while (spent(installationId) + ONE_STEP > HOURLY_BUDGET) await clock.sleep(LOOK_AGAIN_MS, signal);
  }
}

function emptyPile(): Pile {
  return {
    unlisted: undefined,
    repositories: [],
    pulls: [],
    looked: 0,
    stop: new AbortController(),
    ended: Promise.resolve(),
  };
}

function isEmpty({ unlisted, repositories, pulls }: Pile): boolean {
  return unlisted === undefined && repositories.length === 0 && pulls.length === 0;
}

/** Dates as GitHub writes them order as texts do; a pull request that was listed twice counts once, the quieter. */
function newestFirst(pulls: readonly Since<OpenPullRequest>[]): Since<OpenPullRequest>[] {
  const unique = new Map<string, Since<OpenPullRequest>>();
  for (const { it, since } of pulls) {
    const key = `${it.ref.repositoryId}:${it.ref.number}`;
    unique.set(key, { it, since: later(unique.get(key)?.since, since) });
  }
  return [...unique.values()].sort(({ it: a }, { it: b }) =>
    a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : 0,
  );
}

function later(a: Date | undefined, b: Date): Date {
  return a !== undefined && a > b ? a : b;
}
