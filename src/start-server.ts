import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { createReviewing, fieldsOf } from "./create-reviewing.ts";
import { createChildPool } from "./engine/child-pool.ts";
import { loadRules } from "./engine/load-rules.ts";
import { readVersion } from "./engine/read-version.ts";
import { createAppHost } from "./github/app-host.ts";
import { HostTime } from "./github/host-time.ts";
import { createInstallations } from "./github/installations.ts";
import { DEFAULT_PACE, type Pace } from "./github/limiters.ts";
import { createWebhook } from "./github/webhook.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { createObserver } from "./observe.ts";
import { openDatabase } from "./open-database.ts";
import { createPendingArrivals, LOOK_FOR_ARRIVALS_MS } from "./service/arrivals.ts";
import { createAudit, LOOK_FOR_AUDITS_MS } from "./service/audit.ts";
import { createBacklog } from "./service/backlog.ts";
import { completeGivenUp } from "./service/complete-unverified.ts";
import type { Lease, ReviewJob } from "./service/job-queue.ts";
import type { Clock, Every, PullRequestRef } from "./service/ports.ts";
import { type Delivery, receiveDelivery } from "./service/receive-delivery.ts";
import { createRecovery } from "./service/recovery.ts";
import { WEBHOOK_PATH } from "./service/registration.ts";
import { createRestore } from "./service/restore-check.ts";
import { limitedUntil, whenToRetry } from "./service/when-to-retry.ts";
import type { Settings } from "./settings.ts";
import { createStore } from "./store/create-store.ts";
import { createSystemClock } from "./system-clock.ts";
import { startTracing } from "./tracing/tracing.ts";
import { healthRoutes } from "./web/health.ts";
import { createHttpServer, type Routes, timed } from "./web/http-server.ts";
import { createMetricsServer } from "./web/metrics-server.ts";
import { createPages } from "./web/pages.ts";

/** What a server runs with besides its settings; a demonstration and tests bring their own. */
export interface Surroundings {
  readonly log: Logger;
  readonly clock?: Clock;
  readonly every?: Every;
  readonly pace?: Pace;
  /** Milliseconds from any moment on: how long a lease may not be renewed until its job is given up. */
  readonly elapsed?: () => number;
}

export interface RunningServer {
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Takes no more deliveries and waits for the reviews in progress, at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** So long after its process has ended a duty is another one's. */
const DUTY_MS = 3 * LOOK_FOR_ARRIVALS_MS;
const FORGET_MS = 60 * 60_000;

const systemEvery: Every = (milliseconds, run) => {
  const timer = setInterval(run, milliseconds).unref();
  return () => clearInterval(timer);
};

export async function startServer(settings: Settings, surroundings: Surroundings): Promise<RunningServer> {
  const hostTime = new HostTime();
  const ownClock = createSystemClock(() => hostTime.now());
  const { log, clock = ownClock, every = systemEvery, pace = DEFAULT_PACE, elapsed } = surroundings;
  const ruleSet = await loadRules();
  const { rules } = ruleSet;
  const onTrouble = (error: unknown) => log.error({ err: error }, "the queue's database failed");
  const onDead = (job: ReviewJob, error: unknown) => {
    log.error({ ...fieldsOf(job), err: error }, "a review was given up");
    const told = hostFor(job.pullRequest).then((host) => completeGivenUp(host, job, version));
    told.catch((err: unknown) => log.warn({ ...fieldsOf(job), err }, "the check was left unfinished"));
  };
  const options = {
    ...{ clock, every, whenToRetry, limitedUntil, onTrouble, onDead },
    ...(elapsed === undefined ? {} : { elapsed }),
  };
  const { queue, queries, pacing } = await openDatabase(settings.queue, options);
  const store = createStore(queries, { clock, every, retentionDays: settings.retentionDays, onTrouble });
  const metrics = createMetrics(() => queue.depth());
  const version = readVersion();
  const tracing = await startTracing(process.env, version);
  const observer = createObserver({ metrics, tracing, clock });
  const engine = createChildPool({
    size: settings.analysers,
    onTrouble: (trouble) => log.error({ trouble: trouble.kind, path: trouble.path }, "the analysis of a file failed"),
    onRestart: (reason) => metrics.childRestarted(reason),
  });
  const world = { log, clock, pace, hostTime, store, pacing, metrics, observer, engine, ruleSet, version, onTrouble };
  const { parts, clients, ledger, hostFor, auditHostFor, perform } = createReviewing(settings, world);
  const { appId, privateKey } = settings;
  if (settings.role !== "web") queue.work(settings.reviews, perform);
  const installations = createInstallations({ clients, appId, clock });
  const restore = createRestore({
    queue,
    installations,
    hostFor,
    checkQuietly: (pullRequest) => perform(quietLease(pullRequest)),
    version,
    clock,
    log,
  });
  const spent = (installationId: number) => ledger.spent(String(installationId));
  const backlog = createBacklog({ installations, spent, restore, clock, log });
  const app = createAppHost({ clients, clock });
  const lookMs = settings.recoveryMinutes * 60_000;
  const isMine = () => store.claim("recovery", DUTY_MS);
  const arrivals = createPendingArrivals({ store, backlog, isMine, every, log });
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
  let isClosing = false;
  const receive = async (delivery: Delivery) => {
    const outcome = await receiveDelivery({ queue, arrivals }, delivery);
    const received = { id: delivery.id, event: delivery.event.kind, outcome };
    store.received(received);
    observer.received(received);
    return outcome;
  };
  const credentials = { appId, privateKey };
  const webhook = createWebhook({ ...settings, credentials, secrets: settings.webhookSecrets, receive, log });
  const taken: Routes =
    settings.role === "worker" ? {} : { [`POST ${WEBHOOK_PATH}`]: timed(webhook, metrics.answered) };
  const routes = { ...taken, ...healthRoutes(() => !isClosing) };
  const onError = (error: unknown, request?: IncomingMessage) =>
    log.error({ err: error, delivery: request?.headers["x-github-delivery"] }, "a request failed");
  const server = createHttpServer(routes, onError, createPages({ ...settings, engine, rules, clock, onError }));
  await listen(server, settings.port, settings.host);
  const metricsServer = createMetricsServer(metrics, onError);
  if (settings.metricsPort !== undefined) await listen(metricsServer, settings.metricsPort, settings.host);

  return {
    port: portOf(server),
    metricsPort: settings.metricsPort === undefined ? undefined : portOf(metricsServer),
    async close(graceMs) {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      stopForgetting();
      arrivals.stop();
      await Promise.all([recovery.close(), audit?.close(), backlog.close(graceMs), queue.stop(graceMs)]);
      await store.close();
      await queue.close(0);
      server.closeAllConnections();
      metricsServer.close();
      metricsServer.closeAllConnections();
      await Promise.all([closed, engine.close(), tracing.close()]);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
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
