import type { Finding } from "../analysis/finding.ts";

/** Where the value of a flow comes in, as one text; undefined where no value does. */
export function sourceOf({ trace }: Finding): string | undefined {
  const [first] = trace ?? [];
  return first?.role === "source" ? `${first.location.path}:${first.location.span.start.offset}` : undefined;
}

/** Whether the same value comes to all of them. */
export function haveOneSource(findings: readonly Finding[]): boolean {
  const sources = new Set(findings.map(sourceOf));
  return sources.size === 1 && !sources.has(undefined);
}
