import { keyOfRelease } from "../manifests/advisory.ts";
import type { ManifestFacts } from "../manifests/manifest.ts";
import { releasesIn } from "../manifests/public-releases.ts";
import type { Rule } from "../rules/rule.ts";
import { levelOf } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextOfPath } from "./context.ts";
import type { TaskAnalysis } from "./elsewhere.ts";

/** Releases that the head fixes and the base does not, for whoever knows of flaws; nothing where no rule in force asks. */
export function releasesToLookUp(
  catalogue: Catalogue,
  { base, head }: { readonly base?: ManifestFacts | undefined; readonly head: ManifestFacts | undefined },
  options: AnalysisOptions,
): Pick<TaskAnalysis, "releases"> {
  if (head === undefined || !catalogue.manifests.some(({ rule }) => asks(rule, head.path, options))) return {};
  const before = base === undefined ? { open: [], withheld: [] } : releasesIn(base);
  const known = new Set([...before.open, ...before.withheld].map(keyOfRelease));
  const { open, withheld } = releasesIn(head);
  const isNew = (release: (typeof open)[number]) => !known.has(keyOfRelease(release));
  const releases = { open: open.filter(isNew), withheld: withheld.filter(isNew) };
  return releases.open.length + releases.withheld.length === 0 ? {} : { releases };
}

/** Whether a rule speaks of flaws that are looked up, and may speak there. */
export function asks(rule: Rule, path: string, options: AnalysisOptions): boolean {
  return asksForAdvisories(rule) && levelOf(rule, contextOfPath(path), options) !== undefined;
}

export function asksForAdvisories({ match }: Rule): boolean {
  return match.kind === "detector" && match.name === "known-vulnerable";
}
