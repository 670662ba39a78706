import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Tracing } from "./tracing.ts";

/** The exporter reads its address, headers and deadline from the environment, as does the resource; `ratio` of the reviews are traced. */
export function exportSpans(version: string, ratio: number): Tracing {
  const own = resourceFromAttributes({ "service.name": "safepath", "service.version": version });
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = provider.getTracer("safepath", version);
  return {
    span(name, attributes, run) {
      const span = tracer.startSpan(name, { attributes });
      return context.with(trace.setSpan(context.active(), span), async () => {
        try {
          return await run();
        } catch (error) {
          const type = error instanceof Error ? error.name : typeof error;
          span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("error.type", type);
          throw error;
        } finally {
          span.end();
        }
      });
    },
    async close() {
      await provider.shutdown();
      context.disable();
    },
  };
}
