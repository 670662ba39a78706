import { createChangedLines } from "../diff/changed-lines.ts";
import type { ChangedLines } from "../diff/hunk.ts";
import { byPythonLines } from "../diff/python-lines.ts";
import type { Level } from "../rules/rule.ts";
import { shareLines } from "../text/share-lines.ts";
import { compareDocuments } from "./analyse-document.ts";
import { compareManifests } from "./analyse-manifest.ts";
import { usesFlows } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import { askedOfBase } from "./asked-of-base.ts";
import type { Catalogue } from "./catalogue.ts";
import { compareSides, comparisonsFor } from "./compare-sides.ts";
import { contextOfPath, type FileContext, type KnownFile, knownSides } from "./context.ts";
import type { AnalyseSource } from "./create-analyse.ts";
import { dueRules } from "./due-rules.ts";
import type { TaskAnalysis } from "./elsewhere.ts";
import type { FileChange } from "./file-change.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import type { Finding, Notice } from "./finding.ts";
import { flowKey, looseKey } from "./fingerprint.ts";
import { gainedGuards } from "./gained-guards.ts";
import { packageChanges } from "./package-changes.ts";
import { atChange, place } from "./place-finding.ts";
import type { ProjectFile } from "./project-file.ts";
import { releasesToLookUp } from "./releases.ts";
import { judgeSuppressions, suppress } from "./suppress.ts";
import { suppressElsewhere } from "./suppress-elsewhere.ts";
import { suppressionComments } from "./suppression-comments.ts";
import { changeOfSurface, protectionsOf, touchesSurface } from "./surface/change-surface.ts";
import { tellOnce } from "./taken-out.ts";
import { verifyFixes } from "./verify-fixes.ts";

interface Sides {
  readonly head: AnalyseSource;
  readonly base: AnalyseSource;
}

/**
 * What a change brought in: findings at the head that touch it and that the base did not have. `files` are those that imports
 * may lead to, with what the change did to them.
 */
export function analyseChange(
  analyse: Sides,
  catalogue: Catalogue,
  { change, options }: { readonly change: FileChange; readonly options: AnalysisOptions },
  files: readonly ProjectFile[],
): TaskAnalysis {
  if (change.head === undefined) return analyseRemoved(analyse, change.base, options);
  const { head, base } = knownSides(change.base, change.head);
  const identityPath = base?.path ?? head.path;
  const identities = new Map(files.map(({ path, change }) => [path, change?.basePath ?? path]));
  identities.set(head.path, identityPath);
  const identityOf = (path: string) => identities.get(path) ?? path;
  const hunks = byPythonLines(change.hunks, base?.text, head.text);
  const lines = createChangedLines(head.path, identityPath, hunks);
  const changed = new Map([...changedFiles(files), [head.path, lines] as const]);
  const after = analyse.head(head, options, identityOf);
  const { findings: found } = after;
  const notices = [...after.notices];
  const isSilent = found.length === 0 && after.elsewhere.length === 0;
  // A head that is known in part may still have what seems to be gone.
  const comparisons = notices.length > 0 ? [] : comparisonsFor(catalogue, head.context, hunks, options);
  const isOfSurface = after.manifest !== undefined || (isOfProduct(head) && touchesSurface(hunks));
  const isUncompared = isSilent && comparisons.length === 0 && after.manifest === undefined && !isOfSurface;
  const other = { syntax: after.syntax, asked: askedOfBase(after, catalogue) };
  const before = base === undefined || isUncompared ? undefined : analyse.base(base, options, identityOf, other);
  const scopesBefore = new Set(before?.scopes);
  // Of a base that was analysed in part, nobody knows what it did not have.
  const isBaseKnown = before !== undefined && before.notices.length === 0;
  const isPlaced = (one: IdentifiedFinding) => {
    const placed = place(one.finding, changed, isBaseKnown);
    return placed === undefined ? [] : [{ ...one, finding: placed }];
  };
  const fresh = withoutKnown(found, before?.findings ?? [], isBaseKnown)
    .flatMap(isPlaced)
    .map((one) => {
      const { finding } = one;
      const level = scopesBefore.has(finding.scope)
        ? finding.level
        : levelInNewCode(finding, head.context, catalogue, options);
      return { ...one, finding: { ...finding, level } };
    });
  const compared = isBaseKnown
    ? compareSides(comparisons, head.context, { base: before, head: after }, options, identityOf, notices)
    : [];
  const manifests = { base: before?.manifest, head: after.manifest };
  const comparedTexts = [
    ...compareManifests(catalogue, manifests, options, identityPath),
    ...compareDocuments(catalogue, { base, head }, options, identityPath),
  ];
  const placed = (one: IdentifiedFinding) => ({ ...one, finding: atChange(one.finding, lines) });
  const gone = [...compared, ...comparedTexts].map(placed);
  const told = tellOnce(
    withoutSaid(fresh, gone, catalogue),
    withoutSaid(gone, [...fresh, ...gone], catalogue),
    before?.facts,
  );
  const verified = verifyFixes(analyse.head, head, options, after, told.introduced);
  const findings = [...verified, ...told.removed]
    .map(({ finding }) => finding)
    .toSorted((a, b) => a.location.span.start.offset - b.location.span.start.offset);
  const linesInScope = hunks.reduce((sum, { lines }) => sum + lines.filter(({ kind }) => kind === "added").length, 0);
  const comments = suppressionComments(after);
  const context = { path: head.path, rules: catalogue.rules, today: options.today, isChanged: lines.isChanged };
  const isDue = dueRules(catalogue, after, head.context, options);
  const all = [...found, ...gone].map(({ finding }) => finding);
  const judged = judgeSuppressions(all, comments, context, (rule, comment) => {
    // Whether a flow from another file ends here is known of a scan alone.
    return lines.isChanged(comment.span.start.line) && !usesFlows(rule.match) && isDue(rule);
  });
  const result = suppress(findings, comments, context);
  const arriving = withoutKnown(after.elsewhere, before?.elsewhere ?? [], isBaseKnown).flatMap(isPlaced);
  const elsewhere = suppressElsewhere(arriving, after, catalogue.rules, options.today);
  const packages = packageChanges(before?.manifest, after.manifest);
  const surface = isOfSurface
    ? [
        ...(base === undefined || before ? changeOfSurface(before, after) : []),
        ...protectionsOf(
          gone.map(({ finding }) => finding),
          catalogue,
        ),
      ]
    : [];
  const isComparable = head.context === "product" && (base === undefined || before !== undefined);
  const gained = isComparable && after.facts !== undefined ? gainedGuards(before?.facts, after.facts) : [];
  const more = {
    ...(gained.length > 0 && { gainedGuards: gained }),
    ...(elsewhere.length > 0 && { elsewhere }),
    ...(after.modules.length > 0 && { read: after.modules }),
    ...(surface.length > 0 && { surface }),
    ...(packages !== undefined && { packages }),
    ...releasesToLookUp(catalogue, manifests, options),
  };
  const isNew = head.context === "claimed";
  const quiet: readonly Notice[] =
    (isNew || head.context === "generated") && options.profile !== "audit"
      ? [{ kind: "generated", path: head.path, ...(isNew && { isNew }) }]
      : [];
  return { path: head.path, ...result, notices: [...notices, ...quiet, ...judged], linesInScope, ...more };
}

