import type { ChangeComparison, Detector, DocumentComparison, ManifestComparison } from "./detector.ts";
import type { Match, Rule } from "./rule.ts";
import { whenAsked } from "./when-asked.ts";

/** The comparisons of a rule over both sides of a change; none for a rule that looks at one. */
export function compileChangeMatch(
  rule: Rule,
  match: Match,
  detectors: ReadonlyMap<string, Detector>,
): readonly ChangeComparison[] {
  if (match.kind === "any") return match.of.flatMap((part) => compileChangeMatch(rule, part, detectors));
  if (match.kind !== "detector") return [];
  const detector = detectors.get(match.name);
  return detector?.kind === "change" ? [comparedWhenAsked(() => detector.prepare(match.options))] : [];
}

interface Comparison<Of, Sides, Found> {
  readonly concerns: (of: Of) => boolean;
  readonly detect: (sides: Sides) => Iterable<Found>;
}

/** Prepared where a change is first looked at: a scan has none. */
function comparedWhenAsked<Of, Sides, Found>(
  prepare: () => Comparison<Of, Sides, Found>,
): Comparison<Of, Sides, Found> {
  let prepared: Comparison<Of, Sides, Found> | undefined;
  const comparison = () => {
    prepared ??= prepare();
    return prepared;
  };
  return { concerns: (of) => comparison().concerns(of), detect: (sides) => comparison().detect(sides) };
}

/** The comparisons of a rule over both sides of a dependency file. */
export function compileManifestChangeMatch(
  rule: Rule,
  match: Match,
  detectors: ReadonlyMap<string, Detector>,
): readonly ManifestComparison[] {
  if (match.kind === "any") return match.of.flatMap((part) => compileManifestChangeMatch(rule, part, detectors));
  if (match.kind !== "detector") return [];
  const detector = detectors.get(match.name);
  return detector?.kind === "manifest-change" ? [whenAsked(() => detector.prepare(match.options))] : [];
}

/** The comparisons of a rule over both sides of a file of settings. */
export function compileDocumentChangeMatch(
  rule: Rule,
  match: Match,
  detectors: ReadonlyMap<string, Detector>,
): readonly DocumentComparison[] {
  if (match.kind === "any") return match.of.flatMap((part) => compileDocumentChangeMatch(rule, part, detectors));
  if (match.kind !== "detector") return [];
  const detector = detectors.get(match.name);
  return detector?.kind === "document-change" ? [comparedWhenAsked(() => detector.prepare(match.options))] : [];
}
