import { parseBeside } from "../python/parse-beside.ts";
import type { ParseRefusal, PythonParser, SyntaxArrays } from "../python/syntax-arrays.ts";

/** Bytes of the syntax that is kept: all of a project of 100,000 lines, or the modules that one folder's files share. */
const MOST_KEPT = 48 * 1024 * 1024;

export interface RememberingParser extends PythonParser {
  /** `beside` is the syntax of another version of the text: what both have in common is not parsed again. */
  parse(text: string, beside?: SyntaxArrays): SyntaxArrays | ParseRefusal;
}

/**
 * A parser that parses each text once, as long as it is among the latest: a module is imported by many files, and is itself
 * one of the files to analyse. What hangs on the identity of the syntax, such as its scopes, is shared as well.
 */
export function parseOnce(parser: PythonParser, mostKept = MOST_KEPT): RememberingParser {
  const kept = new Map<string, SyntaxArrays | ParseRefusal>();
  let size = 0;
  return {
    name: parser.name,
    parse(text, beside) {
      const known = kept.get(text);
      if (known !== undefined) {
        kept.delete(text);
        kept.set(text, known);
        return known;
      }
      const parsed = beside === undefined ? parser.parse(text) : parseBeside(parser, text, beside);
      kept.set(text, parsed);
      size += bytesOf(text, parsed);
      for (const [oldest, syntax] of kept) {
        if (size <= mostKept) break;
        kept.delete(oldest);
        size -= bytesOf(oldest, syntax);
      }
      return parsed;
    },
  };
}

/** As if each character of a text took one byte; where it takes two, the arrays are still most of it. */
function bytesOf(text: string, parsed: SyntaxArrays | ParseRefusal): number {
  if ("reason" in parsed) return text.length;
  const { kind, field, start, end, parent, next, lineStarts } = parsed;
  return [kind, field, start, end, parent, next, lineStarts].reduce(
    (sum, { byteLength }) => sum + byteLength,
    text.length,
  );
}
