import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestChangeDetector, ManifestDetection, ManifestSides } from "../../rules/detector.ts";
import { exactVersion, requirementsOf } from "./requirements.ts";

/** The same version of a package with other files: no digest of the base is left. */
export const exchangedHash: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "exchanged-hash",
  prepare: () => detect,
};

function* detect({ base, head }: ManifestSides): Generator<ManifestDetection> {
  const before = Map.groupBy(hashedOf(base), keyOf);
  for (const entry of hashedOf(head)) {
    const known = (before.get(keyOf(entry)) ?? []).flatMap(({ hashes }) => hashes);
    // More digests are more files of the release; a change of the algorithm says nothing of the files.
    if (known.length === 0 || !sharesAlgorithm(known, entry.hashes)) continue;
    if (entry.hashes.some((hash) => known.includes(hash))) continue;
    const version = exactVersion(entry) ?? "";
    yield { span: entry.span, fields: { package: entry.writtenName ?? entry.name ?? "", version } };
  }
}

function hashedOf(manifest: ManifestFacts): readonly Requirement[] {
  return requirementsOf(manifest).filter(
    (entry) => entry.hashes.length > 0 && entry.name !== undefined && exactVersion(entry) !== undefined,
  );
}

function keyOf(requirement: Requirement): string {
  return `${requirement.name}==${exactVersion(requirement)}`;
}

function sharesAlgorithm(some: readonly string[], others: readonly string[]): boolean {
  const algorithms = new Set(some.map((hash) => hash.split(":")[0]));
  return others.some((hash) => algorithms.has(hash.split(":")[0]));
}
