import { structuredPatch } from "diff";
import type { Fix } from "../analysis/finding.ts";
import { applyEdits } from "../text/apply-edits.ts";
import type { Palette } from "./palette.ts";
import { printable } from "./printable.ts";

/** The lines that a fix removes and adds, as a unified diff without file names; empty when the source is not at hand. */
export function drawFix(fix: Fix, source: string | undefined, palette: Palette): readonly string[] {
  if (source === undefined) return [];
  const { hunks } = structuredPatch("", "", source, applyEdits(source, fix.edits), "", "", { context: 0 });
  return hunks.flatMap((hunk) => [
    palette.dim(`  @@ -${rangeOf(hunk.oldStart, hunk.oldLines)} +${rangeOf(hunk.newStart, hunk.newLines)} @@`),
    ...hunk.lines.filter((line) => !line.startsWith("\\")).map((line) => drawLine(line, palette)),
  ]);
}

function drawLine(line: string, palette: Palette): string {
  const drawn = `  ${line.charAt(0)}${printable(line.slice(1).replace(/\r$/, ""))}`;
  if (line.startsWith("+")) return palette.added(drawn);
  return line.startsWith("-") ? palette.removed(drawn) : drawn;
}

function rangeOf(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${start},${lines}`;
}
