import type { LineRange } from "../text/span.ts";

/** One `@@ -a,b +c,d @@` block of a unified diff. */
export interface Hunk {
  readonly base: LineRange;
  readonly head: LineRange;
  readonly lines: readonly HunkLine[];
}

/** One line of a hunk, without its marker and line end. */
export type HunkLine =
  | { readonly kind: "context"; readonly baseLine: number; readonly headLine: number; readonly text: string }
  | { readonly kind: "added"; readonly headLine: number; readonly text: string }
  | { readonly kind: "removed"; readonly baseLine: number; readonly text: string };

/** Neighbouring lines that a change took out. */
export interface Removal {
  /** Lines of the head that stand next to them, before and after. */
  readonly beside: readonly number[];
  readonly text: string;
}

/** What a change did to one file, asked by line. */
export interface ChangedLines {
  readonly path: string;
  /** The path in the base when the file was renamed. */
  readonly basePath: string;
  /** The hunks in ascending order; serializable, so that a change can be sent to a child process. */
  readonly hunks: readonly Hunk[];
  readonly removals: readonly Removal[];
  /** Added or rewritten by the change: what a finding must touch to be reported. */
  isChanged(headLine: number): boolean;
  /** Inside a hunk, context included: where GitHub accepts a review comment. */
  isCommentable(headLine: number): boolean;
  /** Every line of the range lies in one hunk: where GitHub accepts a multi-line comment or suggestion. */
  isOneHunk(range: LineRange): boolean;
  /** The range lies in one hunk and no base line was removed inside it: where a suggestion is exact. */
  isSuggestable(range: LineRange): boolean;
}
