import { createLineIndex } from "../text/line-index.ts";
import type { LineRange } from "../text/span.ts";
import type { Hunk, HunkLine } from "./hunk.ts";

/** A carriage return that ends a line of Python and none of git's. */
export function hasLoneReturn(text: string): boolean {
  return /\r(?!\n)/u.test(text);
}

/**
 * The hunks of git's patch by the lines that Python counts: a lone carriage return ends one, too. Otherwise code behind such a return
 * would stand on lines of which no patch tells.
 */
export function byPythonLines(hunks: readonly Hunk[], base: string | undefined, head: string): readonly Hunk[] {
  if (!hasLoneReturn(head) && !hasLoneReturn(base ?? "")) return hunks;
  const [baseLine, headLine] = [numbering(base ?? ""), numbering(head)];
  return hunks.map((hunk) => ({
    base: renumbered(hunk.base, baseLine),
    head: renumbered(hunk.head, headLine),
    lines: hunk.lines.flatMap((line) => partsOf(line, baseLine, headLine)),
  }));
}

/** Python's number of the line with which a line of git's begins. */
type Numbering = (line: number) => number;

function numbering(text: string): Numbering {
  const index = createLineIndex(text);
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  return (line) => {
    const start = starts[line - 1];
    return start === undefined ? index.lineStarts.length + 1 : index.positionAt(start).line;
  };
}

/** An empty range names the line before it. */
function renumbered({ first, count }: LineRange, numberOf: Numbering): LineRange {
  if (count === 0) return { first: first === 0 ? 0 : numberOf(first + 1) - 1, count };
  const begin = numberOf(first);
  return { first: begin, count: numberOf(first + count) - begin };
}

function partsOf(line: HunkLine, baseOf: Numbering, headOf: Numbering): readonly HunkLine[] {
  const base = line.kind === "added" ? 0 : baseOf(line.baseLine);
  const head = line.kind === "removed" ? 0 : headOf(line.headLine);
  const { kind } = line;
  return line.text.split("\r").map((text, at) => {
    if (kind === "added") return { kind, headLine: head + at, text };
    if (kind === "removed") return { kind, baseLine: base + at, text };
    return { kind, baseLine: base + at, headLine: head + at, text };
  });
}
