import type { ManifestFacts, Requirement } from "../manifests/manifest.ts";
import { isPublic, publicRelease } from "../manifests/public-releases.ts";
import type { Location } from "../text/span.ts";

/** What a change does to the packages that one file asks for. */
export interface PackageChanges {
  /** Packages that the head names and the base does not, in source order; of a lock file none, since a tool chose them. */
  readonly added: readonly AddedPackage[];
  /** Names that the base has, for a package that moves to another file. */
  readonly before: readonly string[];
  /** Names that come from another index, or from none: nobody is asked about them. */
  readonly withheld: readonly string[];
  /** How many packages a lock file holds. */
  readonly locked?: { readonly before: number; readonly after: number };
}

export interface AddedPackage {
  /** Normalized by PEP 503. */
  readonly name: string;
  /** The release that is fixed; absent for a range. */
  readonly version?: string;
  readonly location: Location;
}

/** Undefined where the head is no dependency file, both sides name the same packages, or the base is known in part. */
export function packageChanges(
  base: ManifestFacts | undefined,
  head: ManifestFacts | undefined,
): PackageChanges | undefined {
  if (head === undefined || (base?.problems ?? []).length > 0) return undefined;
  const before = new Set(base === undefined ? [] : packagesOf(base).map(({ name }) => name));
  const after = new Map(packagesOf(head).map((one) => [one.name, one]));
  const added = [...after.values()].filter(({ name }) => !before.has(name));
  if (added.length === 0 && [...before].every((name) => after.has(name))) return undefined;
  const isLock = head.format === "lock";
  return {
    added: isLock ? [] : added.map((one) => addedPackage(head, one)),
    before: [...before],
    withheld: [...after.values()].filter((one) => !isPublic(head, one)).map(({ name }) => name),
    ...(isLock && { locked: { before: before.size, after: after.size } }),
  };
}

type Named = Requirement & { readonly name: string };

function packagesOf({ entries, format }: ManifestFacts): readonly Named[] {
  return entries
    .filter((entry): entry is Named => entry.kind === "requirement" && entry.name !== undefined)
    .filter(({ group, origin }) => group.kind !== "constraint" && !(format === "lock" && origin.kind === "path"));
}

function addedPackage(manifest: ManifestFacts, entry: Named): AddedPackage {
  const version = publicRelease(manifest, entry)?.version;
  return {
    name: entry.name,
    ...(version !== undefined && { version }),
    location: { path: manifest.path, span: entry.nameSpan ?? entry.span },
  };
}
