import type { ManifestFacts } from "../manifests/manifest.ts";
import { readManifest } from "../manifests/read-manifest.ts";
import type { ManifestDetection } from "../rules/detector.ts";
import { buildManifestFix } from "../rules/fix/build-manifest-fix.ts";
import { atMost } from "../rules/levels.ts";
import { fillMessage } from "../rules/message.ts";
import type { Rule } from "../rules/rule.ts";
import { levelOf, NOTHING, type PythonAnalysis } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextOfPath } from "./context.ts";
import { excerptOf } from "./excerpt.ts";
import type { SourceFile } from "./file-change.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import type { Finding, Fix, Notice } from "./finding.ts";
import { type Identity, namesOf } from "./fingerprint.ts";
import { withIncluded } from "./included-manifests.ts";
import { withLock } from "./lock-beside.ts";
import type { ModuleTexts } from "./module-texts.ts";
import { ofPackage } from "./package-requirements.ts";
import { withRunners } from "./runners.ts";
import { addressCredentials, identifyingText, isOnLines, type SecretPlace, withoutSecrets } from "./secret-places.ts";

/** What a dependency file declares, and what rules say of it; nothing of a file that is none. */
export function analyseManifest(
  catalogue: Catalogue,
  { path, text }: SourceFile,
  options: AnalysisOptions,
  identityPath: string,
  { texts, onRead }: Context,
): PythonAnalysis {
  const facts = readManifest(path, text);
  return facts === undefined
    ? NOTHING
    : analyseDeclared(catalogue, surround(catalogue, facts, options, { texts, onRead }), options, identityPath);
}

/** With what other files say that the rules in force ask for. */
function surround(
  catalogue: Catalogue,
  facts: ManifestFacts,
  options: AnalysisOptions,
  { texts, onRead }: Context,
): ManifestFacts {
  const declared = ofPackage(facts, texts, onRead);
  const whole = withLock(withIncluded(declared, texts, onRead), texts, onRead);
  const isAsked = catalogue.manifestChanges.some(
    ({ rule }) => asksForRunners(rule) && levelOf(rule, contextOfPath(facts.path), options) !== undefined,
  );
  return isAsked ? withRunners(whole, texts, onRead) : whole;
}

function asksForRunners({ match }: Rule): boolean {
  return match.kind === "detector" && match.name === "missing-step";
}

/** Where the files are read that a dependency file includes. */
interface Context {
  readonly texts: ModuleTexts | undefined;
  readonly onRead: (path: string) => void;
}

/** The same of what a file of any name declares. */
export function analyseDeclared(
  catalogue: Catalogue,
  facts: ManifestFacts,
  options: AnalysisOptions,
  identityPath: string,
): PythonAnalysis {
  const { path } = facts;
  const manifest = options.advisories === undefined ? facts : { ...facts, advisories: options.advisories };
  const notices: Notice[] = manifest.problems.map(({ line, reason }) => ({
    kind: "broken-manifest",
    path,
    line,
    reason,
  }));
  const found = catalogue.manifests.map(({ rule, matcher }) => ({ rule, detections: () => matcher(manifest) }));
  return { ...NOTHING, findings: findInText(manifest, found, options, identityPath), notices, manifest };
}

/** What a change did to a dependency file, by what it declares at both sides. */
export function compareManifests(
  catalogue: Catalogue,
  { base, head }: { readonly base: ManifestFacts | undefined; readonly head: ManifestFacts | undefined },
  options: AnalysisOptions,
  identityPath: string,
): readonly IdentifiedFinding[] {
  if (base === undefined || head === undefined) return [];
  const found = catalogue.manifestChanges.map(({ rule, compare }) => ({
    rule,
    detections: () => compare({ base, head }),
  }));
  return findInText(head, found, options, identityPath);
}

interface Found {
  readonly rule: Rule;
  readonly detections: () => Iterable<ManifestDetection>;
}

/** Findings of rules that look at a text as it is, in source order; `secrets` are left out of all that is said. */
export function findInText(
  { path, text }: SourceFile,
  found: readonly Found[],
  options: AnalysisOptions,
  identityPath: string,
  secrets: readonly SecretPlace[] = addressCredentials(text),
): readonly IdentifiedFinding[] {
  const findings: IdentifiedFinding[] = [];
  const ordinals = new Map<string, number>();
  for (const { rule, detections } of found) {
    const level = levelOf(rule, contextOfPath(path), options);
    if (level === undefined) continue;
    for (const detection of detections()) {
      const { span, fields } = detection;
      const identity: Identity = {
        ruleId: rule.id,
        path: identityPath,
        scope: "",
        text: identifyingText(text, span.start.offset, span.end.offset, secrets),
        source: "",
      };
      const base = namesOf(identity, 0).fingerprint;
      const ordinal = ordinals.get(base) ?? 0;
      ordinals.set(base, ordinal + 1);
      const excerpt = excerptOf(text, span, secrets);
      const message = withoutSecrets(fillMessage(rule.message, fields), text, secrets);
      const fix = fixOf(text, detection, rule, secrets);
      const finding: Finding = {
        ruleId: rule.id,
        level: isSettled(rule, options) ? level : atMost(level, detection.atMost),
        location: { path, span },
        scope: "",
        message,
        ...excerpt,
        ...(fix !== undefined && { fix }),
        ...namesOf(identity, ordinal),
      };
      findings.push({ identity, finding });
    }
  }
  return findings.sort((a, b) => a.finding.location.span.start.offset - b.finding.location.span.start.offset);
}

/** A configuration has the last word on a level. */
function isSettled({ id }: Rule, { levels }: AnalysisOptions): boolean {
  return levels[id] !== undefined;
}

/** None on lines with a secret: what shows a fix shows the whole lines. */
function fixOf(
  text: string,
  detection: ManifestDetection,
  { fix }: Rule,
  secrets: readonly SecretPlace[],
): Fix | undefined {
  const edits = fix && buildManifestFix(text, detection, fix);
  if (fix === undefined || edits === undefined) return undefined;
  if (edits.some(({ span }) => isOnLines(text, span, secrets))) return undefined;
  return { title: fix.title, applicability: fix.applicability, edits };
}
