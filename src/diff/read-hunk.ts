import type { StructuredPatchHunk } from "diff";
import type { Hunk, HunkLine } from "./hunk.ts";

/** A hunk as the library has it, its lines numbered and without markers and line ends. Throws when its head has no numbers. */
export function readHunk({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): Hunk {
  if (Number.isNaN(oldStart) || Number.isNaN(newStart)) throw new Error("the head of a hunk has no line numbers");
  return {
    base: { first: oldStart, count: oldLines },
    head: { first: newStart, count: newLines },
    lines: numberLines(lines, oldStart, newStart),
  };
}

function numberLines(lines: readonly string[], oldStart: number, newStart: number): readonly HunkLine[] {
  let baseLine = oldStart;
  let headLine = newStart;
  const numbered: HunkLine[] = [];
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, "");
    if (line.startsWith("+")) numbered.push({ kind: "added", headLine: headLine++, text });
    else if (line.startsWith("-")) numbered.push({ kind: "removed", baseLine: baseLine++, text });
    else if (!line.startsWith("\\")) {
      numbered.push({ kind: "context", baseLine: baseLine++, headLine: headLine++, text });
    }
  }
  return numbered;
}
