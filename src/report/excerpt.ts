import type { Finding } from "../analysis/finding.ts";
import type { Palette } from "./palette.ts";
import { printable, widthOf } from "./printable.ts";

/** The source lines of a finding with their numbers, and arrows under the place. */
export function drawExcerpt({ location, level, excerpt, marked }: Finding, palette: Palette): readonly string[] {
  if (excerpt === "") return [];
  const { start, end } = location.span;
  const lines = excerpt.split("\n");
  const shown = lines.slice(0, mostLines);
  const digits = String(start.line + shown.length - 1).length;
  const gutter = (label: string) => palette.dim(`  ${label.padStart(digits)} |`);
  const drawn: string[] = [];
  for (const [at, line] of shown.entries()) {
    const from = at === 0 ? (marked?.from ?? start.column) : indentOf(line);
    const to = marked?.to ?? (start.line + at === end.line ? end.column : line.trimEnd().length);
    const window = windowOf(line, at === 0 ? from : 0);
    drawn.push(`${gutter(String(start.line + at))} ${printable(window.text)}`);
    if (at > 0) continue;
    const before = widthOf(printable(window.text.slice(0, from - window.first)));
    const under = widthOf(printable(window.text.slice(from - window.first, Math.max(to, from + 1) - window.first)));
    drawn.push(`${gutter("")} ${" ".repeat(before)}${palette.level(level, "^".repeat(Math.max(under, 1)))}`);
  }
  if (lines.length > shown.length) drawn.push(`${gutter("")} ${palette.dim("…")}`);
  return drawn;
}

const mostLines = 6;

/** Minified or generated lines: only what is around the place is shown. */
const MOST_COLUMNS = 140;
const columnsBefore = 50;

/** At most so many code units of a line, the one at `from` among them; `first` is the offset of what is shown. */
export function windowOf(
  line: string,
  from: number,
  mostColumns = MOST_COLUMNS,
): { readonly text: string; readonly first: number } {
  if (line.length <= mostColumns) return { text: line, first: 0 };
  if (from < mostColumns - columnsBefore) return { text: `${line.slice(0, mostColumns)}…`, first: 0 };
  const first = from - columnsBefore;
  const end = first + mostColumns;
  // The sign in front takes the place of one code unit, so that offsets stay right.
  return { text: `…${line.slice(first + 1, end)}${end < line.length ? "…" : ""}`, first };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
