/** A place in a text: line is 1-based, column 0-based, both and `offset` in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open region of one file, `[start, end)`. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** A place that can be shown to a person: a repository path and a span in its head version. */
export interface Location {
  readonly path: string;
  readonly span: Span;
}

/** Lines `first` to `first + count - 1`, 1-based; `count` 0 is an empty side. */
export interface LineRange {
  readonly first: number;
  readonly count: number;
}

/** Replace `span` by `text`. Edits of one fix never overlap. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}
