import type { Hunk } from "../diff/hunk.ts";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One file of a change, as plain data: what is sent to an analysing child process. */
export interface FileChange {
  /** The file at the merge base; absent for an added file. */
  readonly base?: SourceFile;
  /** The file at the head; absent for a removed file. */
  readonly head?: SourceFile;
  readonly hunks: readonly Hunk[];
}
