import type { ParseRefusal } from "./syntax-arrays.ts";

/** UTF-16 code units; larger files are generated or data, and unterminated strings grow the parser's memory with length. */
export const MAX_TEXT_LENGTH = 512 * 1024;

/** Nodes; a file under the length limit that exceeds it is a table of literals. */
export const MAX_NODES = 400_000;

/** Lines joined by a backslash; the grammar's scanner is quadratic in them: 40 kB of them take 3.5 s. */
export const MAX_CONTINUATIONS = 2_000;

/**
 * The one place where time, not steps, bounds the analysis: error recovery has inputs of quadratic cost. Milliseconds of
 * CPU, not of the clock: a busy machine must not turn an ordinary file into one that was given up.
 */
export const PARSE_DEADLINE_MS = 500;

/** Starts the parse deadline; the function that comes back says whether it is over, and is cheap to ask often. */
export function startParseDeadline(): () => boolean {
  const before = process.cpuUsage();
  let askAgainAt = performance.now() + PARSE_DEADLINE_MS;
  return () => {
    const now = performance.now();
    if (now < askAgainAt) return false;
    const { user, system } = process.cpuUsage(before);
    const left = PARSE_DEADLINE_MS - (user + system) / 1_000;
    askAgainAt = now + left;
    return left <= 0;
  };
}

/** The refusals that are known before the parser sees the text. */
export function refuseText(text: string): ParseRefusal | undefined {
  if (text.length > MAX_TEXT_LENGTH) return refusal("too-large", text.length, MAX_TEXT_LENGTH);
  const continuations = longestContinuation(text);
  if (continuations > MAX_CONTINUATIONS) return refusal("too-many-continuations", continuations, MAX_CONTINUATIONS);
  return undefined;
}

export function refusal(reason: ParseRefusal["reason"], measured: number, limit: number): ParseRefusal {
  return { kind: "refused", reason, measured, limit };
}

/** A lone carriage return ends a line in Python, not in the grammar: replaced by a line feed, all offsets stay. */
export function normalizeLineEnds(text: string): string {
  if (!text.includes("\r")) return text;
  return text.replace(/\r(?!\n)/g, "\n");
}

function longestContinuation(text: string): number {
  let longest = 0;
  let run = 0;
  let lineStart = 0;
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at + 1)) {
    const after = text.charCodeAt(at + 1);
    if (after !== 10 && after !== 13) continue;
    const next = after === 13 && text.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
    run = text.lastIndexOf("\n", at) < lineStart ? run + 1 : 1;
    if (run > longest) longest = run;
    lineStart = next;
  }
  return longest;
}
