import { type AuditHost, type AuditParts, auditRepository } from "./audit-repository.ts";
import { HOURLY_BUDGET } from "./backlog.ts";
import type { AppHost, Clock, Every, Installations, Log, RepositoryRef } from "./ports.ts";

/** Looks once a day for flaws that have become known in what default branches have locked. */
export interface Audit {
  start(): void;
  /** Waits for the repository that it is at. */
  close(): Promise<void>;
}

export interface AuditsParts extends AuditParts {
  readonly app: Pick<AppHost, "installations">;
  readonly installations: Pick<Installations, "repositories">;
  readonly hostFor: (ref: RepositoryRef) => Promise<AuditHost>;
  /** Requests that an installation has cost within the last hour, whatever they were for. */
  readonly spent: (installationId: number) => number;
  /** Whether this process is the one that audits; of several, one does. */
  readonly isMine: () => Promise<boolean>;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
}

const DAY_MS = 24 * 60 * 60_000;
/** Between looks whether a day has passed, or the duty of another process. */
export const LOOK_FOR_AUDITS_MS = 60 * 60_000;
const LOOK_AGAIN_MS = 60_000;

export function createAudit(parts: AuditsParts): Audit {
  const { app, installations, clock, every, isMine, log } = parts;
  const stopping = new AbortController();
  let stop: () => void = () => undefined;
  let auditing: Promise<void> | undefined;
  let ranAt = Number.NEGATIVE_INFINITY;

  async function auditAll(): Promise<void> {
    if (clock.now().getTime() - ranAt < DAY_MS || !(await isMine())) return;
    ranAt = clock.now().getTime();
    for (const { installationId } of await app.installations()) {
      for (const ref of await installations.repositories(installationId)) {
        await untilAffordable(installationId);
        if (stopping.signal.aborted) return;
        await auditOne(ref);
      }
    }
    log.info({}, "the daily audit ended");
  }

  /** A repository that cannot be audited keeps no other one from it. */
  async function auditOne(ref: RepositoryRef): Promise<void> {
    const fields = { installation: ref.installationId, repository: `${ref.owner}/${ref.repo}` };
    try {
      const outcome = await auditRepository(parts, await parts.hostFor(ref), ref);
      if (outcome === "published") log.info(fields, "an audit found known flaws");
      if (outcome === "unanswered") log.warn(fields, "an audit could not look up all releases");
    } catch (error) {
      log.warn({ ...fields, err: error }, "a repository could not be audited");
    }
  }

  /** Whoever waits for a review does not wait for an audit. */
  async function untilAffordable(installationId: number): Promise<void> {
    while (!stopping.signal.aborted && parts.spent(installationId) >= HOURLY_BUDGET) {
      await clock.sleep(LOOK_AGAIN_MS, stopping.signal).catch(() => undefined);
    }
  }

  function look(): void {
    auditing ??= auditAll()
      .catch((error: unknown) => log.warn({ err: error }, "the daily audit was given up"))
      .finally(() => {
        auditing = undefined;
      });
  }

  return {
    start() {
      stop = every(LOOK_FOR_AUDITS_MS, look);
      look();
    },
    async close() {
      stop();
      stopping.abort();
      await auditing;
    },
  };
}
