import { readSetupScript } from "../documents/setup-script.ts";
import type { PythonParser } from "../python/syntax-arrays.ts";
import type { Detector } from "../rules/detector.ts";
import { type OwnRules, withOwnRules } from "../rules/own-rules.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { NO_PROJECT } from "../taint/project.ts";
import { oncePer } from "../text/once-per.ts";
import { analyseChange } from "./analyse-change.ts";
import { analyseDocument } from "./analyse-document.ts";
import { analyseDeclared, analyseManifest } from "./analyse-manifest.ts";
import { analyseNotebook } from "./analyse-notebook.ts";
import { analysePython, type OtherVersion, type PythonAnalysis, type Surroundings } from "./analyse-python.ts";
import type { Analyse, AnalysisOptions } from "./analyser.ts";
import { bounded } from "./bounded.ts";
import { type Catalogue, compileCatalogue } from "./catalogue.ts";
import { contextOf, generatedNotices, type KnownFile } from "./context.ts";
import { createProject } from "./create-project.ts";
import { dueRules } from "./due-rules.ts";
import type { TaskAnalysis } from "./elsewhere.ts";
import type { SourceFile } from "./file-change.ts";
import type { IdentifiedFinding, IdentityOf } from "./find-in-module.ts";
import { keptOut } from "./kept-out.ts";
import { askedTexts, givenTexts, type ModuleTexts, type Wanted } from "./module-texts.ts";
import { parseOnce } from "./parse-once.ts";
import type { AskForFile, ProjectSource } from "./project-file.ts";
import { releasesToLookUp } from "./releases.ts";
import { isPython, sourceKind } from "./source-kind.ts";
import { judgeSuppressions, suppress } from "./suppress.ts";
import { suppressElsewhere } from "./suppress-elsewhere.ts";
import { suppressionComments } from "./suppression-comments.ts";
import { verifyFixes } from "./verify-fixes.ts";
import { versionsInUse } from "./versions-in-use.ts";

export interface AnalyseParts {
  readonly parser: PythonParser;
  readonly ruleSet: RuleSet;
  readonly detectors: ReadonlyMap<string, Detector>;
  /** The texts of a project on disk; without it tasks that name one stand alone. */
  readonly openProject?: (source: DiskProject) => ModuleTexts;
  /** Answers for those whose project is `asked`; without it they stand alone. It remembers what it was asked lately. */
  readonly askFor?: AskForFile;
}

export type DiskProject = Extract<ProjectSource, { readonly kind: "disk" }>;

type Reading = Parameters<typeof analyseManifest>[4];

/** Analyses one text under a name; what it is decides how: Python, a notebook, a dependency file, settings, a template, or nothing. */
export type AnalyseSource = (
  file: KnownFile,
  options: AnalysisOptions,
  identityOf: IdentityOf,
  other?: OtherVersion,
) => PythonAnalysis;

/** Compiles the rules once; the function that comes back is pure. */
export function createAnalyse({ ruleSet, detectors, openProject, askFor, ...parts }: AnalyseParts): Analyse {
  const catalogueFor = catalogues(ruleSet, detectors);
  const parser = parseOnce(parts.parser);
  const projectOf = oncePer((texts: ModuleTexts) => createProject(texts, parser));
  const asked = askFor && { head: askedTexts(askFor, "head"), base: askedTexts(askFor, "base") };
  const analyseIn =
    (catalogue: Catalogue, surroundings: Surroundings, reading: Reading): AnalyseSource =>
    (file, options, identityOf, other) => {
      const python = isPython(file.path, file.text) ? analysePython : undefined;
      const analyse = sourceKind(file.path) === "notebook" ? analyseNotebook : python;
      if (analyse === undefined) return analyseOther(catalogue, file, options, identityOf(file.path), reading);
      const analysed = analyse(parser, catalogue, file, options, identityOf, surroundings, other);
      return isSetupScript(file.path) ? withDeclared(analysed, catalogue, file, options, identityOf) : analysed;
    };
  return ({ project, ...task }) => {
    const catalogue = catalogueFor(task.options.own);
    const wanted: Wanted = { likely: new Set(), others: new Set() };
    const read = new Set<string>();
    const onRead = (path: string) => read.add(path);
    const analyseOn = (side: "head" | "base") => {
      const texts = project?.kind === "asked" ? asked?.[side] : textsOf(project, side, wanted, openProject);
      const surroundings = {
        project: texts === undefined ? NO_PROJECT : projectOf(texts),
        versionOf: versionsInUse(texts, onRead),
        isKeptOut: keptOut(texts, onRead),
        isCompared: task.kind === "change",
      };
      return analyseIn(catalogue, surroundings, { texts, onRead });
    };
    const analysis =
      task.kind === "file"
        ? analyseFile(analyseOn("head"), catalogue, task.file, task.options)
        : analyseChange(
            { head: analyseOn("head"), base: analyseOn("base") },
            catalogue,
            task,
            filesOf(project, askFor),
          );
    const paths = [...new Set([...wanted.likely, ...wanted.others])].slice(0, MOST_WANTED);
    return bounded({
      ...analysis,
      ...(read.size > 0 && { read: [...(analysis.read ?? []), ...read] }),
      ...(paths.length > 0 && { wanted: paths }),
    });
  };
}

