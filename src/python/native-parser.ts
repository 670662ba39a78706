import { fillArrays } from "./fill-arrays.ts";
import { loadNativeAddon } from "./native-addon.ts";
import { normalizeLineEnds, PARSE_DEADLINE_MS, refusal, refuseText, startParseDeadline } from "./parse-limits.ts";
import type { PythonParser } from "./syntax-arrays.ts";

/** The native addon; undefined where it was not built or cannot load. */
export function createNativeParser(): PythonParser | undefined {
  const addon = loadNativeAddon();
  if (addon === undefined) return undefined;
  return {
    name: "native",
    parse(source) {
      const text = normalizeLineEnds(source);
      const refused = refuseText(text);
      if (refused !== undefined) return refused;
      const tree = addon.parse((index) => text.slice(index, index + CHUNK), null, {
        progressCallback: startParseDeadline(),
      });
      if (tree === null) {
        // A cancelled parse is resumed by the next one unless it is reset.
        addon.reset();
        return refusal("too-slow", PARSE_DEADLINE_MS, PARSE_DEADLINE_MS);
      }
      return fillArrays(text, tree.walk(), tree.rootNode.hasError);
    },
  };
}

/** UTF-16 code units handed over at a time; the binding copies at most 32 kB a call. */
const CHUNK = 16 * 1024;
