/** Spans of what the service does, sent where the standard variables of OpenTelemetry say. */
export interface Tracing {
  /** The run is a child of the span that it is called in; an error ends it as failed, by its type alone. */
  span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T>;
  /** Sends what is still to be sent. */
  close(): Promise<void>;
}

export type Attributes = Readonly<Record<string, string | number>>;

type Environment = Readonly<Record<string, string | undefined>>;

const NO_TRACING: Tracing = { span: (_name, _attributes, run) => run(), close: async () => undefined };

/** The libraries are loaded when an exporter is asked for, and not before. */
export async function startTracing(environment: Environment, version: string): Promise<Tracing> {
  if (!isAskedFor(environment)) return NO_TRACING;
  const { exportSpans } = await import("./export-spans.ts");
  return exportSpans(version, sampledRatio(environment));
}

function isAskedFor(environment: Environment): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER } =
    environment;
  if (OTEL_SDK_DISABLED === "true" || OTEL_TRACES_EXPORTER === "none") return false;
  return [OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT].some(
    (url) => url !== undefined && url !== "",
  );
}

/** All, or the share that `OTEL_TRACES_SAMPLER_ARG` says where the sampler goes by one. */
function sampledRatio({ OTEL_TRACES_SAMPLER = "", OTEL_TRACES_SAMPLER_ARG = "" }: Environment): number {
  if (OTEL_TRACES_SAMPLER.endsWith("always_off")) return 0;
  const ratio = Number.parseFloat(OTEL_TRACES_SAMPLER_ARG);
  return OTEL_TRACES_SAMPLER.endsWith("traceidratio") && ratio >= 0 && ratio <= 1 ? ratio : 1;
}
