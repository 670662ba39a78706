import { createRequire } from "node:module";
import type NativeParser from "tree-sitter";
import { fillArrays, type TreeCursor } from "./fill-arrays.ts";
import { normalizeLineEnds, PARSE_DEADLINE_MS, refusal, refuseText, startParseDeadline } from "./parse-limits.ts";
import type { PythonParser } from "./syntax-arrays.ts";

/** The native addon; undefined where it was not built or cannot load. */
export function createNativeParser(): PythonParser | undefined {
  const require = createRequire(import.meta.url);
  let parser: NativeParser;
  try {
    const Parser = require("tree-sitter") as typeof NativeParser;
    parser = new Parser();
    parser.setLanguage(require("tree-sitter-python") as NativeParser.Language);
  } catch {
    return undefined;
  }
  return {
    name: "native",
    parse(source) {
      const text = normalizeLineEnds(source);
      const refused = refuseText(text);
      if (refused !== undefined) return refused;
      // Null when cancelled, which the types do not say.
      const tree: NativeParser.Tree | null = parser.parse((index) => text.slice(index, index + CHUNK), null, {
        progressCallback: startParseDeadline(),
      });
      if (tree === null) {
        // A cancelled parse is resumed by the next one unless it is reset.
        parser.reset();
        return refusal("too-slow", PARSE_DEADLINE_MS, PARSE_DEADLINE_MS);
      }
      return fillArrays(text, tree.walk() as unknown as TreeCursor, tree.rootNode.hasError);
    },
  };
}

/** UTF-16 code units handed over at a time; the binding copies at most 32 kB a call. */
const CHUNK = 16 * 1024;
