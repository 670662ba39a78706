import { isScalar, LineCounter, parseAllDocuments, Scalar, visit } from "yaml";
import type { FoundValue } from "./line-values.ts";

/** The texts of a YAML file beside their keys, of all its documents; JSON is YAML. None where it cannot be read. */
export function yamlValues(text: string): readonly FoundValue[] {
  const found: FoundValue[] = [];
  try {
    const documents = parseAllDocuments(text, {
      logLevel: "silent",
      uniqueKeys: false,
      lineCounter: new LineCounter(),
    });
    for (const document of Array.isArray(documents) ? documents : []) {
      visit(document, {
        Pair(_, { key, value }) {
          if (!isScalar(key) || !isScalar(value) || typeof value.value !== "string") return;
          const [start = 0, end = start] = value.range ?? [];
          const isQuoted = value.type === Scalar.QUOTE_DOUBLE || value.type === Scalar.QUOTE_SINGLE;
          const inner = isQuoted ? 1 : 0;
          found.push({ name: String(key.value), value: value.value, start: start + inner, end: end - inner });
        },
      });
      // The items of a list of settings, as compose files have them: `- TOKEN=…`.
      visit(document, {
        Scalar(key, node) {
          if (typeof key !== "number" || typeof node.value !== "string" || node.range == null) return;
          const assigned = /^([A-Z][A-Z0-9_]*)=(.+)$/s.exec(node.value);
          if (assigned === null) return;
          const [, name = "", value = ""] = assigned;
          found.push({ name, value, start: node.range[0], end: node.range[1] });
        },
      });
    }
  } catch (error) {
    // Lists in lists in lists: the parser's own recursion ends.
    if (!(error instanceof RangeError)) throw error;
  }
  return found.toSorted((a, b) => a.start - b.start);
}
