import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";

/** A requirement whose package is known by name. */
export type Named = Requirement & { readonly name: string };

export function requirementsOf({ entries }: ManifestFacts): readonly Requirement[] {
  return entries.filter((entry) => entry.kind === "requirement");
}

/** Those of an index: packages, not addresses or paths. */
export function packagesOf(manifest: ManifestFacts): readonly Named[] {
  return requirementsOf(manifest).filter((entry): entry is Named => hasName(entry) && entry.origin.kind === "index");
}

/** The version that is the only one that fits; undefined for a range, and for several clauses. */
export function exactVersion({ specifiers }: Requirement): string | undefined {
  const [only, ...others] = specifiers;
  return only !== undefined && others.length === 0 && only.operator === "==" && !only.wildcard
    ? only.version
    : undefined;
}

/** The version that one of the clauses fixes. */
export function pinOf({ specifiers }: Requirement): string | undefined {
  return specifiers.find(({ operator, wildcard }) => (operator === "==" && !wildcard) || operator === "===")?.version;
}

/**
 * Packages that both sides name, in the order of the head. Several lines for one package differ by their markers: which one was
 * which is not known, and they are left out.
 */
export function pairsOf(
  base: ManifestFacts,
  head: ManifestFacts,
): readonly { readonly was: Named; readonly entry: Named }[] {
  const before = Map.groupBy(packagesOf(base), ({ name }) => name);
  return [...Map.groupBy(packagesOf(head), ({ name }) => name)].flatMap(([name, [entry, ...others]]) => {
    const [was, ...more] = before.get(name) ?? [];
    const isOne = others.length === 0 && more.length === 0;
    return isOne && entry !== undefined && was !== undefined ? [{ was, entry }] : [];
  });
}

function hasName(entry: Requirement): boolean {
  return entry.name !== undefined;
}
