/** A review as a reader sees it on GitHub: what the page and the terminal draw. */
export interface ReviewView {
  readonly title: string;
  readonly author: string;
  readonly check: { readonly conclusion: string; readonly title: string; readonly summary: string };
  readonly reviewBody?: string;
  readonly comments: readonly CommentView[];
}

export interface CommentView {
  readonly path: string;
  readonly startLine?: number;
  /** Absent in a comment on the whole file. */
  readonly line?: number;
  readonly body: string;
  /** The lines of the file up to the last commented one, as in GitHub's excerpt above a comment. */
  readonly code: readonly CodeLine[];
}

export interface CodeLine {
  readonly number: number;
  readonly text: string;
  readonly added: boolean;
}

/** The lines that a suggestion in this comment would replace. */
export function commentedLines({ startLine, line, code }: CommentView): readonly CodeLine[] {
  return code.filter(({ number }) => line !== undefined && number >= (startLine ?? line) && number <= line);
}
