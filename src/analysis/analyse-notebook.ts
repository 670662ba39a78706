import { type Notebook, readNotebook } from "../documents/read-notebook.ts";
import type { Location } from "../text/span.ts";
import { analysePython, NOTHING, type OtherVersion, type PythonAnalysis, type Surroundings } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import { contextOfPath, type KnownFile } from "./context.ts";
import type { IdentifiedFinding, IdentityOf } from "./find-in-module.ts";
import type { Finding, Notice } from "./finding.ts";
import type { RememberingParser } from "./parse-once.ts";
import { commentsOfPython, type SuppressionComment } from "./suppression-comments.ts";

/**
 * The Python of a notebook's cells, reported on the lines of the file. Without fixes, which would be edits of JSON, and without
 * what a change took away.
 */
export function analyseNotebook(
  parser: RememberingParser,
  catalogue: Catalogue,
  { path, text }: KnownFile,
  options: AnalysisOptions,
  identityOf: IdentityOf,
  surroundings: Surroundings,
  other?: OtherVersion,
): PythonAnalysis {
  const notebook = readNotebook(text);
  if (notebook === "of-another-language") return NOTHING;
  if (notebook === "broken") return { ...NOTHING, notices: [{ kind: "unreadable", path, reason: "broken-notebook" }] };
  const known = { path, text: notebook.code, context: contextOfPath(path) };
  const analysis = analysePython(parser, catalogue, known, options, identityOf, surroundings, other);
  const move = (location: Location) => (location.path === path ? moved(location, notebook) : location);
  const moveOne = ({ finding, identity }: IdentifiedFinding) => ({ finding: moveFinding(finding, move), identity });
  return {
    ...analysis,
    findings: analysis.findings.map(moveOne),
    elsewhere: analysis.elsewhere.map(moveOne),
    notices: analysis.notices.map(
      (notice): Notice => ("location" in notice ? { ...notice, location: move(notice.location) } : notice),
    ),
    facts: undefined,
    comments:
      analysis.syntax === undefined ? [] : commentsOfPython(analysis.syntax).map((one) => moveComment(one, notebook)),
  };
}

/** What a comment says of lines of code it says of their parts of the file. */
function moveComment(comment: SuppressionComment, notebook: Notebook): SuppressionComment {
  const { span } = moved({ path: "", span: comment.span }, notebook);
  const end = notebook.endOf(comment.last);
  if (comment.isOfFile || end === undefined) return { ...comment, span };
  const start = notebook.positionOf({ line: comment.first, column: 0, offset: 0 });
  return { ...comment, span, first: start.line, last: end.line, part: { start: start.offset, end: end.offset } };
}

function moved({ path, span }: Location, notebook: Notebook): Location {
  return { path, span: { start: notebook.positionOf(span.start), end: notebook.positionOf(span.end) } };
}

/** The excerpt stays the Python, and so do the columns that are marked in it. */
function moveFinding({ fix, ...finding }: Finding, move: (location: Location) => Location): Finding {
  const { start, end } = finding.location.span;
  const firstLine = finding.excerpt.split("\n", 1)[0] ?? "";
  return {
    ...finding,
    marked: finding.marked ?? { from: start.column, to: end.line === start.line ? end.column : firstLine.length },
    location: move(finding.location),
    ...(finding.trace !== undefined && {
      trace: finding.trace.map((step) => ({ ...step, location: move(step.location) })),
    }),
  };
}
