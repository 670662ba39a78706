import { maskSecret } from "../rules/mask-secret.ts";
import { lengthOfMark } from "../text/line-index.ts";
import { overlapping } from "../text/overlaps.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "./finding.ts";
import type { SecretPlace } from "./secret-places.ts";

/** Lines of an excerpt; a reader opens the file for more. */
const MAX_LINES = 10;

/** UTF-16 code units of a line: a file of one line may have thousands of findings, each of which would carry all of it. */
const MAX_COLUMNS = 500;

/** Code units that are left in front of the place, where more than the most lie before it. */
const BEFORE = 200;

const CUT = "…";

/** The source lines of a place, secrets masked and long lines cut, and which columns of the first one it covers, where that moved them. */
export function excerptOf(
  text: string,
  span: Span,
  secrets: readonly SecretPlace[],
): Pick<Finding, "excerpt" | "marked"> {
  const { start, isCut } = startOf(text, span.start.offset, secrets);
  const end = endOf(text, span.end.offset, span.start.offset + MAX_LINES * MAX_COLUMNS);
  const near = overlapping(secrets, { start, end });
  const lead = isCut ? CUT : "";
  const lines = (lead + masked(text, start, end, near)).replaceAll("\r", "").split("\n").slice(0, MAX_LINES);
  const [first = "", ...others] = lines.map((line) =>
    line.length > MAX_COLUMNS ? line.slice(0, MAX_COLUMNS) + CUT : line,
  );
  const excerpt = [first, ...others].join("\n");
  const isMoved = near.length > 0 || isCut || first !== lines[0];
  if (!isMoved) return { excerpt };
  const columnOf = (offset: number) => lead.length + masked(text, start, Math.min(offset, end), near).length;
  const from = columnOf(span.start.offset);
  const to = Math.min(columnOf(span.end.offset), first.length);
  return { excerpt, marked: { from, to: Math.max(from, to) } };
}

/** Where the line of an offset begins; of one that is far into its line a place in front of it, and in the middle of no secret. */
function startOf(
  text: string,
  offset: number,
  secrets: readonly SecretPlace[],
): { readonly start: number; readonly isCut: boolean } {
  const floor = Math.max(0, offset - MAX_COLUMNS + BEFORE);
  const lineBreak = text.slice(floor, offset).lastIndexOf("\n");
  if (lineBreak >= 0 || floor === 0)
    return { start: Math.max(floor + lineBreak + 1, lengthOfMark(text)), isCut: false };
  const cut = offset - BEFORE;
  const [secret] = overlapping(secrets, { start: cut, end: cut + 1 });
  return { start: secret === undefined ? cut : Math.min(cut, secret.start), isCut: true };
}

/** Where the line of an offset ends, or the text, or what is looked at. */
function endOf(text: string, offset: number, limit: number): number {
  const from = Math.min(offset, limit);
  const lineBreak = text.slice(from, limit).indexOf("\n");
  return lineBreak === -1 ? Math.min(limit, text.length) : from + lineBreak;
}

/** `text` from `start` to `end`; of a secret that `end` is in the middle of, all that is ever shown. */
function masked(text: string, start: number, end: number, secrets: readonly SecretPlace[]): string {
  let shown = "";
  let at = start;
  for (const secret of secrets) {
    if (secret.start >= end) break;
    const from = Math.max(at, secret.start);
    shown += text.slice(at, from) + maskSecret(text.slice(from, secret.end));
    at = Math.max(at, secret.end);
  }
  return shown + text.slice(at, Math.max(at, end));
}
