/** A word of a line as a shell would split it. */
export interface Word {
  /** Surrounding quotes taken off. */
  readonly text: string;
  /** Offsets of `text` in the file. */
  readonly start: number;
  readonly end: number;
  /** Offsets of the word with its quotes. */
  readonly outerStart: number;
  readonly outerEnd: number;
}

/** `lineStart` is the offset of the line in its file. */
export function wordsOf(line: string, lineStart: number): readonly Word[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g)].map((word) =>
    wordAt(word[0], lineStart + word.index),
  );
}

export function wordAt(written: string, start: number): Word {
  const end = start + written.length;
  const inner = /^(["'])([^"']*)\1$/.exec(written)?.[2];
  const offsets = inner === undefined ? { start, end } : { start: start + 1, end: end - 1 };
  return { text: inner ?? written, ...offsets, outerStart: start, outerEnd: end };
}
