import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { createReviewing, fieldsOf } from "./create-reviewing.ts";
import { createChildPool } from "./engine/child-pool.ts";
import { loadRules } from "./engine/load-rules.ts";
import { readVersion } from "./engine/read-version.ts";
import { HostTime } from "./github/host-time.ts";
import { DEFAULT_PACE, type Pace } from "./github/limiters.ts";
import { createWebhook, type WebhookOptions } from "./github/webhook.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";
import { createObserver } from "./observe.ts";
import { openDatabase } from "./open-database.ts";
import { completeGivenUp } from "./service/complete-unverified.ts";
import type { ReviewJob } from "./service/job-queue.ts";
import type { Clock, Every } from "./service/ports.ts";
import { type Delivery, receiveDelivery } from "./service/receive-delivery.ts";
import { WEBHOOK_PATH } from "./service/registration.ts";
import { limitedUntil, whenToRetry } from "./service/when-to-retry.ts";
import type { Settings } from "./settings.ts";
import { startDuties } from "./start-duties.ts";
import { createStore } from "./store/create-store.ts";
import { createSystemClock } from "./system-clock.ts";
import { startTracing } from "./tracing/tracing.ts";
import { healthRoutes } from "./web/health.ts";
import { createHttpServer, type Routes, timed } from "./web/http-server.ts";
import { createMetricsServer } from "./web/metrics-server.ts";
import { createPages, type PagesOptions } from "./web/pages.ts";

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

const systemEvery: Every = (milliseconds, run) => {
  const timer = setInterval(run, milliseconds).unref();
  return () => clearInterval(timer);
};

export async function startServer(settings: Settings, surroundings: Surroundings): Promise<RunningServer> {
  const hostTime = new HostTime();
  const ownClock = createSystemClock(() => hostTime.now());
  const { log, clock = ownClock, every = systemEvery, pace = DEFAULT_PACE, elapsed } = surroundings;
  const ruleSet = await loadRules();
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
  const reviewing = createReviewing(settings, world);
  const { hostFor, perform } = reviewing;
  if (settings.role !== "web") queue.work(settings.reviews, perform);
  const duties = await startDuties(settings, { ...world, queue, reviewing, every });
  const receive = async (delivery: Delivery) => {
    const outcome = await receiveDelivery({ queue, arrivals: duties.arrivals }, delivery);
    const received = { id: delivery.id, event: delivery.event.kind, outcome };
    store.received(received);
    observer.received(received);
    return outcome;
  };
  const listening = await listen(settings, { receive, metrics, engine, rules: ruleSet.rules, clock, log });
  return {
    port: listening.port,
    metricsPort: listening.metricsPort,
    async close(graceMs) {
      const closed = listening.takeNoMore();
      await Promise.all([duties.close(graceMs), queue.stop(graceMs)]);
      await store.close();
      await queue.close(0);
      listening.hangUp();
      await Promise.all([closed, engine.close(), tracing.close()]);
    },
  };
}

/** What answers requests. */
interface Answering extends Pick<PagesOptions, "engine" | "rules" | "clock"> {
  readonly receive: WebhookOptions["receive"];
  readonly metrics: Metrics;
  readonly log: Logger;
}

interface Listening extends Pick<RunningServer, "port" | "metricsPort"> {
  /** Says that it is not well; resolves when the last connection is closed. */
  takeNoMore(): Promise<void>;
  /** Ends the connections that are left. */
  hangUp(): void;
}

async function listen(settings: Settings, { receive, metrics, log, ...pages }: Answering): Promise<Listening> {
  const { appId, privateKey, port, metricsPort, host } = settings;
  const credentials = { appId, privateKey };
  const webhook = createWebhook({ ...settings, credentials, secrets: settings.webhookSecrets, receive, log });
  const taken: Routes =
    settings.role === "worker" ? {} : { [`POST ${WEBHOOK_PATH}`]: timed(webhook, metrics.answered) };
  let isClosing = false;
  const routes = { ...taken, ...healthRoutes(() => !isClosing) };
  const onError = (error: unknown, request?: IncomingMessage) =>
    log.error({ err: error, delivery: request?.headers["x-github-delivery"] }, "a request failed");
  const server = createHttpServer(routes, onError, createPages({ ...settings, ...pages, onError }));
  await listenAt(server, port, host);
  const metricsServer = createMetricsServer(metrics, onError);
  if (metricsPort !== undefined) await listenAt(metricsServer, metricsPort, host);
  return {
    port: portOf(server),
    metricsPort: metricsPort === undefined ? undefined : portOf(metricsServer),
    takeNoMore() {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      return closed;
    },
    hangUp() {
      server.closeAllConnections();
      metricsServer.close();
      metricsServer.closeAllConnections();
    },
  };
}

function listenAt(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
