import { parsePatch as parseUnifiedDiff, type StructuredPatchHunk } from "diff";
import type { Hunk, HunkLine } from "./hunk.ts";

/**
 * The hunks of one file's patch, as git and GitHub write them: from its first `@@` on, whatever stands before.
 * Throws on a hunk whose lines are not as many as its head says.
 */
export function parsePatch(patch: string): readonly Hunk[] {
  const first = patch.search(/^@@ /m);
  if (first === -1) return [];
  const [parsed] = parseUnifiedDiff(patch.slice(first));
  return (parsed?.hunks ?? []).map(toHunk);
}

export function toHunk({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): Hunk {
  return {
    base: { first: oldStart, count: oldLines },
    head: { first: newStart, count: newLines },
    lines: readLines(lines, oldStart, newStart),
  };
}

function readLines(lines: readonly string[], oldStart: number, newStart: number): readonly HunkLine[] {
  let baseLine = oldStart;
  let headLine = newStart;
  const read: HunkLine[] = [];
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, "");
    if (line.startsWith("+")) read.push({ kind: "added", headLine: headLine++, text });
    else if (line.startsWith("-")) read.push({ kind: "removed", baseLine: baseLine++, text });
    else if (!line.startsWith("\\")) read.push({ kind: "context", baseLine: baseLine++, headLine: headLine++, text });
  }
  return read;
}
