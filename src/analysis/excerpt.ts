import { maskSecret } from "../rules/mask-secret.ts";
import { overlapping } from "../text/overlaps.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "./finding.ts";
import type { SecretPlace } from "./secret-places.ts";

/** Lines of an excerpt; a reader opens the file for more. */
const MAX_LINES = 10;

/** The source lines of a place, secrets masked, and which columns of the first one it covers, where that moved them. */
export function excerptOf(
  text: string,
  span: Span,
  secrets: readonly SecretPlace[],
): Pick<Finding, "excerpt" | "marked"> {
  const start = text.lastIndexOf("\n", span.start.offset - 1) + 1;
  const lastLine = text.indexOf("\n", span.end.offset);
  const end = lastLine === -1 ? text.length : lastLine;
  const near = overlapping(secrets, { start, end });
  const excerpt = masked(text, start, end, near).split("\n").slice(0, MAX_LINES).join("\n").replaceAll("\r", "");
  if (near.length === 0) return { excerpt };
  const columnOf = (offset: number) => masked(text, start, offset, near).length;
  const firstEnd = excerpt.indexOf("\n");
  const from = columnOf(span.start.offset);
  const to = Math.min(columnOf(span.end.offset), firstEnd === -1 ? excerpt.length : firstEnd);
  return { excerpt, marked: { from, to: Math.max(from, to) } };
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