/**
 * By the file's name: what is neither a dependency file nor settings or a template gives nothing. `setup.cfg` and `environment.yml`
 * are both.
 */
const analyseOther: typeof analyseManifest = (catalogue, file, options, identityPath, reading) => {
  const manifest = analyseManifest(catalogue, file, options, identityPath, reading);
  const format = manifest.manifest?.format;
  if (format !== undefined && format !== "setup-cfg" && format !== "conda") return manifest;
  const document = analyseDocument(catalogue, file, options, identityPath);
  return { ...document, ...manifest, findings: inOrder([...manifest.findings, ...document.findings]) };
};

function isSetupScript(path: string): boolean {
  return /(?:^|\/)setup\.py$/.test(path);
}

/** `setup.py` is a dependency file, too. */
function withDeclared(
  analysed: PythonAnalysis,
  catalogue: Catalogue,
  { path }: KnownFile,
  options: AnalysisOptions,
  identityOf: IdentityOf,
): PythonAnalysis {
  if (analysed.syntax === undefined) return analysed;
  const facts = readSetupScript(path, analysed.syntax);
  const { manifest, findings, notices } = analyseDeclared(catalogue, facts, options, identityOf(path));
  return {
    ...analysed,
    ...(manifest && { manifest }),
    findings: inOrder([...analysed.findings, ...findings]),
    notices: [...analysed.notices, ...notices],
  };
}

function inOrder(findings: readonly IdentifiedFinding[]): readonly IdentifiedFinding[] {
  return findings.toSorted((a, b) => a.finding.location.span.start.offset - b.finding.location.span.start.offset);
}

/** Repositories whose own rules are kept compiled. */
const MOST_CATALOGUES = 4;

/** Without rules of its own a repository has ours, compiled once. */
function catalogues(ruleSet: RuleSet, detectors: AnalyseParts["detectors"]): (own?: OwnRules) => Catalogue {
  const ours = compileCatalogue(ruleSet, detectors);
  const kept = new Map<string, Catalogue>();
  return (own) => {
    if (own === undefined) return ours;
    const known = kept.get(own.key);
    if (known !== undefined) return known;
    const compiled = compileCatalogue(withOwnRules(ruleSet, own), detectors);
    if (kept.size >= MOST_CATALOGUES) kept.delete(kept.keys().next().value ?? own.key);
    kept.set(own.key, compiled);
    return compiled;
  };
}

/** Paths that one analysis asks for at once. */
const MOST_WANTED = 100;

function textsOf(
  project: Exclude<ProjectSource, { readonly kind: "asked" }> | undefined,
  side: "head" | "base",
  wanted: Wanted,
  openProject: AnalyseParts["openProject"],
): ModuleTexts | undefined {
  if (project === undefined) return undefined;
  return project.kind === "given" ? givenTexts(project.files, side, wanted) : openProject?.(project);
}

/** The files that imports may lead to, by their path at the head. */
function filesOf(project: ProjectSource | undefined, askFor: AskForFile | undefined): AskForFile {
  if (project?.kind === "given") {
    const files = new Map(project.files.map((file) => [file.path, file]));
    return (path) => files.get(path);
  }
  if (project?.kind !== "asked" || askFor === undefined) return () => undefined;
  return (path) => {
    const file = askFor(path);
    return file?.path === path ? file : undefined;
  };
}

function analyseFile(
  analyse: AnalyseSource,
  catalogue: Catalogue,
  file: SourceFile,
  options: AnalysisOptions,
): TaskAnalysis {
  const known = { ...file, context: contextOf(file) };
  const analysed = analyse(known, options, (path) => path);
  const { notices } = analysed;
  const findings = verifyFixes(analyse, known, options, analysed).map(({ finding }) => finding);
  const linesInScope = file.text.split("\n").length;
  const comments = suppressionComments(analysed);
  const context = { path: file.path, rules: catalogue.rules, today: options.today, isChanged: () => false };
  const judged = judgeSuppressions(findings, comments, context, dueRules(catalogue, analysed, known.context, options));
  const elsewhere = suppressElsewhere(analysed.elsewhere, analysed, catalogue.rules, options.today);
  const more = {
    ...(elsewhere.length > 0 && { elsewhere }),
    ...(analysed.modules.length > 0 && { read: analysed.modules }),
    ...releasesToLookUp(catalogue, { head: analysed.manifest }, options),
  };
  const result = suppress(findings, comments, context);
  return {
    path: file.path,
    ...result,
    notices: [...notices, ...generatedNotices(known, options), ...judged],
    linesInScope,
    ...more,
  };
}
