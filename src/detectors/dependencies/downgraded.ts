import { compare, valid } from "@renovatebot/pep440";
import type { Requirement } from "../../manifests/manifest.ts";
import type { ManifestChangeDetector, ManifestDetection, ManifestSides } from "../../rules/detector.ts";
import { exactVersion, pairsOf } from "./requirements.ts";

/** Versions that are fixed, and lower than they were. Of lock files nothing is said: a tool chose. */
export const downgraded: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "downgraded",
  prepare: () => detect,
};

function* detect({ base, head }: ManifestSides): Generator<ManifestDetection> {
  if (head.format === "lock") return;
  for (const { was, entry } of pairsOf(base, head)) {
    const from = versionOf(was);
    const to = versionOf(entry);
    if (from === undefined || to === undefined || compare(to, from) >= 0) continue;
    yield { span: entry.span, fields: { package: entry.writtenName ?? entry.name, before: from, after: to } };
  }
}

function versionOf(requirement: Requirement): string | undefined {
  const version = exactVersion(requirement);
  return version === undefined || valid(version) === null ? undefined : version;
}
