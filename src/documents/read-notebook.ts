import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap } from "yaml";
import { createLineIndex } from "../text/line-index.ts";
import type { Position } from "../text/span.ts";

/** The Python of a Jupyter notebook. */
export interface Notebook {
  /** Its code cells one after the other; what is no Python is an empty line. */
  readonly code: string;
  /** Where a place in `code` is in the file. */
  positionOf(place: Position): Position;
  /** Where a line of `code` ends in the file, its line break excluded; undefined behind the last one. */
  endOf(line: number): Position | undefined;
}

/** One line of code: what it says, and where in the file it begins. */
interface CodeLine {
  readonly text: string;
  readonly start: number;
}

/** What is no JSON, or has no cells, is broken. The source of a cell is a list of lines or one text. */
export function readNotebook(text: string): Notebook | "broken" | "of-another-language" {
  const root = rootOf(text);
  const cells = root && cellsOf(root);
  if (root === undefined || cells === undefined) return "broken";
  if (!isOfPython(root)) return "of-another-language";
  const code = cells.flatMap((cell): readonly CodeLine[] => {
    if (!isMap(cell) || cell.get("cell_type") !== "code" || !isPython(cell.get("language"))) return [];
    const source = cell.get("source", true) ?? cell.get("input", true);
    const scalars = (isSeq(source) ? source.items : [source]).filter((item) => isScalar(item));
    return pythonOf(scalars.flatMap((scalar) => linesOf(text, scalar)));
  });
  const lines = createLineIndex(text);
  const positionAt = ({ start }: CodeLine, column: number) => lines.positionAt(offsetOf(text, start, column));
  return {
    code: code.map((line) => line.text).join("\n"),
    positionOf(place) {
      const line = code[place.line - 1];
      return line === undefined ? place : positionAt(line, place.column);
    },
    endOf(number) {
      const line = code[number - 1];
      return line && positionAt(line, line.text.length);
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

/** Up to version 3 of the format they stand in worksheets, with `input` in the place of `source`, and each names its language. */
function cellsOf(root: YAMLMap): readonly unknown[] | undefined {
  const [cells, worksheets] = [root.get("cells"), root.get("worksheets")];
  if (isSeq(cells)) return cells.items;
  if (!isSeq(worksheets)) return undefined;
  return worksheets.items.flatMap((sheet) => {
    const own = isMap(sheet) ? sheet.get("cells") : undefined;
    return isSeq(own) ? own.items : [];
  });
}

function isOfPython(root: YAMLMap): boolean {
  const language =
    root.getIn(["metadata", "language_info", "name"]) ?? root.getIn(["metadata", "kernelspec", "language"]);
  return isPython(language);
}

function isPython(language: unknown): boolean {
  return typeof language !== "string" || /^i?python/iu.test(language);
}

/** The lines of a text between quotes; a line break at its end begins no other. */
function linesOf(file: string, { value, range }: Scalar): readonly CodeLine[] {
  if (typeof value !== "string" || range == null) return [];
  let start = range[0] + 1;
  return value
    .replace(/\n$/u, "")
    .split("\n")
    .map((written) => {
      const line = { text: written.replace(/\r$/u, ""), start };
      start = offsetOf(file, start, written.length + 1);
      return line;
    });
}

/** Cell magics whose cell is Python all the same. */
const PYTHON_MAGIC = /^%%(?:time|timeit|capture|prun)\b/u;

/** Magics, commands for a shell, and questions for help. */
const NO_PYTHON = /^\s*(?:[%!?]|[\w.]+\s*=\s*[%!])|^\s*[\w.]+\?{1,2}\s*$/u;

function pythonOf(cell: readonly CodeLine[]): readonly CodeLine[] {
  const first = cell.find(({ text }) => text.trim() !== "")?.text ?? "";
  if (first.startsWith("%%") && !PYTHON_MAGIC.test(first)) return [];
  return cell.map((line) => (NO_PYTHON.test(line.text) ? { ...line, text: "" } : line));
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
