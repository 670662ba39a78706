import { createChangedLines } from "../diff/changed-lines.ts";
import type { ChangedLines, Hunk } from "../diff/hunk.ts";
import { byPythonLines } from "../diff/python-lines.ts";
import type { Level } from "../rules/rule.ts";
import { compareDocuments } from "./analyse-document.ts";
import { compareManifests } from "./analyse-manifest.ts";
import { levelOf, type PythonAnalysis, usesFlows } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import { askedOfBase } from "./asked-of-base.ts";
import type { Catalogue } from "./catalogue.ts";
import { compareSides, comparisonsFor } from "./compare-sides.ts";
import { contextOfPath, type FileContext, generatedNotices, type KnownFile, knownSides } from "./context.ts";
import type { AnalyseSource } from "./create-analyse.ts";
import { dueRules } from "./due-rules.ts";
import type { TaskAnalysis } from "./elsewhere.ts";
import type { FileChange, SourceFile } from "./file-change.ts";
import type { IdentifiedFinding, IdentityOf } from "./find-in-module.ts";
import type { Finding, Notice } from "./finding.ts";
import { gainedGuards } from "./gained-guards.ts";
import { withoutKnown, withoutSaid } from "./known-findings.ts";
import { arrivalsOf, departuresOf, isOfRemovedGuards } from "./moved-guards.ts";
import { packageChanges } from "./package-changes.ts";
import { atChange, type ChangedFiles, place } from "./place-finding.ts";
import type { AskForFile, ProjectFile } from "./project-file.ts";
import { releasesToLookUp } from "./releases.ts";
import { judgeSuppressions, suppress } from "./suppress.ts";
import { suppressElsewhere } from "./suppress-elsewhere.ts";
import { suppressionComments } from "./suppression-comments.ts";
import { changeOfSurface, protectionsOf, touchesSurface } from "./surface/change-surface.ts";
import { isMovedAway, tellOnce } from "./taken-out.ts";
import { verifyFixes } from "./verify-fixes.ts";

interface Sides {
  readonly head: AnalyseSource;
  readonly base: AnalyseSource;
}

/** A file at both ends of a change, and what was found there. */
interface Both {
  readonly catalogue: Catalogue;
  readonly options: AnalysisOptions;
  readonly head: KnownFile;
  readonly base: KnownFile | undefined;
  /** By the path that it had at the base. */
  readonly identityOf: IdentityOf;
  readonly hunks: readonly Hunk[];
  /** Of this file, and of all that imports may lead to. */
  readonly lines: ChangedLines;
  readonly changed: ChangedFiles;
  readonly after: PythonAnalysis;
  /** Undefined of a new file, and where nothing is to be compared. */
  readonly before: PythonAnalysis | undefined;
  /** Of a base that was analysed in part, nobody knows what it did not have. */
  readonly isBaseKnown: boolean;
  /** The rules that compare both sides. */
  readonly comparisons: ReturnType<typeof comparisonsFor>;
  readonly isOfSurface: boolean;
}

/**
 * What a change brought in: findings at the head that touch it and that the base did not have. `fileAt` knows those that imports
 * may lead to, by their path at the head, with what the change did to them.
 */
export function analyseChange(
  analyse: Sides,
  catalogue: Catalogue,
  { change, options }: { readonly change: FileChange; readonly options: AnalysisOptions },
  fileAt: AskForFile,
): TaskAnalysis {
  if (change.head === undefined) return analyseRemoved(analyse, change.base, options);
  const both = analyseBoth(analyse, catalogue, { ...change, head: change.head }, options, fileAt);
  const { head, after, before, hunks, lines } = both;
  const notices = [...after.notices];
  const fresh = broughtIn(both);
  const gone = takenAway(both, notices);
  const told = tellOnce(
    withoutSaid(fresh, gone, catalogue),
    withoutSaid(gone, [...fresh, ...gone], catalogue),
    before?.facts,
    after.facts,
  );
  const verified = verifyFixes(analyse.head, head, options, after, told.introduced);
  const findings = inOrder([...verified, ...told.removed].map(({ finding }) => finding));
  const comments = suppressionComments(after);
  const context = { path: head.path, rules: catalogue.rules, today: options.today, isChanged: lines.isChanged };
  const isDue = dueRules(catalogue, after, head.context, options);
  const all = [...after.findings, ...gone].map(({ finding }) => finding);
  const judged = judgeSuppressions(all, comments, context, (rule, comment) => {
    // Whether a flow from another file ends here is known of a scan alone.
    return lines.isChanged(comment.span.start.line) && !usesFlows(rule.match) && isDue(rule);
  });
  return {
    path: head.path,
    ...suppress(findings, comments, context),
    notices: [...notices, ...generatedNotices(head, options), ...judged],
    linesInScope: hunks.reduce((sum, each) => sum + each.lines.filter(({ kind }) => kind === "added").length, 0),
    ...besidesFindings(both, gone),
  };
}

