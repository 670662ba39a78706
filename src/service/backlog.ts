import { CodeHostError } from "./code-host-error.ts";
import type { Clock, Installations, Log, OpenPullRequest, PullRequestRef, RepositoryRef } from "./ports.ts";

/** What is there when the App is installed: its pull requests get a check without a flood. */
export interface Backlog {
  /** All repositories of the installation where none are named. */
  add(installationId: number, repositories?: readonly RepositoryRef[]): void;
  /** Where the App has gone nothing is left to do. */
  drop(installationId: number, repositoryIds?: readonly number[]): void;
  /** Begins nothing more, and waits for what it is at, at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export interface BacklogParts {
  readonly installations: Installations;
  /** Requests that an installation has cost within the last hour, whatever they were for. */
  readonly spent: (installationId: number) => number;
  /** Gives the head of a pull request its check, and says nothing. */
  readonly check: (ref: PullRequestRef) => Promise<void>;
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

/** Of one installation. First everything is listed, for the newest pull request may be in the last repository. */
interface Pile {
  isListed: boolean;
  repositories: RepositoryRef[];
  /** The newest first. */
  pulls: OpenPullRequest[];
  readonly stop: AbortController;
  ended: Promise<void>;
}

class WorkingBacklog implements Backlog {
  readonly #parts: BacklogParts;
  readonly #piles = new Map<number, Pile>();

  constructor(parts: BacklogParts) {
    this.#parts = parts;
  }

  add(installationId: number, repositories?: readonly RepositoryRef[]): void {
    const known = this.#piles.get(installationId);
    const pile = known ?? {
      isListed: true,
      repositories: [],
      pulls: [],
      stop: new AbortController(),
      ended: Promise.resolve(),
    };
    if (repositories === undefined) pile.isListed = false;
    else pile.repositories.push(...repositories);
    if (known !== undefined) return;
    this.#piles.set(installationId, pile);
    pile.ended = this.#work(installationId, pile).finally(() => {
      if (this.#piles.get(installationId) === pile) this.#piles.delete(installationId);
    });
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
    pile.repositories = pile.repositories.filter(({ repositoryId }) => !gone.has(repositoryId));
    pile.pulls = pile.pulls.filter(({ ref }) => !gone.has(ref.repositoryId));
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
    const { installations, check } = this.#parts;
    if (!pile.isListed) {
      await this.#patiently(installationId, pile, async () => {
        pile.repositories.push(...(await installations.repositories(installationId)));
      });
      pile.isListed = true;
      return;
    }
    const repository = pile.repositories.pop();
    if (repository !== undefined) {
      await this.#patiently(installationId, pile, async () => {
        pile.pulls = newestFirst([...pile.pulls, ...(await installations.openPullRequests(repository))]);
      });
      return;
    }
    const pull = pile.pulls.shift();
    if (pull !== undefined) await this.#patiently(installationId, pile, () => check(pull.ref));
  }

  /** A limit is waited out; anything else costs the one step: the next push brings the check. */
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

function isEmpty({ isListed, repositories, pulls }: Pile): boolean {
  return isListed && repositories.length === 0 && pulls.length === 0;
}

/** Dates as GitHub writes them order as texts do; a pull request that was listed twice counts once. */
function newestFirst(pulls: readonly OpenPullRequest[]): OpenPullRequest[] {
  const unique = new Map(pulls.map((pull) => [`${pull.ref.repositoryId}:${pull.ref.number}`, pull]));
  return [...unique.values()].sort((a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : 0));
}
