import type { LineRange } from "../text/span.ts";
import type { ChangedLines, Hunk } from "./hunk.ts";

/** Answers by line what a change did to a file. */
export function createChangedLines(path: string, basePath: string, hunks: readonly Hunk[]): ChangedLines {
  const changed = new Set<number>();
  for (const { lines } of hunks) for (const line of lines) if (line.kind === "added") changed.add(line.headLine);
  const hunkOf = (range: LineRange) =>
    hunks.find(({ head }) => head.first <= range.first && range.first + range.count <= head.first + head.count);
  return {
    path,
    basePath,
    hunks,
    isChanged: (line) => changed.has(line),
    isCommentable: (line) => hunkOf({ first: line, count: 1 }) !== undefined,
    isOneHunk: (range) => hunkOf(range) !== undefined,
    isSuggestable(range) {
      const hunk = hunkOf(range);
      return hunk !== undefined && !removesInside(hunk, range);
    },
  };
}

/** Whether a base line was removed strictly between two lines of the range: a suggestion would bring it back into view. */
function removesInside({ lines }: Hunk, { first, count }: LineRange): boolean {
  let last = 0;
  for (const line of lines) {
    if (line.kind !== "removed") last = line.headLine;
    else if (last >= first && last < first + count - 1) return true;
  }
  return false;
}
