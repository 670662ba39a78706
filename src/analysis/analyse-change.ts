import { createChangedLines } from "../diff/changed-lines.ts";
import type { ChangedLines } from "../diff/hunk.ts";
import type { Level } from "../rules/rule.ts";
import type { Location } from "../text/span.ts";
import type { IdentifiedFinding } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextOf } from "./context.ts";
import type { AnalyseSource } from "./create-analyse.ts";
import type { FileChange } from "./file-change.ts";
import type { FileAnalysis, Finding } from "./finding.ts";
import { looseKey } from "./fingerprint.ts";
import { suppress } from "./suppress.ts";
import { verifyFixes } from "./verify-fixes.ts";

/** What a change brought in: findings at the head that touch it and that the base did not have. */
export function analyseChange(
  analyse: AnalyseSource,
  catalogue: Catalogue,
  change: FileChange,
  options: AnalysisOptions,
): FileAnalysis {
  const { head, base } = change;
  if (head === undefined) return { path: base?.path ?? "", findings: [], suppressed: [], notices: [], linesInScope: 0 };
  const identityPath = base?.path ?? head.path;
  const lines = createChangedLines(head.path, identityPath, change.hunks);
  const { findings: found, notices, syntax } = analyse(head, options, identityPath);
  const before = base === undefined || found.length === 0 ? undefined : analyse(base, options, identityPath);
  const scopesBefore = new Set(before?.scopes);
  const introduced = withoutKnown(found, before?.findings ?? []).flatMap((one) => {
    const placed = place(one.finding, lines, base !== undefined);
    if (placed === undefined) return [];
    const level = scopesBefore.has(placed.scope) ? placed.level : levelInNewCode(placed, catalogue);
    return [{ ...one, finding: { ...placed, level } }];
  });
  const findings = verifyFixes(analyse, head, options, introduced, found).map(({ finding }) => finding);
  const linesInScope = change.hunks.reduce(
    (sum, { lines }) => sum + lines.filter(({ kind }) => kind === "added").length,
    0,
  );
  if (syntax === undefined) return { path: head.path, findings, suppressed: [], notices, linesInScope };
  const result = suppress(findings, syntax, head.path, catalogue.rules, options.today, (line) => lines.isChanged(line));
  return { path: head.path, ...result, notices: [...notices, ...result.notices], linesInScope };
}

/** Code that the change adds is asked for more by some rules; what a test's path has lowered stays low. */
function levelInNewCode({ ruleId, level, location }: Finding, { rules }: Catalogue): Level {
  const rule = rules.get(ruleId);
  const isLowered = rule?.level !== level || contextOf(location.path) !== "product";
  return isLowered ? level : (rule.levelWhenAdded ?? level);
}

/** A finding is known when the base has it, in the same scope or (moved) in another. */
function withoutKnown(found: readonly IdentifiedFinding[], before: readonly IdentifiedFinding[]): IdentifiedFinding[] {
  const exact = new Set(before.map(({ finding }) => finding.fingerprint));
  const rest = found.filter(({ finding }) => !exact.has(finding.fingerprint));
  const atHead = new Set(found.map(({ finding }) => finding.fingerprint));
  const moved = new Map<string, number>();
  for (const { finding, identity } of before) {
    if (atHead.has(finding.fingerprint)) continue;
    const key = looseKey(identity);
    moved.set(key, (moved.get(key) ?? 0) + 1);
  }
  return rest.filter(({ identity }) => {
    const key = looseKey(identity);
    const left = moved.get(key) ?? 0;
    if (left > 0) moved.set(key, left - 1);
    return left === 0;
  });
}

/**
 * The finding, anchored on a changed line: its own, else the step of its trace nearest to the sink. A flow that the base did
 * not have although no step changed is one whose protection was removed: it is said at the nearest change.
 */
function place(finding: Finding, lines: ChangedLines, hasBase: boolean): Finding | undefined {
  if (touches(finding.location, lines)) return finding;
  if (finding.trace === undefined) return undefined;
  for (const { location } of [...finding.trace].reverse()) {
    if (location.path === finding.location.path && touches(location, lines)) return { ...finding, anchor: location };
  }
  return hasBase && lines.hunks.length > 0 ? { ...finding, anchor: nearest(finding.location, lines) } : undefined;
}

function touches({ span }: Location, lines: ChangedLines): boolean {
  for (let line = span.start.line; line <= span.end.line; line++) if (lines.isChanged(line)) return true;
  return false;
}

/** The line of a hunk that is nearest to a place. */
function nearest({ path, span }: Location, lines: ChangedLines): Location {
  let best = span.start.line;
  let distance = Number.POSITIVE_INFINITY;
  for (const { head } of lines.hunks) {
    const last = head.first + Math.max(0, head.count - 1);
    const line = Math.min(Math.max(span.start.line, head.first), last);
    if (Math.abs(line - span.start.line) < distance) {
      best = line;
      distance = Math.abs(line - span.start.line);
    }
  }
  const position = { line: best, column: 0, offset: 0 };
  return { path, span: { start: position, end: position } };
}
