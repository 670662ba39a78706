import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestChangeDetector, ManifestDetection } from "../../rules/detector.ts";

/** Versions that were fixed and are a range, or any, at the head. Of libraries, whose ranges are right, nothing is said. */
export const loosenedPin: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "loosened-pin",
  prepare:
    () =>
    ({ base, head }) =>
      detect(base, head),
};

function* detect(base: ManifestFacts, head: ManifestFacts): Generator<ManifestDetection> {
  if (base.format !== "requirements" || head.format !== "requirements") return;
  if (head.entries.some((entry) => entry.kind === "include" && entry.role === "constraints")) return;
  const before = Map.groupBy(requirementsOf(base), ({ name }) => name ?? "");
  const after = Map.groupBy(requirementsOf(head), ({ name }) => name ?? "");
  for (const [name, [entry, ...others]] of after) {
    const [was, ...more] = before.get(name) ?? [];
    // Several lines for one package differ by their markers: which one was which is not known.
    if (entry === undefined || was === undefined || others.length > 0 || more.length > 0) continue;
    const pin = pinOf(was);
    if (pin === undefined || pinOf(entry) !== undefined || entry.hashes.length > 0 || entry.variables.length > 0)
      continue;
    const range = entry.specifiers.map(({ operator, version }) => `${operator}${version}`).join(",");
    yield {
      span: entry.span,
      fields: { package: entry.writtenName ?? name, before: `==${pin}`, after: range === "" ? "any version" : range },
    };
  }
}

function requirementsOf({ entries }: ManifestFacts): readonly Requirement[] {
  return entries.filter(
    (entry) => entry.kind === "requirement" && entry.name !== undefined && entry.origin.kind === "index",
  ) as readonly Requirement[];
}

function pinOf({ specifiers }: Requirement): string | undefined {
  return specifiers.find(({ operator, wildcard }) => (operator === "==" && !wildcard) || operator === "===")?.version;
}
