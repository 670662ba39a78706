import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";

/** A file of somebody else's; `lineOf` gives the 1-based line of an offset. */
export type ParsedYaml =
  | { readonly kind: "parsed"; readonly document: Document; readonly lineOf: (offset: number) => number }
  | { readonly kind: "broken"; readonly line: number };

/** A key that stands twice in a map breaks the file, too: the parser's own check compares each with each. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const lineOf = (offset: number) => lines.linePos(offset).line;
  try {
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
    const broken = document.errors[0]?.pos[0] ?? repeatedKey(document);
    if (broken !== undefined) return { kind: "broken", line: lineOf(broken) };
    return { kind: "parsed", document, lineOf };
  } catch (error) {
    // Nesting that is too deep ends the parser's own recursion.
    if (error instanceof RangeError) return { kind: "broken", line: 1 };
    throw error;
  }
}

/** Where the first one stands that its map had before. */
function repeatedKey(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          offset = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return offset;
}
