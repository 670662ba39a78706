import { compare, valid } from "@renovatebot/pep440";
import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestChangeDetector, ManifestDetection } from "../../rules/detector.ts";

/** Versions that are fixed, and lower than they were. Of lock files nothing is said: a tool chose. */
export const downgraded: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "downgraded",
  prepare:
    () =>
    ({ base, head }) =>
      detect(base, head),
};

function* detect(base: ManifestFacts, head: ManifestFacts): Generator<ManifestDetection> {
  if (head.format === "lock") return;
  const before = Map.groupBy(requirementsOf(base), ({ name = "" }) => name);
  for (const [name, [entry, ...others]] of Map.groupBy(requirementsOf(head), ({ name = "" }) => name)) {
    const [was, ...more] = before.get(name) ?? [];
    // Several lines for one package differ by their markers: which one was which is not known.
    if (entry === undefined || was === undefined || others.length > 0 || more.length > 0) continue;
    const from = versionOf(was);
    const to = versionOf(entry);
    if (from === undefined || to === undefined || compare(to, from) >= 0) continue;
    yield { span: entry.span, fields: { package: entry.writtenName ?? name, before: from, after: to } };
  }
}

function requirementsOf({ entries }: ManifestFacts): readonly Requirement[] {
  return entries
    .filter((entry) => entry.kind === "requirement")
    .filter(({ name, origin }) => name !== undefined && origin.kind === "index");
}

function versionOf({ specifiers }: Requirement): string | undefined {
  const [only, ...others] = specifiers;
  if (only === undefined || others.length > 0 || only.operator !== "==" || only.wildcard) return undefined;
  return valid(only.version) === null ? undefined : only.version;
}
