import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap } from "yaml";
import { createLineIndex, type LineIndex } from "../text/line-index.ts";
import type { Position } from "../text/span.ts";

/** The Python of a Jupyter notebook. */
export interface Notebook {
  /** Its code cells, each line on the line of the file that holds it; empty lines between. */
  readonly code: string;
  /** Where a place in `code` is in the file. */
  positionOf(place: Position): Position;
}

/** One line of code: what it says, and where the text between its quotes begins in the file. */
interface CodeLine {
  readonly text: string;
  readonly start: number;
}

/** Undefined for what is no notebook, or one of another language. Cells whose lines are not a list are left out. */
export function readNotebook(text: string): Notebook | undefined {
  const root = rootOf(text);
  const cells = root?.get("cells");
  if (root === undefined || !isSeq(cells) || !isOfPython(root)) return undefined;
  const lines = createLineIndex(text);
  const code = new Map<number, CodeLine>();
  for (const cell of cells.items) {
    if (!isMap(cell) || cell.get("cell_type") !== "code") continue;
    const source = cell.get("source");
    const scalars = isSeq(source) ? source.items.filter((item) => isScalar(item)) : [];
    for (const [line, one] of pythonOf(scalars, lines)) code.set(line, one);
  }
  const numbers = Array.from({ length: lines.lineStarts.length }, (_, at) => at + 1);
  return {
    code: numbers.map((line) => code.get(line)?.text ?? "").join("\n"),
    positionOf(place) {
      const line = code.get(place.line);
      return line === undefined ? place : lines.positionAt(offsetOf(text, line.start, place.column));
    },
  };
}

function rootOf(text: string): YAMLMap | undefined {
  try {
    const { contents, errors } = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
    return errors.length === 0 && isMap(contents) ? contents : undefined;
  } catch (error) {
    // Lists in lists in lists: the parser's own recursion ends.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isOfPython(root: YAMLMap): boolean {
  const language =
    root.getIn(["metadata", "language_info", "name"]) ?? root.getIn(["metadata", "kernelspec", "language"]);
  return typeof language !== "string" || /^i?python/iu.test(language);
}

/** Cell magics whose cell is Python all the same. */
const PYTHON_MAGIC = /^%%(?:time|timeit|capture|prun)\b/u;

/** Magics, commands for a shell, and questions for help. */
const NO_PYTHON = /^\s*(?:[%!?]|[\w.]+\s*=\s*[%!])|^\s*[\w.]+\?{1,2}\s*$/u;

function pythonOf(scalars: readonly Scalar[], lines: LineIndex): readonly (readonly [number, CodeLine])[] {
  const first = scalars.map(({ value }) => String(value)).find((text) => text.trim() !== "") ?? "";
  if (first.startsWith("%%") && !PYTHON_MAGIC.test(first)) return [];
  return scalars.flatMap(({ value, range }) => {
    const text = String(value).replace(/\r?\n$/u, "");
    if (range == null || text.includes("\n") || NO_PYTHON.test(text)) return [];
    return [[lines.positionAt(range[0]).line, { text, start: range[0] + 1 }] as const];
  });
}

/** Where the character of a column is, behind those that are written as escapes. */
function offsetOf(text: string, start: number, column: number): number {
  let offset = start;
  for (let passed = 0; passed < column && offset < text.length; passed++) {
    if (text[offset] !== "\\") offset += 1;
    else offset += text[offset + 1] === "u" ? 6 : 2;
  }
  return offset;
}
