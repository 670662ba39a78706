import { parsePatch, type StructuredPatch } from "diff";
import type { FilePatch } from "./parse-git-diff.ts";
import { readHunk } from "./read-hunk.ts";

/** How a diff begins that somebody copied: with its head, that of its commit, or in the middle of a file. */
const FIRST_LINE = /^(?:diff --git |Index: |--- |@@ -|commit [0-9a-f]{7,64}|From [0-9a-f]{40,64} )/u;
const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/mu;

export function isDiff(text: string): boolean {
  return FIRST_LINE.test(text.trimStart()) && HUNK.test(text);
}

/**
 * The files of a diff however it was made (git, `diff -u`, a lone hunk), those with lines alone. A lone hunk is of `nameless`.
 * Throws on a diff that contradicts itself.
 */
export function parsePastedDiff(diff: string, nameless: string): readonly FilePatch[] {
  return parsePatch(diff)
    .filter(({ hunks }) => hunks.length > 0)
    .map((patch) => {
      const basePath = pathOf(patch.oldFileName, patch, "a/");
      const headPath = pathOf(patch.newFileName, patch, "b/");
      const named = basePath === undefined && headPath === undefined && patch.newFileName === undefined;
      return {
        ...(basePath !== undefined && { basePath }),
        ...(headPath !== undefined && { headPath }),
        ...(named && { basePath: nameless, headPath: nameless }),
        hunks: patch.hunks.map(readHunk),
      };
    });
}

function pathOf(name: string | undefined, { isGit }: StructuredPatch, prefix: string): string | undefined {
  if (name === undefined || name === "" || name === "/dev/null") return undefined;
  const hasPrefix = isGit === true || name.startsWith(prefix);
  return hasPrefix && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
