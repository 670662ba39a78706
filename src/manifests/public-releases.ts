import type { PackageVersion } from "./advisory.ts";
import { isDefaultIndex } from "./default-index.ts";
import type { ManifestFacts, Requirement } from "./manifest.ts";

/**
 * The release that a requirement fixes, where it is surely one of the default index: names of other indexes are nobody's business.
 * Undefined for ranges, addresses and paths, too.
 */
export function publicRelease(manifest: ManifestFacts, requirement: Requirement): PackageVersion | undefined {
  const release = fixedRelease(requirement);
  return release !== undefined && isPublic(manifest, requirement) ? release : undefined;
}

/** Releases that are fixed, by whether the default index has them. */
export function releasesIn(manifest: ManifestFacts): {
  readonly open: readonly PackageVersion[];
  readonly withheld: readonly PackageVersion[];
} {
  const open: PackageVersion[] = [];
  const withheld: PackageVersion[] = [];
  for (const entry of manifest.entries) {
    const release = entry.kind === "requirement" ? fixedRelease(entry) : undefined;
    if (entry.kind !== "requirement" || release === undefined || entry.origin.kind !== "index") continue;
    if (isPublic(manifest, entry)) open.push(release);
    else if (entry.origin.ofConda !== true) withheld.push(release);
  }
  return { open, withheld };
}

function fixedRelease({ name, specifiers, variables }: Requirement): PackageVersion | undefined {
  const pin = specifiers.find(({ operator, wildcard }) => (operator === "==" || operator === "===") && !wildcard);
  if (name === undefined || pin === undefined || variables.length > 0) return undefined;
  return { name, version: pin.version };
}

/** Whether a package is surely of the default index; else its name is nobody's business. */
export function isPublic({ entries, format, included }: ManifestFacts, { origin }: Requirement): boolean {
  if (origin.kind !== "index") return false;
  const isWhole = included?.isWhole ?? entries.every(({ kind }) => kind !== "include");
  if (!isWhole) return false;
  const own = entries.filter((entry) => entry.kind === "index");
  const indexes = [...own, ...(included?.indexes ?? [])].filter(({ role }) => role !== "trusted-host");
  const { index } = origin;
  if (index !== undefined) {
    const named = indexes.find(({ name }) => name === index);
    return named === undefined ? index.toLowerCase() === "pypi" : isDefaultIndex(named.value);
  }
  // A lock says of each package where it is from, or its project was looked at.
  if (format === "lock" && included === undefined) return true;
  return indexes.every(({ role, value }) => role === "explicit" || isDefaultIndex(value));
}
