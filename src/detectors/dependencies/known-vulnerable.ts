import { type Flaw, keyOfRelease, type PackageAdvisories } from "../../manifests/advisory.ts";
import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import { publicRelease } from "../../manifests/public-releases.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";
import type { Span } from "../../text/span.ts";

/** Flaws that a message names: of an old package there are dozens. */
const MOST_NAMED = 3;

/** Releases with flaws, as the advisories that the analysis was given say. */
export const knownVulnerable: ManifestDetector = {
  kind: "manifest",
  name: "known-vulnerable",
  prepare: () => detect,
};

function* detect(manifest: ManifestFacts): Generator<ManifestDetection> {
  const advisories = new Map((manifest.advisories ?? []).map((one) => [keyOfRelease(one), one]));
  if (advisories.size === 0) return;
  for (const entry of manifest.entries) {
    const release = entry.kind === "requirement" ? publicRelease(manifest, entry) : undefined;
    const known = release && advisories.get(keyOfRelease(release));
    if (entry.kind !== "requirement" || known === undefined) continue;
    const version = versionPlace(manifest, entry, known);
    yield {
      span: entry.span,
      fields: {
        package: entry.writtenName ?? known.name,
        version: known.version,
        flaws: flawsText(known.flaws),
        remedy:
          known.fixedIn === undefined
            ? "No later release is without: look for another package"
            : `Take ${known.fixedIn} or later`,
      },
      ...(known.flaws.every(({ severity }) => severity === "low" || severity === "moderate") && {
        atMost: "warning" as const,
      }),
      ...(version !== undefined &&
        known.fixedIn !== undefined && { replacement: { span: version, text: known.fixedIn } }),
    };
  }
}

function flawsText(flaws: readonly Flaw[]): string {
  const worst = flaws.toSorted((a, b) => rank(b) - rank(a));
  const named = worst
    .slice(0, MOST_NAMED)
    .map(({ ids: [id], severity }) => (severity === undefined ? id : `${id} (${severity})`));
  const more = flaws.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

function rank({ severity }: Flaw): number {
  return severity === undefined ? -1 : ["low", "moderate", "high", "critical"].indexOf(severity);
}

/** Where a person wrote the version, and nothing beside it depends on that: no hashes, no lock. */
function versionPlace(
  { text, format }: ManifestFacts,
  { versionSpan, hashes, specifiers }: Requirement,
  { version }: PackageAdvisories,
): Span | undefined {
  if (format === "lock" || hashes.length > 0 || specifiers.length !== 1 || versionSpan === undefined) return undefined;
  const { start } = versionSpan;
  const at = text.slice(start.offset, versionSpan.end.offset).lastIndexOf(version);
  if (at === -1 || versionSpan.end.line !== start.line) return undefined;
  const place = (offset: number) => ({
    line: start.line,
    column: start.column + offset,
    offset: start.offset + offset,
  });
  return { start: place(at), end: place(at + version.length) };
}
