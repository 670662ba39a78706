import type { Logger } from "pino";
import type { createReviewing } from "./create-reviewing.ts";
import { createAppHost } from "./github/app-host.ts";
import { createInstallations } from "./github/installations.ts";
import { createPendingArrivals, LOOK_FOR_ARRIVALS_MS, type PendingArrivals } from "./service/arrivals.ts";
import { createAudit, LOOK_FOR_AUDITS_MS } from "./service/audit.ts";
import { createBacklog } from "./service/backlog.ts";
import type { JobQueue, Lease } from "./service/job-queue.ts";
import type { Clock, Every, PullRequestRef } from "./service/ports.ts";
import { createRecovery } from "./service/recovery.ts";
import { createRestore } from "./service/restore-check.ts";
import type { Settings } from "./settings.ts";
import type { createStore } from "./store/create-store.ts";

/** So long after its process has ended a duty is another one's. */
const DUTY_MS = 3 * LOOK_FOR_ARRIVALS_MS;
const FORGET_MS = 60 * 60_000;

/** What duties are done with, beside the settings. */
interface World {
  readonly queue: JobQueue;
  readonly store: ReturnType<typeof createStore>;
  readonly reviewing: ReturnType<typeof createReviewing>;
  readonly version: string;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Logger;
  readonly onTrouble: (error: unknown) => void;
}

/** What nobody asks for by a delivery: looks at new installations and for lost deliveries, audits, and forgetting. */
export interface Duties {
  readonly arrivals: PendingArrivals;
  /** Waits at most `graceMs` for what is being done. */
  close(graceMs: number): Promise<void>;
}

/** Of several processes one has each duty; one that only takes deliveries has none but to forget. */
export async function startDuties(settings: Settings, world: World): Promise<Duties> {
  const { queue, store, reviewing, version, clock, every, log, onTrouble } = world;
  const { parts, clients, ledger, hostFor, auditHostFor, perform } = reviewing;
  const app = createAppHost({ clients, clock });
  const installations = createInstallations({ clients, appId: settings.appId, clock });
  const spent = (installationId: number) => ledger.spent(String(installationId));
  const checkQuietly = (pullRequest: PullRequestRef) => perform(quietLease(pullRequest));
  const restore = createRestore({ queue, installations, hostFor, checkQuietly, version, clock, log });
  const backlog = createBacklog({ installations, spent, restore, clock, log });
  const isMine = () => store.claim("recovery", DUTY_MS);
  const arrivals = createPendingArrivals({ store, backlog, isMine, every, log });
  const lookMs = settings.recoveryMinutes * 60_000;
  const recovery = createRecovery({ app, backlog, store, isMine, clock, every, lookMs, log });
  const { advisories } = parts;
  const audit =
    settings.audits === true && advisories !== undefined
      ? createAudit({
          ...{ ...parts, advisories, app, installations, spent, every, log },
          hostFor: auditHostFor,
          isMine: () => store.claim("audit", 3 * LOOK_FOR_AUDITS_MS),
        })
      : undefined;
  const stopForgetting = every(FORGET_MS, () => void store.forget().catch(onTrouble));
  if (settings.role !== "web") {
    // What an installation had before it is quiet: it comes before the look that is not.
    await arrivals.start();
    if (lookMs > 0) recovery.start();
    audit?.start();
  }
  return {
    arrivals,
    async close(graceMs) {
      stopForgetting();
      arrivals.stop();
      await Promise.all([recovery.close(), audit?.close(), backlog.close(graceMs)]);
    },
  };
}

/** Outside the queue: nobody waits for it, and it must not take the place of a review that somebody waits for. */
function quietLease(pullRequest: PullRequestRef): Lease {
  const key = `${pullRequest.repositoryId}:${pullRequest.number}:quiet`;
  return {
    job: { key, deliveryId: "backlog", pullRequest, quiet: true },
    attempt: 1,
    signal: new AbortController().signal,
  };
}
