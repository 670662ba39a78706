import { readManifest } from "../manifests/read-manifest.ts";
import type { PythonParser } from "../python/syntax-arrays.ts";
import type { Detector } from "../rules/detector.ts";
import { fillMessage } from "../rules/message.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { analyseChange } from "./analyse-change.ts";
import { analysePython, type IdentifiedFinding, levelOf, type PythonAnalysis } from "./analyse-python.ts";
import type { Analyse, AnalysisOptions } from "./analyser.ts";
import { type Catalogue, compileCatalogue } from "./catalogue.ts";
import { isPython } from "./context.ts";
import { excerptOf } from "./excerpt.ts";
import type { SourceFile } from "./file-change.ts";
import type { FileAnalysis, Notice } from "./finding.ts";
import { fingerprintOf, type Identity } from "./fingerprint.ts";
import { suppress } from "./suppress.ts";
import { verifyFixes } from "./verify-fixes.ts";

export interface AnalyseParts {
  readonly parser: PythonParser;
  readonly ruleSet: RuleSet;
  readonly detectors: ReadonlyMap<string, Detector>;
}

/** Analyses one text under a name; what it is decides how: Python, a dependency file, or nothing. */
export type AnalyseSource = (file: SourceFile, options: AnalysisOptions, identityPath: string) => PythonAnalysis;

/** Compiles the rules once; the function that comes back is pure. */
export function createAnalyse({ parser, ruleSet, detectors }: AnalyseParts): Analyse {
  const catalogue = compileCatalogue(ruleSet, detectors);
  const analyseSource: AnalyseSource = (file, options, identityPath) =>
    isPython(file.path, file.text)
      ? analysePython(parser, catalogue, file, options, identityPath)
      : analyseManifest(catalogue, file, options, identityPath);
  return (task) => {
    if (task.kind === "change") return analyseChange(analyseSource, catalogue, task.change, task.options);
    return analyseFile(analyseSource, catalogue, task.file, task.options);
  };
}

function analyseFile(
  analyse: AnalyseSource,
  catalogue: Catalogue,
  file: SourceFile,
  options: AnalysisOptions,
): FileAnalysis {
  const { findings: found, notices, syntax } = analyse(file, options, file.path);
  const findings = verifyFixes(analyse, file, options, found).map(({ finding }) => finding);
  const linesInScope = file.text.split("\n").length;
  if (syntax === undefined) return { path: file.path, findings, suppressed: [], notices, linesInScope };
  const result = suppress(findings, syntax, file.path, catalogue.rules, options.today, () => false);
  return { path: file.path, ...result, notices: [...notices, ...result.notices], linesInScope };
}

function analyseManifest(
  catalogue: Catalogue,
  { path, text }: SourceFile,
  options: AnalysisOptions,
  identityPath: string,
): PythonAnalysis {
  const manifest = readManifest(path, text);
  if (manifest === undefined) return { findings: [], notices: [], syntax: undefined, scopes: [] };
  const notices: Notice[] = manifest.problems.map(({ line, reason }) => ({
    kind: "broken-manifest",
    path,
    line,
    reason,
  }));
  const findings: IdentifiedFinding[] = [];
  const ordinals = new Map<string, number>();
  for (const { rule, matcher } of catalogue.manifests) {
    const level = levelOf(rule, path, options);
    if (level === undefined) continue;
    for (const { span, fields } of matcher(manifest)) {
      const identity: Identity = {
        ruleId: rule.id,
        path: identityPath,
        scope: "",
        text: text.slice(span.start.offset, span.end.offset),
        source: "",
      };
      const base = fingerprintOf(identity, 0);
      const ordinal = ordinals.get(base) ?? 0;
      ordinals.set(base, ordinal + 1);
      const excerpt = excerptOf(text, span, undefined, false);
      const message = fillMessage(rule.message, fields);
      const fingerprint = fingerprintOf(identity, ordinal);
      findings.push({
        identity,
        finding: { ruleId: rule.id, level, location: { path, span }, scope: "", message, excerpt, fingerprint },
      });
    }
  }
  findings.sort((a, b) => a.finding.location.span.start.offset - b.finding.location.span.start.offset);
  return { findings, notices, syntax: undefined, scopes: [] };
}
