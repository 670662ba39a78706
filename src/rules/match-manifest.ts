import type { ManifestFacts } from "../manifests/manifest.ts";
import type { Detector, ManifestDetection } from "./detector.ts";
import type { Match, Rule } from "./rule.ts";

export type ManifestMatcher = (manifest: ManifestFacts) => Iterable<ManifestDetection>;

/** The matchers of a rule over dependency files; none for a rule about Python code. */
export function compileManifestMatch(
  rule: Rule,
  match: Match,
  detectors: ReadonlyMap<string, Detector>,
): readonly ManifestMatcher[] {
  if (match.kind === "any") return match.of.flatMap((part) => compileManifestMatch(rule, part, detectors));
  if (match.kind !== "detector") return [];
  const detector = detectors.get(match.name);
  return detector?.kind === "manifest" ? [detector.prepare(match.options)] : [];
}
