import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";

/** Operators that keep releases of the future out. */
const UPPER_BOUNDS: ReadonlySet<string> = new Set(["==", "===", "~=", "<", "<=", "^", "~"]);

/** Lowest versions that say nothing: every release is at least that. */
const NOTHING = /^0(?:\.0)*$/;

/** Files for development and documentation are not installed where the application runs. */
const DEVELOPMENT =
  /(?:^|[-_./])(?:dev|devel|develop|development|(?:unit|func|functional|integration)?tests?|unit|functional|integration|e2e|testing|lint|linting|mypy|typing|style|codestyle|quality|bench|benchmarks?|doc|docs|readthedocs|rtd|ci|example|examples|optional)(?:[-_./]|$)/;

/** Requirements of an application that have a lowest version and no highest; nothing where something else fixes versions. */
export const openEndedRange: ManifestDetector = {
  kind: "manifest",
  name: "open-ended-range",
  prepare: () => detectRanges,
};

/** Requirements of an application that any release of a package satisfies; nothing where something else fixes versions. */
export const unpinnedRequirement: ManifestDetector = {
  kind: "manifest",
  name: "unpinned-requirement",
  prepare: () => detect,
};

function* detect(manifest: ManifestFacts): Generator<ManifestDetection> {
  if (!isOfApplication(manifest)) return;
  const weight = pinsNothing(manifest) ? { atMost: "note" as const } : {};
  for (const entry of manifest.entries) {
    if (entry.kind !== "requirement" || !isOpen(entry) || isPinnedBeside(manifest, entry)) continue;
    yield { span: entry.nameSpan ?? entry.span, fields: { package: entry.writtenName ?? "" }, ...weight };
  }
}

/** A file in which nobody fixes a version, of several packages, was decided so: one line more is no oversight. */
function pinsNothing({ entries }: ManifestFacts): boolean {
  const requirements = entries.filter((entry) => entry.kind === "requirement");
  const isFixed = ({ specifiers }: Requirement) =>
    specifiers.some(({ operator }) => operator === "==" || operator === "===" || operator === "~=");
  return requirements.length > 2 && !requirements.some(isFixed);
}

function* detectRanges(manifest: ManifestFacts): Generator<ManifestDetection> {
  if (!isOfApplication(manifest)) return;
  for (const entry of manifest.entries) {
    if (entry.kind !== "requirement" || !isDecidedHere(entry) || isOpen(entry)) continue;
    const [lowest] = entry.specifiers.filter(({ operator }) => operator === ">=" || operator === ">");
    if (lowest === undefined || entry.specifiers.some(({ operator }) => UPPER_BOUNDS.has(operator))) continue;
    yield { span: entry.span, fields: { package: entry.writtenName ?? "", lowest: lowest.version } };
  }
}

function isOfApplication(manifest: ManifestFacts): boolean {
  return manifest.format === "requirements" && !DEVELOPMENT.test(manifest.path) && !hasConstraints(manifest);
}

function hasConstraints({ entries, included }: ManifestFacts): boolean {
  if (included?.hasConstraints === true) return true;
  return entries.some((entry) => entry.kind === "include" && entry.role === "constraints");
}

/** A lowest version is a decision, if a weak one: only its absence is reported. */
function isOpen(requirement: Requirement): boolean {
  return (
    isDecidedHere(requirement) &&
    requirement.specifiers.every(
      ({ operator, version }) => !UPPER_BOUNDS.has(operator) && (operator === "!=" || NOTHING.test(version)),
    )
  );
}

/** `bleach==6.3.0` and `bleach[css]`: what one line says of a package holds for every other. */
function isPinnedBeside({ entries }: ManifestFacts, requirement: Requirement): boolean {
  return entries.some(
    (other) =>
      other.kind === "requirement" &&
      other.name === requirement.name &&
      other.specifiers.some(({ operator }) => UPPER_BOUNDS.has(operator)),
  );
}

/** A package of an index whose version nothing but the line itself decides. */
function isDecidedHere({ origin, hashes, writtenName, variables }: Requirement): boolean {
  return origin.kind === "index" && hashes.length === 0 && writtenName !== undefined && variables.length === 0;
}
