import type { FileAnalysis } from "../analysis/finding.ts";
import type { PackageAnswer } from "../manifests/package-facts.ts";
import type { NewPackage } from "../review/new-package.ts";

/** What the world says of packages, for whoever thinks about taking one. */
export interface PackageRegistry {
  /** In the order asked; a package without a version by its newest release. Never rejects. */
  describe(packages: readonly WantedPackage[]): Promise<readonly PackageAnswer[]>;
}

export interface WantedPackage {
  /** Normalized by PEP 503, and surely of the default index. */
  readonly name: string;
  readonly version?: string;
}

/** A change that brings in more is a project that begins, or a list that a tool writes: nobody reads on. */
const MOST_ASKED = 20;

/** The packages that a change adds, each once, with what is known of them. A package that another changed file had has moved. */
export async function describeNewPackages(
  analyses: readonly FileAnalysis[],
  registry: PackageRegistry | undefined,
): Promise<readonly NewPackage[]> {
  if (registry === undefined) return [];
  const changes = analyses.flatMap(({ packages }) => packages ?? []);
  const before = new Set(changes.flatMap((change) => change.before));
  const withheld = new Set(changes.flatMap((change) => change.withheld));
  const added = new Map(
    changes
      .flatMap((change) => change.added)
      .filter(({ name }) => !before.has(name))
      .toReversed()
      .map((one) => [one.name, one]),
  );
  const all = [...added.values()].toReversed();
  const asked = all.filter(({ name }) => !withheld.has(name)).slice(0, MOST_ASKED);
  const answers = asked.length === 0 ? [] : await registry.describe(asked.map(wanted));
  const byName = new Map(asked.map(({ name }, index) => [name, answers[index]]));
  return all.map((one): NewPackage => {
    const answer = byName.get(one.name);
    return { ...one, answer: answer ?? { kind: withheld.has(one.name) ? "withheld" : "unasked" } };
  });
}

function wanted({ name, version }: { readonly name: string; readonly version?: string }): WantedPackage {
  return { name, ...(version !== undefined && { version }) };
}
