import { structuredPatch } from "diff";
import type { Fix } from "../analysis/finding.ts";
import { applyEdits } from "../text/apply-edits.ts";
import { windowOf } from "./excerpt.ts";
import type { Palette } from "./palette.ts";
import { printable } from "./printable.ts";

/** The lines that a fix removes and adds, as a unified diff without file names; empty when the source is not at hand. */
export function drawFix(fix: Fix, source: string | undefined, palette: Palette): readonly string[] {
  if (source === undefined) return [];
  const { hunks } = structuredPatch("", "", source, applyEdits(source, fix.edits), "", "", { context: 0 });
  return hunks.flatMap((hunk) => {
    const lines = hunk.lines.filter((line) => !line.startsWith("\\"));
    const [removed, added] = ["-", "+"].map((sign) => lines.find((line) => line.startsWith(sign))?.slice(1) ?? "");
    const from = commonLength(removed ?? "", added ?? "");
    return [
      palette.dim(`  @@ -${rangeOf(hunk.oldStart, hunk.oldLines)} +${rangeOf(hunk.newStart, hunk.newLines)} @@`),
      ...lines.map((line) => drawLine(line, from, palette)),
    ];
  });
}

/** Code units of a line of a diff: people copy it, so it is cut later than an excerpt. */
const MOST_COLUMNS = 400;

/** How long the two are the same from their start on. */
function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** A line that is very long is shown around the column where the first one begins to differ. */
function drawLine(line: string, from: number, palette: Palette): string {
  const { text } = windowOf(line.slice(1).replace(/\r$/, ""), from, MOST_COLUMNS);
  const drawn = `  ${line.charAt(0)}${printable(text)}`;
  if (line.startsWith("+")) return palette.added(drawn);
  return line.startsWith("-") ? palette.removed(drawn) : drawn;
}

function rangeOf(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${start},${lines}`;
}
