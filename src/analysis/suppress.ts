import type { Rule } from "../rules/rule.ts";
import { byLine } from "../text/by-line.ts";
import type { Finding, Notice, Suppression } from "./finding.ts";
import { isInForce } from "./read-suppression.ts";
import type { SuppressionComment } from "./suppression-comments.ts";
import { type SuppressionJudge, suppressionNotices } from "./suppression-notices.ts";

/** What comments are judged by. */
export interface SuppressionContext {
  readonly path: string;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly today: string;
  /** Whether the change touches the line. */
  readonly isChanged: (line: number) => boolean;
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppression[];
}

/** Takes out what comments silence. */
export function suppress(
  findings: readonly Finding[],
  comments: readonly SuppressionComment[],
  context: SuppressionContext,
): Suppressed {
  const kept: Finding[] = [];
  const suppressed: Suppression[] = [];
  const commentsAt = byLine(comments, (comment) => comment);
  for (const finding of findings) {
    const comment = commentsAt(linesOf(finding)).find((comment) => silences(comment, finding, context));
    if (comment === undefined) kept.push(finding);
    else suppressed.push(suppressionBy(comment, finding, context));
  }
  return { findings: kept, suppressed };
}

/** What there is to say of the comments themselves; `all` are the findings of the file, those that a change found there too. */
export function judgeSuppressions(
  all: readonly Finding[],
  comments: readonly SuppressionComment[],
  context: SuppressionContext,
  isDue: SuppressionJudge["isDue"],
): readonly Notice[] {
  const findingsAt = byLine(all, linesOf);
  const silencedBy = (comment: SuppressionComment) =>
    findingsAt(comment)
      .filter((finding) => silences(comment, finding, context))
      .map(({ ruleId }) => ruleId);
  const reportedAt = (comment: SuppressionComment) =>
    findingsAt(comment).find((finding) => isAt(comment, finding) && !silences(comment, finding, context))?.ruleId;
  return comments.flatMap((comment) => suppressionNotices(comment, { ...context, silencedBy, reportedAt, isDue }));
}

function suppressionBy(
  { reason, until, span, last }: SuppressionComment,
  finding: Finding,
  { path, isChanged }: SuppressionContext,
): Suppression {
  const added = isChanged(span.start.line);
  const { start, end } = finding.location.span;
  // One for the whole file is meant for what is written later, too.
  const isStretched = !added && Number.isFinite(last) && someLine(start.line, end.line, isChanged);
  return {
    finding,
    by: "comment",
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
    added,
    ...(isStretched && { isStretched }),
    comment: { path, span },
  };
}

function someLine(first: number, last: number, is: (line: number) => boolean): boolean {
  for (let line = first; line <= last; line += 1) if (is(line)) return true;
  return false;
}

function linesOf({ location: { span } }: Finding): { readonly first: number; readonly last: number } {
  return { first: span.start.line, last: span.end.line };
}

/** Whether the comment speaks of the finding's lines; none does of what is said of itself. */
function isAt(comment: SuppressionComment, { location }: Finding): boolean {
  const { start, end } = location.span;
  if (comment.last < start.line || comment.first > end.line) return false;
  if (comment.part !== undefined && (comment.part.end <= start.offset || comment.part.start >= end.offset))
    return false;
  return comment.span.start.offset !== start.offset;
}

function silences(comment: SuppressionComment, finding: Finding, { rules, today }: SuppressionContext): boolean {
  if (!isAt(comment, finding) || !isInForce(comment, today)) return false;
  if (comment.names.length === 0) return !comment.isOurs;
  return comment.names.some((name) => isNameOf(name, finding.ruleId, rules.get(finding.ruleId), comment.isOurs));
}

/** Comments of ours name rules; those of other tools, their codes too. */
function isNameOf(name: string, ruleId: string, rule: Rule | undefined, isOurs: boolean): boolean {
  return name === ruleId || rule?.formerly.includes(name) === true || (!isOurs && rule?.codes.includes(name) === true);
}
