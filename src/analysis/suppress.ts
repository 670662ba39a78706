import { Kind } from "../python/kinds.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { lineOf, spanOf, textOf } from "../python/walk.ts";
import type { Rule } from "../rules/rule.ts";
import type { Finding, Notice, Suppression } from "./finding.ts";

/** A comment that silences findings on its line, or on the next one when it stands alone. */
export interface SuppressionComment {
  readonly line: number;
  readonly node: number;
  /** Rule ids and codes of other tools; empty for a bare `# nosec`. */
  readonly names: readonly string[];
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly isOurs: boolean;
}

const OURS = /#\s*safepath:\s*ignore\[([^\]]*)\](?:\s+until\s+(\d{4}-\d{2}-\d{2}))?(?:\s*(?:--|—)\s*(.*\S))?/;
const NOSEC = /#\s*nosec\b[:\s]*((?:[A-Z]\d{3}[,\s]*)*)/;
const NOQA = /#\s*noqa:\s*((?:[A-Z]+\d+[,\s]*)+)/i;

/** Reads the comments of a file: text inside strings is none. */
export function suppressionComments(syntax: SyntaxArrays): SuppressionComment[] {
  const found: SuppressionComment[] = [];
  for (const node of nodesOfKind(syntax, Kind.comment)) {
    const text = textOf(syntax, node);
    const line = lineOf(syntax, syntax.start[node]);
    const alone = syntax.text.slice(syntax.lineStarts[line - 1], syntax.start[node]).trim() === "";
    const parsed = parseComment(text);
    if (parsed !== undefined) found.push({ ...parsed, node, line: alone ? line + 1 : line });
  }
  return found;
}

function parseComment(text: string): Omit<SuppressionComment, "line" | "node"> | undefined {
  const ours = OURS.exec(text);
  if (ours !== null) {
    const names = ours[1]
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    return { names, reason: ours[3], until: ours[2], isOurs: true };
  }
  const other = NOSEC.exec(text) ?? NOQA.exec(text);
  if (other === null) return undefined;
  return {
    names: other[1].split(/[,\s]+/).filter((name) => name !== ""),
    reason: text.replace(/^#\s*/, ""),
    until: undefined,
    isOurs: false,
  };
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppression[];
  readonly notices: readonly Notice[];
}

/** Takes out what comments silence. A comment of ours without a reason does not count, and is said. */
export function suppress(
  findings: readonly Finding[],
  syntax: SyntaxArrays,
  path: string,
  rules: ReadonlyMap<string, Rule>,
  today: string,
  isChanged: (line: number) => boolean,
): Suppressed {
  const comments = suppressionComments(syntax);
  if (comments.length === 0) return { findings, suppressed: [], notices: [] };
  const kept: Finding[] = [];
  const suppressed: Suppression[] = [];
  for (const finding of findings) {
    const comment = comments.find(
      // No comment silences what is said of itself.
      (comment) =>
        syntax.start[comment.node] !== finding.location.span.start.offset &&
        silences(comment, finding, rules.get(finding.ruleId), today),
    );
    if (comment === undefined) {
      kept.push(finding);
      continue;
    }
    suppressed.push({
      finding,
      by: "comment",
      ...(comment.reason === undefined ? {} : { reason: comment.reason }),
      ...(comment.until === undefined ? {} : { until: comment.until }),
      added: isChanged(lineOf(syntax, syntax.start[comment.node])),
    });
  }
  const notices = comments
    .filter(({ isOurs, reason }) => isOurs && reason === undefined)
    .map(({ node }): Notice => {
      return {
        kind: "suppression-without-reason",
        location: { path, span: spanOf(syntax, node) },
        text: textOf(syntax, node),
      };
    });
  return { findings: kept, suppressed, notices };
}

function silences(comment: SuppressionComment, finding: Finding, rule: Rule | undefined, today: string): boolean {
  const { start, end } = finding.location.span;
  if (comment.line < start.line || comment.line > end.line) return false;
  if (comment.isOurs && comment.reason === undefined) return false;
  if (comment.until !== undefined && comment.until < today) return false;
  if (comment.names.length === 0) return !comment.isOurs;
  const accepted = [finding.ruleId, ...(rule?.formerly ?? []), ...(comment.isOurs ? [] : (rule?.codes ?? []))];
  return comment.names.some((name) => accepted.includes(name));
}
