import type { Logger } from "pino";
import type { Engine } from "./analysis/analyser.ts";
import { createOwnRuleReader } from "./config/read-own-rules.ts";
import { DETECTORS } from "./detectors/registry.ts";
import { createAuditHost } from "./github/audit-host.ts";
import { createClients } from "./github/clients.ts";
import { createCodeHost } from "./github/code-host.ts";
import type { Connection } from "./github/connection.ts";
import type { HostTime } from "./github/host-time.ts";
import { createLimiters, type Pace } from "./github/limiters.ts";
import { createOrganizationConfig } from "./github/organization-config.ts";
import { RequestLedger } from "./github/request-ledger.ts";
import type { TakeSlot } from "./github/share-pace.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { createAdvisories, createPackageRegistry } from "./package-knowledge.ts";
import type { RuleSet } from "./rules/rule-set.ts";
import type { Lease, ReviewJob } from "./service/job-queue.ts";
import type { Observer, ReviewFields } from "./service/observer.ts";
import type { Clock, RepositoryRef } from "./service/ports.ts";
import type { ReviewOutcome } from "./service/review-outcome.ts";
import { createCleanCommits } from "./service/search-commits.ts";
import type { Heads, ReviewRecord, Store } from "./service/store.ts";
import { work } from "./service/work.ts";
import type { Settings } from "./settings.ts";
import { createSigns } from "./signs.ts";
import type { Pacing } from "./store/pacing.ts";

/** What a review is made with, beside the settings. */
interface World {
  readonly log: Logger;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly hostTime: HostTime;
  readonly store: Store;
  /** Where several processes write for the same installations. */
  readonly pacing: Pacing | undefined;
  readonly metrics: Pick<Metrics, "requested">;
  readonly observer: Observer;
  readonly engine: Engine;
  readonly ruleSet: RuleSet;
  readonly version: string;
  readonly onTrouble: (error: unknown) => void;
}

/** Puts together what does the work of a job, and what else asks the code host. */
export function createReviewing(settings: Settings, world: World) {
  const { log, clock, pace, hostTime, store, pacing, metrics, observer, engine, ruleSet, version, onTrouble } = world;
  const noneKnown = (error: unknown): readonly number[] => {
    onTrouble(error);
    return [];
  };
  const { appId, privateKey } = settings;
  const credentials = { appId, privateKey };
  const ledger = new RequestLedger(clock);
  const onAnswer = metrics.requested;
  const limiters = createLimiters(pace);
  const takeSlot = pacing && slotsOf(pacing, pace, onTrouble);
  const clients = createClients({
    ...settings,
    credentials,
    limiters,
    ledger,
    takeSlot,
    onAnswer,
    hostTime,
    clock,
    log,
  });
  const signs = createSigns([privateKey, ...settings.previousPrivateKeys]);
  const parts = {
    engine,
    clock,
    rules: new Map(ruleSet.rules.map((rule) => [rule.id, rule])),
    readOwnRules: createOwnRuleReader({ ruleSet, detectors: DETECTORS }),
    organizationConfig: createOrganizationConfig({ clients, clock, log }),
    cleanCommits: createCleanCommits(),
    signFor: signs.signFor,
    heads: {
      reviewing: (...head: Parameters<Heads["reviewing"]>) => store.reviewing(...head).catch(onTrouble),
      alsoHeadOf: (...head: Parameters<Heads["alsoHeadOf"]>) => store.alsoHeadOf(...head).catch(noneKnown),
    },
    record: (review: ReviewRecord) => store.reviewed(review).catch(onTrouble),
    advisories: settings.advisories === undefined ? undefined : createAdvisories(settings.advisories, { clock, store }),
    packages: settings.describesPackages === true ? createPackageRegistry({ clock, store }) : undefined,
    rulePages: settings.rulePages,
    version,
    observer,
  };
  const connectionFor = async (ref: RepositoryRef, lease?: AbortSignal): Promise<Connection> => ({
    ...(await clients.forRepository(ref, lease)),
    appId,
    botLogin: clients.botLogin,
    changing: (changed) => clients.forChanging(changed, lease),
    seeingMembers: clients.forMembers,
    ...signs,
    clock,
  });
  const hostFor = async (ref: RepositoryRef, lease?: AbortSignal) => createCodeHost(await connectionFor(ref, lease));
  const auditHostFor = async (ref: RepositoryRef) => createAuditHost(await connectionFor(ref));
  const perform = (lease: Lease) =>
    observer.review({ ...fieldsOf(lease.job), attempt: lease.attempt }, () =>
      logged(log, async () => work({ ...parts, host: await hostFor(lease.job.pullRequest, lease.signal), log }, lease)),
    );
  return { parts, clients, ledger, hostFor, auditHostFor, perform };
}

/** While the database is away, each process keeps its own pace. */
function slotsOf(pacing: Pacing, pace: Pace, onTrouble: (error: unknown) => void): TakeSlot {
  const everyMs = { write: pace.betweenWritesMs, notification: pace.betweenNotificationsMs };
  return async (installation, kind) => {
    if (everyMs[kind] === 0) return 0;
    return pacing(installation, kind, everyMs[kind]).catch((error: unknown) => {
      onTrouble(error);
      return 0;
    });
  };
}

/** What every line and span of a job carries. */
export function fieldsOf({ deliveryId: delivery, pullRequest: ref }: ReviewJob): Omit<ReviewFields, "attempt"> {
  const { owner, repo, number: pullRequest, installationId: installation } = ref;
  return { delivery, installation, repository: `${owner}/${repo}`, pullRequest };
}

async function logged(log: Logger, review: () => Promise<ReviewOutcome>): Promise<void> {
  try {
    log.info({ outcome: await review() }, "review ended");
  } catch (error) {
    log.error({ err: error }, "review failed");
    throw error;
  }
}
