import type { Finding, Fix, Notice, Suppression } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { settleSurface } from "../analysis/surface/settle-surface.ts";
import type { SurfaceChange } from "../analysis/surface/surface.ts";
import type { Rule } from "../rules/rule.ts";
import type { Location, Position } from "../text/span.ts";
import { noticeText } from "./notice-text.ts";
import { placeOfNotice, type Report, rulePage, sortReport } from "./report.ts";

/**
 * The report for programs. Lines and columns are 1-based, columns in UTF-16 code units, ends excluded; `offset` is
 * 0-based. `format` grows when a member is removed or means something else; new members may appear at any time.
 */
export interface JsonReport {
  readonly format: 1;
  readonly tool: { readonly name: "safepath"; readonly version: string };
  readonly summary: {
    readonly files: number;
    readonly lines: number;
    readonly error: number;
    readonly warning: number;
    readonly note: number;
    readonly suppressed: number;
    /** Files that the configuration leaves out. */
    readonly leftOut: number;
    /** Something that should have been analysed was not. */
    readonly unverified: boolean;
  };
  readonly findings: readonly JsonFinding[];
  readonly suppressed: readonly JsonSuppression[];
  readonly notices: readonly JsonNotice[];
  /** What a change does to what the world reaches and what reaches the world; absent in a scan. */
  readonly surface?: readonly JsonSurfaceChange[];
}

export interface JsonSurfaceChange extends JsonPlace {
  readonly kind: SurfaceChange["kind"];
  readonly change: SurfaceChange["change"];
  readonly name: string;
  /** Of a route: the check of who calls. */
  readonly guard?: string;
  readonly guardBefore?: string;
  /** Of a route that is served under another name now. */
  readonly nameBefore?: string;
}

export interface JsonFinding extends JsonPlace {
  readonly rule: string;
  readonly level: Finding["level"];
  readonly title?: string;
  readonly cwe?: string;
  /** Further weaknesses that the same mistake is filed under. */
  readonly furtherCwes?: readonly string[];
  readonly precision?: Rule["precision"];
  /** Where the rule is explained. */
  readonly help?: string;
  /** Dotted name of the enclosing classes and functions; empty at module level. */
  readonly scope: string;
  /** Markdown. */
  readonly message: string;
  /** At most 10 source lines from `start` on, secrets masked, cut around the place where they are longer than 500. */
  readonly excerpt: string;
  /** Names the finding across revisions: it does not depend on line numbers. */
  readonly fingerprint: string;
  /** The commit that has it, where the head of the change no longer does. */
  readonly commit?: string;
  /** The changed line that leads to the finding, when the finding itself lies on none. */
  readonly anchor?: JsonPlace;
  /** How the value gets there, source first. */
  readonly trace?: readonly (JsonPlace & { readonly role: string; readonly note: string })[];
  readonly fix?: {
    readonly title: string;
    readonly applicability: Fix["applicability"];
    readonly edits: readonly { readonly start: JsonPosition; readonly end: JsonPosition; readonly text: string }[];
  };
}

export interface JsonSuppression extends JsonFinding {
  readonly by: Suppression["by"];
  readonly reason?: string;
  readonly until?: string;
  /** The comment that silences it. */
  readonly comment?: JsonPlace;
}

export interface JsonNotice {
  readonly kind: Notice["kind"];
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly unverified: boolean;
}

export interface JsonPlace {
  readonly path: string;
  readonly start: JsonPosition;
  readonly end: JsonPosition;
}

export interface JsonPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export function toJson(report: Report): string {
  const { findings, suppressed, notices, rules } = sortReport(report);
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const draw = (finding: Finding) => jsonFinding(finding, ruleById.get(finding.ruleId), report.rulePages);
  const ofLevel = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  const json: JsonReport = {
    format: 1,
    tool: { name: "safepath", version: report.version },
    summary: {
      files: report.analyses.length,
      lines: report.analyses.reduce((lines, analysis) => lines + analysis.linesInScope, 0),
      error: ofLevel("error"),
      warning: ofLevel("warning"),
      note: ofLevel("note"),
      suppressed: suppressed.length,
      leftOut: report.leftOut ?? 0,
      unverified: notices.some(isUnverified),
    },
    findings: findings.map(draw),
    suppressed: suppressed.map(({ finding, by, reason, until, comment }) => ({
      ...draw(finding),
      by,
      ...(reason !== undefined && { reason }),
      ...(until !== undefined && { until }),
      ...(comment !== undefined && { comment: jsonPlace(comment) }),
    })),
    notices: notices.map((notice) => ({
      kind: notice.kind,
      ...placeOfNotice(notice),
      message: noticeText(notice),
      unverified: isUnverified(notice),
    })),
  };
  const changes = settleSurface(report.analyses.flatMap(({ surface = [] }) => surface));
  const surface = changes.map(
    ({ kind, change, name, nameBefore, guard, guardBefore, location }): JsonSurfaceChange => ({
      kind,
      change,
      name,
      ...(nameBefore !== undefined && { nameBefore }),
      ...(guard !== undefined && { guard }),
      ...(guardBefore !== undefined && { guardBefore }),
      ...jsonPlace(location),
    }),
  );
  return `${JSON.stringify(surface.length === 0 ? json : { ...json, surface }, undefined, 2)}\n`;
}

function jsonFinding(finding: Finding, rule: Rule | undefined, rulePages: string | undefined): JsonFinding {
  const { ruleId, level, location, scope, message, excerpt, fingerprint, commit, anchor, trace, fix } = finding;
  const help = rule && rulePage(rule, rulePages);
  return {
    rule: ruleId,
    level,
    ...jsonPlace(location),
    ...(rule !== undefined && {
      title: rule.title,
      cwe: rule.cwe,
      furtherCwes: rule.furtherCwes,
      precision: rule.precision,
    }),
    ...(help !== undefined && { help }),
    scope,
    message,
    excerpt,
    fingerprint,
    ...(commit !== undefined && { commit }),
    ...(anchor !== undefined && { anchor: jsonPlace(anchor) }),
    ...(trace !== undefined && {
      trace: trace.map((step) => ({ ...jsonPlace(step.location), role: step.role, note: step.note })),
    }),
    ...(fix !== undefined && { fix: jsonFix(fix) }),
  };
}

function jsonFix({ title, applicability, edits }: Fix): NonNullable<JsonFinding["fix"]> {
  return {
    title,
    applicability,
    edits: edits.map(({ span, text }) => ({ start: jsonPosition(span.start), end: jsonPosition(span.end), text })),
  };
}

function jsonPlace({ path, span }: Location): JsonPlace {
  return { path, start: jsonPosition(span.start), end: jsonPosition(span.end) };
}

function jsonPosition({ line, column, offset }: Position): JsonPosition {
  return { line, column: column + 1, offset };
}
