import type { Position, Span } from "./span.ts";

/** Where the lines of a text begin: turns offsets into positions and finds lines. */
export interface LineIndex {
  /** Offsets at which each line starts; a text has at least one line. */
  readonly lineStarts: readonly number[];
  /** Offsets beyond the text are positions at its end. */
  positionAt(offset: number): Position;
  spanOf(start: number, end: number): Span;
  /** The 1-based line without its line end; empty beyond the text. */
  lineText(line: number): string;
}

/** Lines end at LF, CRLF or a lone CR, as in Python. */
export function createLineIndex(text: string): LineIndex {
  const lineStarts = startsOfLines(text);

  function positionAt(offset: number): Position {
    const within = Math.max(0, Math.min(offset, text.length));
    const line = lastLineStartingAtOrBefore(lineStarts, within);
    return { line: line + 1, column: columnAt(text, lineStarts[line] ?? 0, within), offset: within };
  }

  return {
    lineStarts,
    positionAt,
    spanOf: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
    lineText: (line) => text.slice(lineStarts[line - 1] ?? text.length, lineStarts[line]).replace(/(\r\n|\n|\r)$/, ""),
  };
}

/** 0-based, of an offset in the line that starts at another. No editor counts a byte order mark. */
export function columnAt(text: string, lineStart: number, offset: number): number {
  return Math.max(0, offset - Math.max(lineStart, lengthOfMark(text)));
}

/** Of the byte order mark that a text begins with, in UTF-16 code units. */
export function lengthOfMark(text: string): 0 | 1 {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset);
    const endsLine = unit === 10 || (unit === 13 && text.charCodeAt(offset + 1) !== 10);
    if (endsLine) starts.push(offset + 1);
  }
  return starts;
}

function lastLineStartingAtOrBefore(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
