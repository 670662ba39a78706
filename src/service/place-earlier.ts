import type { FileAnalysis, Finding } from "../analysis/finding.ts";
import { createChangedLines } from "../diff/changed-lines.ts";
import type { ReviewedFile } from "../review/review-plan.ts";
import { compareText } from "../text/compare-text.ts";
import type { ChangedFile } from "./ports.ts";

interface Placed {
  readonly analyses: readonly FileAnalysis[];
  readonly files: ReadonlyMap<string, ReviewedFile>;
}

/**
 * What earlier commits had is said on its file, where the change still has that one, else on the first that it has: people answer
 * in the thread of a comment, and code hosts take comments on changed files alone.
 */
export function placeEarlier(
  earlier: readonly Finding[],
  { analyses, files }: Placed,
  changed: readonly ChangedFile[],
): Placed {
  if (earlier.length === 0) return { analyses, files };
  const first = [...files.keys()].toSorted(compareText)[0] ?? changed.find(isThere)?.path;
  const byPath = Map.groupBy(earlier, ({ location: { path } }) => (files.has(path) ? path : (first ?? path)));
  const known = new Set(analyses.map(({ path }) => path));
  const others = [...byPath.keys()].filter((path) => !known.has(path));
  const withEarlier = (analysis: FileAnalysis): FileAnalysis => {
    const said = (byPath.get(analysis.path) ?? []).map((finding) => anchored(finding, analysis.path));
    return said.length === 0 ? analysis : { ...analysis, findings: [...analysis.findings, ...said] };
  };
  const empty = others.map(
    (path): FileAnalysis => ({ path, findings: [], suppressed: [], notices: [], linesInScope: 0 }),
  );
  const there = new Map(changed.filter(isThere).map((file) => [file.path, file]));
  const added = others.flatMap((path): (readonly [string, ReviewedFile])[] => {
    const file = there.get(path);
    if (file === undefined || files.has(path)) return [];
    return [[path, { changed: createChangedLines(path, file.previousPath ?? path, file.hunks ?? []), text: "" }]];
  });
  return { analyses: [...analyses, ...empty].map(withEarlier), files: new Map([...files, ...added]) };
}

function isThere({ status }: ChangedFile): boolean {
  return status !== "removed" && status !== "unchanged";
}

function anchored(finding: Finding, path: string): Finding {
  const position = { line: 1, column: 0, offset: 0 };
  return { ...finding, anchor: { path, span: { start: position, end: position } } };
}
