import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestChangeDetector, ManifestDetection } from "../../rules/detector.ts";

/** The same version of a package with other files: no digest of the base is left. */
export const exchangedHash: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "exchanged-hash",
  prepare:
    () =>
    ({ base, head }) =>
      detect(base, head),
};

function* detect(base: ManifestFacts, head: ManifestFacts): Generator<ManifestDetection> {
  const before = Map.groupBy(hashedOf(base), keyOf);
  for (const entry of hashedOf(head)) {
    const known = (before.get(keyOf(entry)) ?? []).flatMap(({ hashes }) => hashes);
    // More digests are more files of the release; a change of the algorithm says nothing of the files.
    if (known.length === 0 || !sharesAlgorithm(known, entry.hashes)) continue;
    if (entry.hashes.some((hash) => known.includes(hash))) continue;
    const version = entry.specifiers[0]?.version ?? "";
    yield { span: entry.span, fields: { package: entry.writtenName ?? entry.name ?? "", version } };
  }
}

function hashedOf({ entries }: ManifestFacts): readonly Requirement[] {
  return entries
    .filter((entry) => entry.kind === "requirement")
    .filter(({ hashes, name, specifiers }) => {
      const [only, ...others] = specifiers;
      const isPinned = only !== undefined && others.length === 0 && only.operator === "==" && !only.wildcard;
      return hashes.length > 0 && name !== undefined && isPinned;
    });
}

function keyOf({ name, specifiers }: Requirement): string {
  return `${name}==${specifiers[0]?.version}`;
}

function sharesAlgorithm(some: readonly string[], others: readonly string[]): boolean {
  const algorithms = new Set(some.map((hash) => hash.split(":")[0]));
  return others.some((hash) => algorithms.has(hash.split(":")[0]));
}
