import type { Hunk } from "../diff/hunk.ts";

/** A file of the project that imports may lead to, as plain data: it is sent with a task to an analysing child process. */
export interface ProjectFile {
  readonly path: string;
  /** At the head; absent where there is no such file. */
  readonly text?: string;
  /** Of a file that the change touches; any other one was at the base what it is at the head. */
  readonly change?: {
    /** Absent where there was no such file. */
    readonly base?: string;
    /** Its path at the base, of a renamed file: fingerprints name it so. */
    readonly basePath?: string;
    readonly hunks: readonly Hunk[];
  };
}

/** A file by its path on either side of a change; undefined where there is none. Waits for the answer. */
export type AskForFile = (path: string) => ProjectFile | undefined;

/** Where the modules are found that a file imports: on disk, sent along, as far as they are known, or with whoever wants the analysis. */
export type ProjectSource =
  | {
      readonly kind: "disk";
      /** Absolute: the folder that paths of the task start from. */
      readonly root: string;
      /** Absolute: nothing outside of it is read. */
      readonly within: string;
    }
  | { readonly kind: "given"; readonly files: readonly ProjectFile[] }
  | { readonly kind: "asked" };

/** UTF-16 code units of both sides. */
export function lengthOfFile(file: ProjectFile | undefined): number {
  return (file?.text?.length ?? 0) + (file?.change?.base?.length ?? 0);
}
