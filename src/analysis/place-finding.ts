import type { ChangedLines } from "../diff/hunk.ts";
import { oncePer } from "../text/once-per.ts";
import type { Location } from "../text/span.ts";
import type { Finding } from "./finding.ts";
import { namesIn, namesOnWay, TAKEN_OUT } from "./taken-out.ts";

/** What a change did to files, by their path at the head; undefined of those that it left alone. */
export type ChangedFiles = Pick<ReadonlyMap<string, ChangedLines>, "get">;

/**
 * The finding, anchored on a changed line of any file: its own, else the step of its trace nearest to the sink. A flow that the
 * base did not have although no step changed is one whose protection was removed: it is said at the nearest change.
 */
export function place(finding: Finding, changed: ChangedFiles, isBaseKnown: boolean): Finding | undefined {
  if (touches(finding.location, changed)) return finding;
  if (finding.trace === undefined) return isBaseKnown ? atNamedChange(finding, changed) : undefined;
  const way = [finding, ...[...finding.trace].reverse()].map(({ location }) => location);
  const step = way.find((location) => touches(location, changed));
  if (step !== undefined) return { ...finding, anchor: step };
  if (!isBaseKnown || way.every(({ path }) => isUntouched(changed.get(path)))) return undefined;
  const removal = nearestRemoval(finding, changed);
  if (removal !== undefined) return { ...finding, message: `${finding.message.trim()} ${TAKEN_OUT}`, anchor: removal };
  for (const location of way) {
    const lines = changed.get(location.path);
    if (lines !== undefined && lines.hunks.length > 0) return { ...finding, anchor: nearest(location, lines) };
  }
  return undefined;
}

/**
 * What a changed line somewhere else in the file has made a mistake, by a name that both have: `VERIFY = False` above, or a
 * `smtp.starttls()` that is gone. Notes are left alone: many say what the file around them has or lacks.
 */
function atNamedChange(finding: Finding, changed: ChangedFiles): Finding | undefined {
  const lines = changed.get(finding.location.path);
  if (lines === undefined || finding.level === "note") return undefined;
  const names = new Set(namesIn(finding.excerpt).filter((name) => !TOO_COMMON.has(name)));
  const isNamed = (text: string) => namesIn(text).some((name) => names.has(name));
  const added = lines.hunks
    .flatMap((hunk) => hunk.lines)
    .flatMap((line) =>
      line.kind === "added" && isNamed(GIVES_NAME.exec(line.text)?.[0] ?? "") ? [line.headLine] : [],
    );
  const beside = lines.removals.filter(({ text }) => isNamed(text)).flatMap((removal) => removal.beside);
  const distance = (line: number) => Math.abs(line - finding.location.span.start.line);
  const [best] = [...added, ...beside].sort((a, b) => distance(a) - distance(b));
  return best === undefined ? undefined : { ...finding, anchor: atLine(finding.location.path, best) };
}

/** As far as the names go that a line gives something: an assignment's targets, an import, what is defined. */
const GIVES_NAME =
  /^\s*(?:[\w.,\s]+(?::[^=]+)?=(?!=)|(?:from\s+\S+\s+)?import\s.*|(?:async\s+)?def\s+\w+|class\s+\w+|.*\bas\s+\w+)/;

const TOO_COMMON: ReadonlySet<string> = new Set(
  "self cls def class return if not and or in is None True False import from as with for else request response data".split(
    " ",
  ),
);

/** Heads of functions and imports: a type that is written beside a parameter takes nothing out. */
const DECLARES = /^\s*(?:(?:(?:async\s+)?def|from|import)\s.*|#.*)?$/;

function isUntouched(lines: ChangedLines | undefined): boolean {
  return lines === undefined || isDeclaredAnew(lines);
}

/** Whether a change of a file only says more of what functions take, and imports what that needs. */
const isDeclaredAnew = oncePer((lines: ChangedLines): boolean => {
  const changed = lines.hunks.flatMap((hunk) => hunk.lines).filter(({ kind }) => kind !== "context");
  const names = new Set(changed.flatMap(({ kind, text }) => (kind === "added" ? namesIn(text) : [])));
  return (
    changed.length > 0 &&
    changed.every(({ text }) => DECLARES.test(text)) &&
    changed.every(({ kind, text }) => kind === "added" || namesIn(text).every((name) => names.has(name)))
  );
});

/** The line beside what the change took out: something that names a value of the flow before anything else, then the nearest to a step. */
function nearestRemoval(finding: Finding, changed: ChangedFiles): Location | undefined {
  const { location, trace = [] } = finding;
  const names = namesOnWay(finding);
  const ranked = [location, ...trace.map((step) => step.location)].flatMap(({ path, span }) =>
    (changed.get(path)?.removals ?? []).flatMap(({ beside, text }) => {
      const isOfFlow = namesIn(text).some((name) => names.has(name));
      return beside.map((line) => ({ path, line, isOfFlow, distance: Math.abs(line - span.start.line) }));
    }),
  );
  const [best] = ranked.sort((a, b) => Number(b.isOfFlow) - Number(a.isOfFlow) || a.distance - b.distance);
  return best === undefined ? undefined : atLine(best.path, best.line);
}

/** What a change took away is said where it changed something, as near to the place as it goes. */
export function atChange(finding: Finding, lines: ChangedLines): Finding {
  if (touches(finding.location, new Map([[lines.path, lines]]))) return finding;
  const anchor = nearest(finding.location, lines);
  return anchor.span.start.line === finding.location.span.start.line ? finding : { ...finding, anchor };
}

function touches({ path, span }: Location, changed: ChangedFiles): boolean {
  const lines = changed.get(path);
  if (lines === undefined) return false;
  for (let line = span.start.line; line <= span.end.line; line++) if (lines.isChanged(line)) return true;
  return false;
}

/** The line of a hunk that is nearest to a place. */
function nearest({ path, span }: Location, lines: ChangedLines): Location {
  let best = span.start.line;
  let distance = Number.POSITIVE_INFINITY;
  for (const { head } of lines.hunks) {
    const last = head.first + Math.max(0, head.count - 1);
    const line = Math.min(Math.max(span.start.line, head.first), last);
    if (Math.abs(line - span.start.line) < distance) {
      best = line;
      distance = Math.abs(line - span.start.line);
    }
  }
  return atLine(path, best);
}

function atLine(path: string, line: number): Location {
  const position = { line, column: 0, offset: 0 };
  return { path, span: { start: position, end: position } };
}
