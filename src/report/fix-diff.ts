import type { Fix } from "../analysis/finding.ts";
import { hunksOfFix, shortened } from "./fix-hunks.ts";
import type { Palette } from "./palette.ts";
import { printable } from "./printable.ts";

/** The lines that a fix removes and adds, as a unified diff without file names; empty when the source is not at hand. */
export function drawFix(fix: Fix, source: string | undefined, palette: Palette): readonly string[] {
  if (source === undefined) return [];
  return hunksOfFix(fix, source, 0).flatMap((hunk) => [
    palette.dim(`  @@ -${rangeOf(hunk.oldStart, hunk.oldLines)} +${rangeOf(hunk.newStart, hunk.newLines)} @@`),
    ...shortened(hunk.lines).map((line) => drawLine(line, palette)),
  ]);
}

function drawLine(line: string, palette: Palette): string {
  const drawn = `  ${line.charAt(0)}${printable(line.slice(1).replace(/\r$/, ""))}`;
  if (line.startsWith("+")) return palette.added(drawn);
  return line.startsWith("-") ? palette.removed(drawn) : drawn;
}

/** Of no line git names the one before. */
function rangeOf(start: number, lines: number): string {
  if (lines === 0) return `${start - 1},0`;
  return lines === 1 ? String(start) : `${start},${lines}`;
}