/** The base is analysed where there is something to compare, and by the rules that have found something at the head. */
function analyseBoth(
  analyse: Sides,
  catalogue: Catalogue,
  change: FileChange & { readonly head: SourceFile },
  options: AnalysisOptions,
  fileAt: AskForFile,
): Both {
  const { head, base } = knownSides(change.base, change.head);
  const identityPath = base?.path ?? head.path;
  const identityOf = (path: string) => (path === head.path ? identityPath : (fileAt(path)?.change?.basePath ?? path));
  const hunks = byPythonLines(change.hunks, base?.text, head.text);
  const lines = createChangedLines(head.path, identityPath, hunks);
  const after = analyse.head(head, options, identityOf);
  // A head that is known in part may still have what seems to be gone.
  const comparisons = after.notices.length > 0 ? [] : comparisonsFor(catalogue, head.context, hunks, options);
  const isOfSurface = after.manifest !== undefined || (isOfProduct(head) && touchesSurface(hunks));
  const isSilent = after.findings.length === 0 && after.elsewhere.length === 0;
  const isUncompared = isSilent && comparisons.length === 0 && after.manifest === undefined && !isOfSurface;
  const other = { syntax: after.syntax, asked: askedOfBase(after, catalogue) };
  const before = base === undefined || isUncompared ? undefined : analyse.base(base, options, identityOf, other);
  return {
    ...{ catalogue, options, head, base, identityOf, hunks, lines, after, before, comparisons, isOfSurface },
    changed: changedFiles(lines, fileAt),
    isBaseKnown: before !== undefined && before.notices.length === 0,
  };
}

/** What the head has and the base did not, where the change touches it. */
function broughtIn(both: Both): readonly IdentifiedFinding[] {
  const { after, before, isBaseKnown, head, catalogue, options } = both;
  const scopesBefore = new Set(before?.scopes);
  return withoutKnown(after.findings, before?.findings ?? [], isBaseKnown, catalogue)
    .flatMap((one) => touched(one, both))
    .map((one) => {
      const { finding } = one;
      const isNewCode = !scopesBefore.has(finding.scope);
      const level = isNewCode ? levelInNewCode(finding, head.context, catalogue, options) : finding.level;
      return { ...one, finding: { ...finding, level } };
    });
}

function touched(one: IdentifiedFinding, { changed, isBaseKnown, before, after }: Both): readonly IdentifiedFinding[] {
  const placed = place(one.finding, changed, isBaseKnown);
  if (placed === undefined || isMovedAway(placed, before?.facts, after.facts)) return [];
  return [{ ...one, finding: placed }];
}

/** What both sides together tell, said where the change is; a rule that fails adds to `notices`. */
function takenAway(both: Both, notices: Notice[]): readonly IdentifiedFinding[] {
  const { catalogue, options, head, base, identityOf, after, before, comparisons, isBaseKnown, lines } = both;
  const identityPath = identityOf(head.path);
  const compared =
    isBaseKnown && before !== undefined
      ? compareSides(comparisons, head.context, { base: before, head: after }, options, identityOf, notices)
      : [];
  const manifests = { base: before?.manifest, head: after.manifest };
  return [
    ...compared,
    ...compareManifests(catalogue, manifests, options, identityPath),
    ...compareDocuments(catalogue, { base, head }, options, identityPath),
  ].map((one) => ({ ...one, finding: atChange(one.finding, lines) }));
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.location.span.start.offset - b.location.span.start.offset);
}

