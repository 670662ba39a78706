import type { Finding } from "../analysis/finding.ts";
import type { ChangedLines, Hunk } from "../diff/hunk.ts";
import type { LineRange, Span } from "../text/span.ts";
import type { ReviewedFile } from "./review-plan.ts";

/** Where a comment is placed. GitHub takes lines of one hunk, or a file of the change; `nowhere` is left to the summary. */
export type Anchor =
  | { readonly kind: "lines"; readonly path: string; readonly lines: LineRange }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "nowhere" };

/** The place that says it best: the finding's own lines, else the nearest changed line, else the file. */
export function anchorOf(finding: Finding, files: ReadonlyMap<string, ReviewedFile>): Anchor {
  const { path, span } = finding.anchor ?? finding.location;
  const file = files.get(path);
  if (file === undefined) return { kind: "nowhere" };
  if (finding.commit !== undefined) return { kind: "file", path };
  const lines = linesIn(file.changed, linesOf(span));
  return lines === undefined ? { kind: "file", path } : { kind: "lines", path, lines };
}

/** The lines of a span, without the last one when it ends before that line's first character. */
export function linesOf(span: Span): LineRange {
  const last = span.end.column === 0 && span.end.line > span.start.line ? span.end.line - 1 : span.end.line;
  return { first: span.start.line, count: last - span.start.line + 1 };
}

export function lastLine(range: LineRange): number {
  return range.first + range.count - 1;
}

export function overlaps(one: LineRange, other: LineRange): boolean {
  return one.first <= lastLine(other) && other.first <= lastLine(one);
}

/** A comment on more lines than this hides the code that it is about. */
const LONGEST = 10;

/** A changed line that is further away than this explains nothing. */
const NEAR = 10;

function linesIn(changed: ChangedLines, wanted: LineRange): LineRange | undefined {
  if (wanted.count <= LONGEST && changed.isOneHunk(wanted)) return wanted;
  const hunk = changed.hunks.find(({ head }) => head.count > 0 && overlaps(head, wanted));
  if (hunk === undefined) return nearestChanged(changed.hunks, wanted);
  const inside = intersection(hunk.head, wanted);
  if (inside.count <= LONGEST) return inside;
  const touched = changedLines(hunk).find((line) => line >= inside.first && line <= lastLine(inside));
  return { first: touched ?? inside.first, count: 1 };
}

function nearestChanged(hunks: readonly Hunk[], wanted: LineRange): LineRange | undefined {
  const distance = (line: number) => Math.max(wanted.first - line, line - lastLine(wanted), 0);
  const nearest = hunks.flatMap(changedLines).sort((a, b) => distance(a) - distance(b))[0];
  return nearest !== undefined && distance(nearest) <= NEAR ? { first: nearest, count: 1 } : undefined;
}

function changedLines(hunk: Hunk): readonly number[] {
  return hunk.lines.flatMap((line) => (line.kind === "added" ? [line.headLine] : []));
}

function intersection(one: LineRange, other: LineRange): LineRange {
  const first = Math.max(one.first, other.first);
  return { first, count: Math.min(lastLine(one), lastLine(other)) - first + 1 };
}
