import type { LineRange } from "../text/span.ts";
import type { ChangedLines, Hunk, Removal } from "./hunk.ts";

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
    removals: hunks.flatMap(removalsOf),
    isChanged: (line) => changed.has(line),
    isCommentable: (line) => hunkOf({ first: line, count: 1 }) !== undefined,
    isOneHunk: (range) => hunkOf(range) !== undefined,
    isSuggestable(range) {
      const hunk = hunkOf(range);
      return hunk !== undefined && !removesInside(hunk, range);
    },
  };
}

function removalsOf({ lines }: Hunk): Removal[] {
  const found: Removal[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]?.kind !== "removed") continue;
    const first = at;
    while (lines[at + 1]?.kind === "removed") at++;
    const beside = [lines[first - 1], lines[at + 1]].flatMap((line) =>
      line === undefined || line.kind === "removed" ? [] : [line.headLine],
    );
    const text = lines.slice(first, at + 1).map((line) => line.text);
    found.push({ beside, text: text.join("\n") });
  }
  return found;
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
