import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";
import { fillArrays } from "./fill-arrays.ts";
import { normalizeLineEnds, PARSE_DEADLINE_MS, refusal, refuseText, startParseDeadline } from "./parse-limits.ts";
import type { PythonParser } from "./syntax-arrays.ts";

/** The WebAssembly build, for machines on which the addon does not load. */
export async function createWasmParser(): Promise<PythonParser> {
  const require = createRequire(import.meta.url);
  await Parser.init();
  const language = await Language.load(require.resolve("tree-sitter-python/tree-sitter-python.wasm"));
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    name: "wasm",
    parse(source) {
      const text = normalizeLineEnds(source);
      const refused = refuseText(text);
      if (refused !== undefined) return refused;
      const tree = parser.parse(text, null, { progressCallback: startParseDeadline() });
      if (tree === null) {
        parser.reset();
        return refusal("too-slow", PARSE_DEADLINE_MS, PARSE_DEADLINE_MS);
      }
      const cursor = tree.walk();
      try {
        return fillArrays(text, cursor, tree.rootNode.hasError);
      } finally {
        // A cursor or tree that is left to the garbage collector crashes the process in its finalizer.
        cursor.delete();
        tree.delete();
      }
    },
  };
}
