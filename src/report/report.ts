import type { FileAnalysis, Finding, Notice, Suppression } from "../analysis/finding.ts";
import { isAtLeast } from "../rules/levels.ts";
import type { Level, Rule } from "../rules/rule.ts";
import { compareText } from "../text/compare-text.ts";

/** What every format is drawn from. */
export interface Report {
  readonly analyses: readonly FileAnalysis[];
  /** How many files the configuration leaves out; none unless said. */
  readonly leftOut?: number;
  /** All rules that were in force, whether they found something or not. */
  readonly rules: readonly Rule[];
  /** The program's version. */
  readonly version: string;
  /** The address under which rule pages lie, without a slash at the end; without it a rule's first reference stands in. */
  readonly rulePages?: string;
}

/** The report's contents in one order, whatever the order in which files were analysed. */
export interface SortedReport {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppression[];
  readonly notices: readonly Notice[];
  readonly rules: readonly Rule[];
}

export function sortReport({ analyses, rules }: Report): SortedReport {
  return {
    findings: analyses.flatMap((analysis) => analysis.findings).toSorted(compareFindings),
    suppressed: analyses
      .flatMap((analysis) => analysis.suppressed)
      .toSorted((a, b) => compareFindings(a.finding, b.finding)),
    notices: analyses.flatMap((analysis) => analysis.notices).toSorted(compareNotices),
    rules: rules.toSorted((a, b) => compareText(a.id, b.id)),
  };
}

/** The analyses without findings below `level`. */
export function fromLevel(analyses: readonly FileAnalysis[], level: Level): readonly FileAnalysis[] {
  return analyses.map((analysis) => ({
    ...analysis,
    findings: analysis.findings.filter((finding) => isAtLeast(finding.level, level)),
  }));
}

export function rulePage(rule: Rule, rulePages: string | undefined): string | undefined {
  return rulePages === undefined ? rule.references[0] : `${rulePages}/${rule.id}.md`;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.location.path, b.location.path) ||
    a.location.span.start.offset - b.location.span.start.offset ||
    a.location.span.end.offset - b.location.span.end.offset ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function compareNotices(a: Notice, b: Notice): number {
  const [first, second] = [placeOfNotice(a), placeOfNotice(b)];
  return (
    compareText(first.path, second.path) ||
    (first.line ?? 0) - (second.line ?? 0) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

export function placeOfNotice(notice: Notice): { readonly path: string; readonly line?: number } {
  if ("location" in notice) return { path: notice.location.path, line: notice.location.span.start.line };
  return notice.kind === "broken-manifest" ? { path: notice.path, line: notice.line } : { path: notice.path };
}