/** Of a file that is gone, what the world no longer reaches. */
function analyseRemoved(analyse: Sides, base: FileChange["base"], options: AnalysisOptions): TaskAnalysis {
  const nothing = { path: base?.path ?? "", findings: [], suppressed: [], notices: [], linesInScope: 0 };
  if (base === undefined || !isOfProduct({ ...base, context: contextOfPath(base.path) })) return nothing;
  const before = analyse.base({ ...base, context: "product" }, options, (path) => path, { asked: new Set() });
  const surface = changeOfSurface(before, undefined);
  return surface.length === 0 ? nothing : { ...nothing, surface };
}

/** Migrations, quiet like tests otherwise, give rights in the database. */
function isOfProduct({ path, context }: KnownFile): boolean {
  return context === "product" || (context === "test" && /(?:^|\/)migrations\/[^/]+$/u.test(path));
}

function changedFiles(files: readonly ProjectFile[]): (readonly [string, ChangedLines])[] {
  return files.flatMap(({ path, text = "", change }) => {
    if (change === undefined) return [];
    const hunks = byPythonLines(change.hunks, change.base, text);
    return [[path, createChangedLines(path, change.basePath ?? path, hunks)] as const];
  });
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

/**
 * A finding is known when the base has it, in the same scope or (moved) in another. So is a flow from the same source into the same call
 * of the same scope: something else in the call has changed.
 */
function withoutKnown(
  found: readonly IdentifiedFinding[],
  before: readonly IdentifiedFinding[],
  isBaseKnown: boolean,
): readonly IdentifiedFinding[] {
  const exact = new Set(before.map(({ finding }) => finding.fingerprint));
  const atHead = new Set(found.map(({ finding }) => finding.fingerprint));
  const fresh = found.filter(({ finding }) => !exact.has(finding.fingerprint));
  const gone = before.filter(({ finding }) => !atHead.has(finding.fingerprint));
  const moved = unpaired(fresh, gone, looseKey);
  return isBaseKnown ? unpaired(moved.fresh, moved.gone, flowKey).fresh : moved.fresh;
}

interface Unpaired {
  readonly fresh: IdentifiedFinding[];
  readonly gone: IdentifiedFinding[];
}

/** Without those that have a partner by their key, each its own. */
function unpaired(
  fresh: readonly IdentifiedFinding[],
  gone: readonly IdentifiedFinding[],
  keyOf: (identity: IdentifiedFinding["identity"]) => string | undefined,
): Unpaired {
  const left = [...gone];
  const unmatched = fresh.filter(({ identity }) => {
    const key = keyOf(identity);
    const partner = key === undefined ? -1 : left.findIndex((other) => keyOf(other.identity) === key);
    if (partner >= 0) left.splice(partner, 1);
    return partner < 0;
  });
  return { fresh: unmatched, gone: left };
}

/**
 * Without what another rule says more exactly of the same line, or of the function that it is about: one that compares of what one
 * finds at the head, or the other way round.
 */
function withoutSaid(
  found: readonly IdentifiedFinding[],
  others: readonly IdentifiedFinding[],
  { rules }: Catalogue,
): readonly IdentifiedFinding[] {
  return found.filter(
    ({ finding: { ruleId, scope, location }, tookOut: own }) =>
      !others.some(
        ({ finding: other, tookOut }) =>
          rules.get(other.ruleId)?.supersedes.includes(ruleId) &&
          (tookOut?.scope === scope || own?.scope === other.scope || shareLines(location.span, other.location.span)),
      ),
  );
}