/** What is known of the file besides its own findings; what there is nothing of is left out. */
function besidesFindings(both: Both, gone: readonly IdentifiedFinding[]): Partial<TaskAnalysis> {
  const { catalogue, options, head, base, after, before, isBaseKnown, isOfSurface } = both;
  const arriving = withoutKnown(after.elsewhere, before?.elsewhere ?? [], isBaseKnown, catalogue).flatMap((one) =>
    touched(one, both),
  );
  const elsewhere = suppressElsewhere(arriving, after, catalogue.rules, options.today);
  const packages = packageChanges(before?.manifest, after.manifest);
  const isComparable = base === undefined || before !== undefined;
  const protections = gone.map(({ finding }) => finding);
  const surface = isOfSurface
    ? [...(isComparable ? changeOfSurface(before, after) : []), ...protectionsOf(protections, catalogue)]
    : [];
  const isProduct = head.context === "product";
  const gained = isProduct && isComparable && after.facts ? gainedGuards(before?.facts, after.facts) : [];
  return {
    ...(gained.length > 0 && { gainedGuards: gained }),
    ...(isProduct && isComparable && movedParts(both)),
    ...(elsewhere.length > 0 && { elsewhere }),
    ...(after.modules.length > 0 && { read: after.modules }),
    ...(surface.length > 0 && { surface }),
    ...(packages !== undefined && { packages }),
    ...releasesToLookUp(catalogue, { base: before?.manifest, head: after.manifest }, options),
  };
}

/** What may have come from another file without its check, and what may have gone to one; nothing of sides that are known in part. */
function movedParts(both: Both): Partial<TaskAnalysis> {
  const { catalogue, options, head, base, identityOf, after, before, isBaseKnown, lines } = both;
  const { facts, notices, syntaxOf } = after;
  if (facts === undefined || notices.length > 0 || (base !== undefined && !isBaseKnown)) return {};
  const departures = before?.facts === undefined ? [] : departuresOf(before.facts, facts);
  const rule = catalogue.changes.map((one) => one.rule).find(isOfRemovedGuards);
  const level = rule && levelOf(rule, head.context, options);
  const candidates =
    rule === undefined || level === undefined
      ? []
      : arrivalsOf(before?.facts, facts, { rule, level }, { identityOf, syntaxOf, notices: [] });
  const arrivals = candidates.flatMap(({ code, found }) => {
    const placed = { ...found, finding: atChange(found.finding, lines) };
    return suppressElsewhere([placed], after, catalogue.rules, options.today).map((one) => ({ code, one }));
  });
  return { ...(departures.length > 0 && { departures }), ...(arrivals.length > 0 && { arrivals }) };
}

/** Of a file that is gone, what the world no longer reaches. */
function analyseRemoved(analyse: Sides, base: FileChange["base"], options: AnalysisOptions): TaskAnalysis {
  const nothing = { path: base?.path ?? "", findings: [], suppressed: [], notices: [], linesInScope: 0 };
  if (base === undefined || !isOfProduct({ ...base, context: contextOfPath(base.path) })) return nothing;
  const before = analyse.base({ ...base, context: "product" }, options, (path) => path, { asked: new Set() });
  const surface = changeOfSurface(before, undefined);
  const departures =
    before.facts === undefined || before.notices.length > 0 ? [] : departuresOf(before.facts, undefined);
  return {
    ...nothing,
    ...(surface.length > 0 && { surface }),
    ...(departures.length > 0 && { departures }),
  };
}

/** Migrations, quiet like tests otherwise, give rights in the database. */
function isOfProduct({ path, context }: KnownFile): boolean {
  return context === "product" || (context === "test" && /(?:^|\/)migrations\/[^/]+$/u.test(path));
}

/** Those of other files are worked out once they are asked for. */
function changedFiles(own: ChangedLines, fileAt: AskForFile): ChangedFiles {
  const known = new Map<string, ChangedLines | undefined>([[own.path, own]]);
  return {
    get(path) {
      if (!known.has(path)) known.set(path, changedLinesOf(fileAt(path)));
      return known.get(path);
    },
  };
}

function changedLinesOf(file: ProjectFile | undefined): ChangedLines | undefined {
  if (file?.change === undefined) return undefined;
  const { path, text = "", change } = file;
  return createChangedLines(path, change.basePath ?? path, byPythonLines(change.hunks, change.base, text));
}

/** Code that the change adds is asked for more by some rules; what a configuration or a test's path has settled stays. */
function levelInNewCode(
  { ruleId, level }: Finding,
  context: FileContext,
  { rules }: Catalogue,
  { levels }: AnalysisOptions,
): Level {
  const isSettled = levels[ruleId] !== undefined || context !== "product";
  return isSettled ? level : (rules.get(ruleId)?.levelWhenAdded ?? level);
}
