import { Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { maskSecret } from "../rules/mask-secret.ts";
import type { Span } from "../text/span.ts";

/** Lines of an excerpt; a reader opens the file for more. */
const MAX_LINES = 10;
/** Literals shorter than this are no secrets. */
const MIN_SECRET = 6;

/** The source lines of a place. Where a secret was found, the literals on them are masked. */
export function excerptOf(text: string, span: Span, syntax: SyntaxArrays | undefined, hasSecret: boolean): string {
  const start = text.lastIndexOf("\n", span.start.offset - 1) + 1;
  const lastLine = text.indexOf("\n", span.end.offset);
  const end = lastLine === -1 ? text.length : lastLine;
  const shown = hasSecret && syntax !== undefined ? masked(text, start, end, syntax) : text.slice(start, end);
  return shown.split("\n").slice(0, MAX_LINES).join("\n").replaceAll("\r", "");
}

function masked(text: string, start: number, end: number, syntax: SyntaxArrays): string {
  let shown = "";
  let at = start;
  for (let node = 0; node < syntax.count && syntax.start[node] < end; node++) {
    const kind = syntax.kind[node];
    const isLiteral = kind === Kind.string_content || kind === Kind.comment;
    if (!isLiteral || syntax.end[node] <= start || syntax.end[node] - syntax.start[node] < MIN_SECRET) continue;
    const from = Math.max(at, syntax.start[node]);
    shown += text.slice(at, from) + maskSecret(text.slice(from, syntax.end[node]));
    at = Math.max(at, syntax.end[node]);
  }
  return shown + text.slice(at, Math.max(at, end));
}
