import type { DocumentFacts } from "../documents/document.ts";
import type { ManifestFacts } from "../manifests/manifest.ts";
import type { Detector, ManifestDetection } from "./detector.ts";
import type { Match, Rule } from "./rule.ts";
import { whenAsked } from "./when-asked.ts";

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
  return detector?.kind === "manifest" ? [whenAsked(() => detector.prepare(match.options))] : [];
}

export type DocumentMatcher = (document: DocumentFacts) => Iterable<ManifestDetection>;

/** The matchers of a rule over files of settings and templates. */
export function compileDocumentMatch(
  rule: Rule,
  match: Match,
  detectors: ReadonlyMap<string, Detector>,
): readonly DocumentMatcher[] {
  if (match.kind === "any") return match.of.flatMap((part) => compileDocumentMatch(rule, part, detectors));
  if (match.kind !== "detector") return [];
  const detector = detectors.get(match.name);
  return detector?.kind === "document" ? [whenAsked(() => detector.prepare(match.options))] : [];
}
