import { parsePatch as parseUnifiedDiff } from "diff";
import type { Hunk } from "./hunk.ts";
import { readHunk } from "./read-hunk.ts";

/**
 * The hunks of one file's patch, as git and GitHub write them: from its first `@@` on, whatever stands before.
 * Throws on a hunk whose lines are not as many as its head says.
 */
export function parsePatch(patch: string): readonly Hunk[] {
  const first = patch.search(/(?<=^|\n)@@ /);
  if (first === -1) return [];
  const [parsed] = parseUnifiedDiff(patch.slice(first));
  return (parsed?.hunks ?? []).map(readHunk);
}
