import { parsePatch, type StructuredPatch } from "diff";
import type { Hunk } from "./hunk.ts";
import { readHunk } from "./read-hunk.ts";

/** One file of a diff; a side's path is absent where the file does not exist. */
export interface FilePatch {
  readonly basePath?: string;
  readonly headPath?: string;
  /** Empty for a binary file, and for one that was only renamed or got another mode. */
  readonly hunks: readonly Hunk[];
}

/**
 * The files of a whole `git diff`, in its order. The end of a file's lines is known by count, so that no content passes
 * for the head of another file. Throws on a diff that contradicts itself.
 */
export function parseGitDiff(diff: string): readonly FilePatch[] {
  return parsePatch(diff)
    .filter(({ isGit }) => isGit)
    .map((patch) => ({ ...pathsOf(patch), hunks: patch.hunks.map(readHunk) }));
}

function pathsOf({ oldFileName, newFileName, isCreate, isDelete }: StructuredPatch): Omit<FilePatch, "hunks"> {
  return {
    ...(isCreate || oldFileName === undefined ? {} : { basePath: oldFileName.replace(/^a\//, "") }),
    ...(isDelete || newFileName === undefined ? {} : { headPath: newFileName.replace(/^b\//, "") }),
  };
}
