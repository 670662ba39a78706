import { withLogFields } from "./log.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Observer } from "./service/observer.ts";
import type { Clock } from "./service/ports.ts";
import type { Tracing } from "./tracing/tracing.ts";

interface Watchers {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly clock: Pick<Clock, "now">;
}

/** Metrics, traces and the fields of log lines, of one and the same run. */
export function createObserver({ metrics, tracing, clock }: Watchers): Observer {
  const timer = () => {
    const began = clock.now().getTime();
    return () => (clock.now().getTime() - began) / 1_000;
  };
  return {
    received: (delivery) => metrics.received(delivery),
    found: (findings) => metrics.found(findings),
    review(fields, run) {
      const seconds = timer();
      return withLogFields(fields, () =>
        tracing.span("review", { ...fields }, async () => {
          try {
            const outcome = await run();
            metrics.reviewed("done", seconds());
            return outcome;
          } catch (error) {
            metrics.reviewed("failed", seconds());
            throw error;
          }
        }),
      );
    },
    step(step, run) {
      const seconds = timer();
      return tracing.span(step, {}, run).finally(() => metrics.stepped(step, seconds()));
    },
  };
}
