import type { Finding } from "../analysis/finding.ts";
import { declaredEncoding } from "../text/decode-source.ts";
import { hasInvisible } from "../text/invisible.ts";
import { createLineIndex } from "../text/line-index.ts";
import type { LineRange, TextEdit } from "../text/span.ts";
import { lastLine, linesOf, overlaps } from "./anchor.ts";
import { fence } from "./escape.ts";
import type { ReviewedFile } from "./review-plan.ts";

/** What GitHub puts in place of whole lines when a person accepts the change. */
export interface Suggestion {
  readonly path: string;
  readonly lines: LineRange;
  /** The new lines, line ends and tabs as in the file, without the last line end; empty where the lines go. */
  readonly text: string;
}

/**
 * The fix as a suggestion, where it is exact: in one hunk with no removed line inside, alone on its lines, and nothing
 * in it that a reader would not see. `others` are the other findings of the review.
 */
export function suggest(finding: Finding, file: ReviewedFile, others: readonly Finding[]): Suggestion | undefined {
  if (finding.fix === undefined || finding.fix.edits.length === 0) return undefined;
  const path = file.changed.path;
  if (finding.location.path !== path) return undefined;
  const lines = linesOfEdits(finding.fix.edits);
  if (lines.count > LONGEST || !overlaps(lines, linesOf(finding.location.span))) return undefined;
  // GitHub writes UTF-8.
  if (!file.changed.isSuggestable(lines) || declaredEncoding(file.text) !== undefined) return undefined;
  if (others.some((other) => other !== finding && touches(other, path, lines))) return undefined;
  const text = replaceLines(file.text, lines, finding.fix.edits);
  return text === undefined || hasInvisible(text) ? undefined : { path, lines, text };
}

export function suggestionBlock(suggestion: Suggestion): string {
  return suggestion.text === "" ? "```suggestion\n```" : fence(suggestion.text, "suggestion");
}

/** A longer change is better made in an editor. */
const LONGEST = 20;

function touches(finding: Finding, path: string, lines: LineRange): boolean {
  return finding.location.path === path && overlaps(linesOf(finding.location.span), lines);
}

function linesOfEdits(edits: readonly TextEdit[]): LineRange {
  const ranges = edits.map(({ span }) => linesOf(span));
  const first = Math.min(...ranges.map((range) => range.first));
  return { first, count: Math.max(...ranges.map(lastLine)) - first + 1 };
}

/** Undefined where the lines end in different ways: GitHub would make them alike. */
function replaceLines(text: string, lines: LineRange, edits: readonly TextEdit[]): string | undefined {
  const { lineStarts } = createLineIndex(text);
  const start = lineStarts[lines.first - 1] ?? text.length;
  const end = lineStarts[lastLine(lines)] ?? text.length;
  const ends = new Set(text.slice(start, end).match(/\r\n|\r|\n/gu));
  if (ends.size > 1 || ends.has("\r")) return undefined;
  const [lineEnd = "\n"] = ends;
  let after = "";
  let from = start;
  for (const { span, text: replacement } of edits.toSorted((a, b) => a.span.start.offset - b.span.start.offset)) {
    after += text.slice(from, span.start.offset) + replacement.replace(/\r?\n/gu, lineEnd);
    from = span.end.offset;
  }
  return (after + text.slice(from, end)).replace(/\r?\n$/u, "");
}
