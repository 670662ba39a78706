import { type StructuredPatchHunk, structuredPatch } from "diff";
import type { Fix } from "../analysis/finding.ts";
import { applyEdits } from "../text/apply-edits.ts";
import type { TextEdit } from "../text/span.ts";
import { windowOf } from "./excerpt.ts";

/** Lines next to each other that edits touch, with those around them; offsets of the source, whole lines. */
interface Part {
  readonly firstLine: number;
  readonly from: number;
  to: number;
  readonly edits: TextEdit[];
}

/**
 * The lines that a fix removes and adds, with `context` unchanged ones around them. No more of the source is looked at: a large file
 * may have thousands of fixes.
 */
export function hunksOfFix(
  { edits }: Pick<Fix, "edits">,
  source: string,
  context: number,
): readonly StructuredPatchHunk[] {
  let gained = 0;
  return partsOf(edits, source, context).flatMap(({ firstLine, from, to, edits: own }) => {
    const before = source.slice(from, to);
    const after = applyEdits(
      before,
      own.map(({ span, text }) => ({ text, span: { start: shifted(span.start, from), end: shifted(span.end, from) } })),
    );
    const { hunks } = structuredPatch("", "", before, after, "", "", { context });
    const [oldBase, newBase] = [firstLine - 1, firstLine - 1 + gained];
    gained += countLines(after) - countLines(before);
    return hunks.map((hunk) => ({
      ...hunk,
      oldStart: hunk.oldStart + oldBase,
      newStart: hunk.newStart + newBase,
      lines: hunk.lines.filter((line) => !line.startsWith("\\")),
    }));
  });
}

/** Code units of a line of a diff: people copy it, so it is cut later than an excerpt. */
const MOST_COLUMNS = 400;

/** Lines of a hunk, those that are very long around the column where the first one removed and the first one added part. */
export function shortened(lines: readonly string[]): readonly string[] {
  const [removed = "", added = ""] = ["-", "+"].map((sign) => lines.find((line) => line.startsWith(sign))?.slice(1));
  const from = commonLength(removed, added);
  return lines.map((line) => {
    const { text } = windowOf(line.slice(1), Math.min(from, line.length - 1), MOST_COLUMNS);
    return `${line.charAt(0)}${text}`;
  });
}

/** How long the two are the same from their start on. */
function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function partsOf(edits: readonly TextEdit[], source: string, context: number): readonly Part[] {
  const parts: Part[] = [];
  for (const edit of edits.toSorted((a, b) => a.span.start.offset - b.span.start.offset)) {
    const { start, end } = edit.span;
    const { from, passed } = lineStart(source, start.offset, context);
    const to = lineEnd(source, end.offset, context);
    const last = parts.at(-1);
    if (last !== undefined && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else {
      parts.push({ firstLine: start.line - passed, from, to, edits: [edit] });
    }
  }
  return parts;
}

/** Where the line begins that is `before` lines above that of the offset, or as many as there are. */
function lineStart(source: string, offset: number, before: number): { readonly from: number; readonly passed: number } {
  let from = source.lastIndexOf("\n", offset - 1) + 1;
  if (offset === 0) from = 0;
  let passed = 0;
  while (passed < before && from > 0) {
    from = from === 1 ? 0 : source.lastIndexOf("\n", from - 2) + 1;
    passed += 1;
  }
  return { from, passed };
}

/** Where the line ends that is `after` lines below that of the offset, its line break included. */
function lineEnd(source: string, offset: number, after: number): number {
  let to = offset;
  for (let passed = 0; passed <= after && to < source.length; passed++) {
    const next = source.indexOf("\n", to);
    to = next === -1 ? source.length : next + 1;
  }
  return to;
}

function shifted<P extends { readonly offset: number }>(place: P, by: number): P {
  return { ...place, offset: place.offset - by };
}

function countLines(text: string): number {
  return text.split("\n").length;
}
