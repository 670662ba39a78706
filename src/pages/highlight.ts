import hljs from "highlight.js/lib/core";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import ini from "highlight.js/lib/languages/ini";
import python from "highlight.js/lib/languages/python";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { showInvisibleInCode } from "../text/invisible.ts";

/** Columns of one line, half-open, that are drawn as the place of a finding. */
export interface MarkedColumns {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

interface Piece {
  readonly text: string;
  readonly kind: string;
}

hljs.registerLanguage("python", python);
hljs.registerLanguage("yaml", yaml);
hljs.registerLanguage("ini", ini);
hljs.registerLanguage("xml", xml);
hljs.registerLanguage("dockerfile", dockerfile);

/** The language of a file, as the highlighter names it; plain text for what it does not know. */
export function languageOf(path: string): string {
  if (/\.pyi?$/u.test(path)) return "python";
  if (/\.ya?ml$/u.test(path)) return "yaml";
  if (/\.html?(?:\.j2)?$/u.test(path)) return "xml";
  if (/(?:^|\/)Dockerfile/u.test(path)) return "dockerfile";
  return /\.(?:toml|cfg|ini)$|(?:^|\/)(?:Pipfile|\.env[.\w]*)$/u.test(path) ? "ini" : "text";
}

/** Code as HTML, one element a line, with the places of findings in `<mark>`. */
export function drawCode(code: string, language: string, marked: readonly MarkedColumns[] = []): string {
  return drawPart(code, language, { first: 1, marked, added: [] });
}

export interface DrawnPart {
  /** The number of the code's first line in its file: those of `marked` and `added` are of the file, too. */
  readonly first: number;
  readonly marked: readonly MarkedColumns[];
  readonly added: readonly number[];
}

/** The same of lines out of a file, those that a change added told from the others. */
export function drawPart(code: string, language: string, { first, marked, added }: DrawnPart): string {
  const lines = linesOf(hljs.getLanguage(language) ? piecesOf(code, language) : [{ text: code, kind: "" }]);
  const isAdded = new Set(added);
  const markedOn = Map.groupBy(marked, ({ line }) => line);
  return lines
    .map((pieces, at) => {
      const number = first + at;
      const places = (markedOn.get(number) ?? []).toSorted((a, b) => a.from - b.from);
      const kinds = `line${places.length > 0 ? " reported" : ""}${isAdded.has(number) ? " added" : ""}`;
      const numbered = first === 1 ? "" : ` data-line="${number}"`;
      return `<span class="${kinds}"${numbered}>${drawLine(pieces, places)}\n</span>`;
    })
    .join("");
}

/** The highlighter's nested elements as a flat list, so that lines and marks can cut them. */
function piecesOf(code: string, language: string): readonly Piece[] {
  const kinds: string[] = [];
  const drawn = hljs.highlight(code, { language, ignoreIllegals: true }).value;
  return [...drawn.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/gu)].flatMap(([token, kind]) => {
    if (kind !== undefined) kinds.push(kind);
    else if (token === "</span>") kinds.pop();
    else return [{ text: unescaped(token), kind: kinds.at(-1) ?? "" }];
    return [];
  });
}

function linesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const { text, kind } of pieces) {
    for (const [at, part] of text.split("\n").entries()) {
      if (at > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, kind });
    }
  }
  return lines;
}

function drawLine(pieces: readonly Piece[], places: readonly MarkedColumns[]): string {
  let drawn = "";
  let column = 0;
  let isOpen = false;
  for (const { text, kind } of pieces) {
    const end = column + text.length;
    const cuts = places.flatMap(({ from, to }) => [from, to]).filter((cut) => cut > column && cut < end);
    const bounds = [...new Set([column, ...cuts, end])].toSorted((a, b) => a - b);
    for (const [at, from] of bounds.slice(0, -1).entries()) {
      const isMarked = places.some((place) => place.from <= from && from < place.to);
      if (isMarked !== isOpen) drawn += isMarked ? "<mark>" : "</mark>";
      isOpen = isMarked;
      const part = escaped(text.slice(from - column, (bounds[at + 1] ?? end) - column));
      drawn += kind === "" ? part : `<span class="${kind}">${part}</span>`;
    }
    column = end;
  }
  return isOpen ? `${drawn}</mark>` : drawn;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};

function escaped(text: string): string {
  return showInvisibleInCode(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

function unescaped(text: string): string {
  return Object.entries(ENTITIES)
    .toReversed()
    .reduce((sum, [character, entity]) => sum.replaceAll(entity, character), text);
}
