import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { PlannedFinding } from "../review/review-plan.ts";
import type { QueueDepth } from "../service/job-queue.ts";
import type { ReviewStep } from "../service/observer.ts";
import type { ReceivedDelivery } from "../service/store.ts";

/** Installations that have series of their own; requests of any others are counted together. */
const MOST_INSTALLATIONS = 1_000;
const OTHERS = "others";

const REVIEW_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export interface Metrics {
  readonly contentType: string;
  /** As Prometheus reads it. */
  text(): Promise<string>;
  received(delivery: ReceivedDelivery): void;
  answered(status: number, seconds: number): void;
  reviewed(end: "done" | "failed", seconds: number): void;
  stepped(step: ReviewStep, seconds: number): void;
  found(findings: readonly PlannedFinding[]): void;
  /** A request to GitHub, `app` for the App itself; what is left of the hour's limit where the answer tells it. */
  requested(installation: string, status: number, remaining: number | undefined): void;
  childRestarted(reason: "crashed" | "too-slow" | "memory"): void;
}

/** `depth` is asked when somebody reads the metrics. */
export function createMetrics(depth: () => Promise<QueueDepth>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    ...name("deliveries_total", "Deliveries that were accepted, by kind and what became of them"),
    labelNames: ["event", "outcome"],
    registers,
  });
  const answers = new Histogram({
    ...name("delivery_answer_seconds", "From a delivery's first byte to its answer"),
    labelNames: ["status"],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const reviews = new Histogram({
    ...name("review_seconds", "Attempts of reviews"),
    labelNames: ["end"],
    buckets: REVIEW_SECONDS,
    registers,
  });
  const steps = new Histogram({
    ...name("review_step_seconds", "Steps of reviews"),
    labelNames: ["step"],
    buckets: REVIEW_SECONDS,
    registers,
  });
  const findings = new Counter({
    ...name("findings_total", "Findings of published reviews: one that stands counts at each push"),
    labelNames: ["rule", "level"],
    registers,
  });
  const requests = new Counter({
    ...name("github_requests_total", "Requests to GitHub; status 0 where none was answered"),
    labelNames: ["installation", "status"],
    registers,
  });
  const remaining = new Gauge({
    ...name("github_requests_remaining", "What GitHub last said is left of an installation's hour"),
    labelNames: ["installation"],
    registers,
  });
  const restarts = new Counter({
    ...name("analysis_child_restarts_total", "Analysing processes that had to be replaced"),
    labelNames: ["reason"],
    registers,
  });
  new Gauge({
    ...name("queue_jobs", "Jobs in the queue"),
    labelNames: ["state"],
    registers,
    async collect() {
      const { waiting, running, dead } = await depth();
      for (const [state, count] of Object.entries({ waiting, running, dead })) this.set({ state }, count);
    },
  });
  new Gauge({
    ...name("queue_oldest_seconds", "For how long the oldest job waits that could run"),
    registers,
    async collect() {
      this.set((await depth()).oldestSeconds);
    },
  });
  const labelOf = installationLabels();

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    received: ({ event, outcome }) => deliveries.inc({ event, outcome }),
    answered: (status, seconds) => answers.observe({ status }, seconds),
    reviewed: (end, seconds) => reviews.observe({ end }, seconds),
    stepped: (step, seconds) => steps.observe({ step }, seconds),
    found(found) {
      for (const { ruleId: rule, level } of found) findings.inc({ rule, level });
    },
    requested(id, status, left) {
      const installation = labelOf(id);
      requests.inc({ installation, status: String(status) });
      if (left !== undefined && installation !== OTHERS) remaining.set({ installation }, left);
    },
    childRestarted: (reason) => restarts.inc({ reason }),
  };
}

function name(suffix: string, help: string) {
  return { name: `safepath_${suffix}`, help };
}

/** A label with as many values as there are customers would fill the memory of whoever reads it. */
function installationLabels(): (installation: string) => string {
  const known = new Set<string>();
  return (installation) => {
    if (!known.has(installation) && known.size >= MOST_INSTALLATIONS) return OTHERS;
    known.add(installation);
    return installation;
  };
}
