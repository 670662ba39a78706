import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { ManifestProblem } from "./manifest.ts";

/** TOML as nested tables with offsets: dotted keys, headers and inline tables give the same tree. */
export type TomlNode = TomlTable | TomlArray | TomlString | TomlScalar;

export interface TomlTable {
  readonly kind: "table";
  readonly entries: ReadonlyMap<string, TomlEntry>;
}

export interface TomlEntry {
  readonly value: TomlNode;
  /** Of the key and value; of a table under a header of its own, of its header. */
  readonly start: number;
  readonly end: number;
  readonly keyStart: number;
  readonly keyEnd: number;
}

export interface TomlArray {
  readonly kind: "array";
  readonly items: readonly TomlNode[];
}

export interface TomlString {
  readonly kind: "string";
  readonly value: string;
  /** Offsets between the quotes when the value stands there letter by letter; of the whole literal when it has escapes. */
  readonly start: number;
  readonly end: number;
  readonly verbatim: boolean;
}

export interface TomlScalar {
  readonly kind: "scalar";
  readonly value: boolean | number | bigint | Date;
}

export type TomlResult =
  | {
      readonly kind: "tree";
      readonly root: TomlTable;
      /** Offsets from `#` to the end of the line, in source order. */
      readonly comments: readonly (readonly [number, number])[];
    }
  | { readonly kind: "broken"; readonly problem: ManifestProblem };

export function readToml(text: string): TomlResult {
  try {
    const { body, comments } = parseTOML(text.replace(/^\uFEFF/, " "));
    return { kind: "tree", root: buildTree(text, body[0]), comments: comments.map(({ range }) => range) };
  } catch (error) {
    if (error instanceof ParseError) return broken(error.lineNumber, lowerFirst(error.message));
    if (error instanceof RangeError) return broken(1, "nested too deeply");
    throw error;
  }
}

/** The node under `keys`; undefined when one of them is missing or no table. */
export function tomlAt(root: TomlNode | undefined, ...keys: readonly string[]): TomlNode | undefined {
  let node = root;
  for (const key of keys) node = node?.kind === "table" ? node.entries.get(key)?.value : undefined;
  return node;
}

export function tomlEntries(node: TomlNode | undefined): readonly (readonly [string, TomlEntry])[] {
  return node?.kind === "table" ? [...node.entries] : [];
}

export function tomlItems(node: TomlNode | undefined): readonly TomlNode[] {
  return node?.kind === "array" ? node.items : [];
}

export function tomlStrings(node: TomlNode | undefined): readonly TomlString[] {
  return tomlItems(node).filter((item) => item.kind === "string");
}

export function tomlText(node: TomlNode | undefined): string | undefined {
  return node?.kind === "string" ? node.value : undefined;
}

interface OpenTable extends TomlTable {
  readonly entries: Map<string, TomlEntry>;
}

interface OpenArray extends TomlArray {
  readonly items: TomlNode[];
}

function buildTree(text: string, top: AST.TOMLTopLevelTable): TomlTable {
  const root = openTable();
  for (const statement of top.body) {
    if (statement.type === "TOMLKeyValue") addKeyValue(text, root, statement);
    else {
      const table = tableUnder(root, statement);
      for (const keyValue of statement.body) addKeyValue(text, table, keyValue);
    }
  }
  return root;
}

/** `resolvedKey` numbers the elements of arrays of tables. */
function tableUnder(root: OpenTable, header: AST.TOMLTable): OpenTable {
  let table = root;
  for (const [at, key] of header.resolvedKey.entries()) {
    if (typeof key === "number") continue;
    const index = header.resolvedKey[at + 1];
    table = typeof index === "number" ? elementOf(table, key, index, header.key) : childOf(table, key, header.key);
  }
  return table;
}

function elementOf(table: OpenTable, key: string, index: number, at: AST.TOMLKey): OpenTable {
  const known = table.entries.get(key)?.value;
  const array: OpenArray =
    known?.kind === "array" ? { ...known, items: known.items as TomlNode[] } : { kind: "array", items: [] };
  if (known?.kind !== "array") table.entries.set(key, { value: array, ...placeOf(at, at) });
  const element = array.items[index];
  if (element?.kind === "table") return element as OpenTable;
  const added = openTable();
  array.items[index] = added;
  return added;
}

function childOf(table: OpenTable, key: string, at: AST.TOMLKey): OpenTable {
  const known = table.entries.get(key)?.value;
  if (known?.kind === "table") return known as OpenTable;
  const child = openTable();
  table.entries.set(key, { value: child, ...placeOf(at, at) });
  return child;
}

function addKeyValue(text: string, table: OpenTable, keyValue: AST.TOMLKeyValue): void {
  const names = keyValue.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
  const last = names.pop() ?? "";
  let target = table;
  for (const name of names) target = childOf(target, name, keyValue.key);
  target.entries.set(last, { value: readValue(text, keyValue.value), ...placeOf(keyValue, keyValue.key) });
}

function readValue(text: string, node: AST.TOMLContentNode): TomlNode {
  switch (node.type) {
    case "TOMLArray":
      return { kind: "array", items: node.elements.map((element) => readValue(text, element)) };
    case "TOMLInlineTable": {
      const table = openTable();
      for (const keyValue of node.body) addKeyValue(text, table, keyValue);
      return table;
    }
    case "TOMLValue":
      return node.kind === "string" ? readString(text, node) : { kind: "scalar", value: node.value };
  }
}

function readString(text: string, node: AST.TOMLStringValue): TomlString {
  const [start, end] = node.range;
  const quotes = node.multiline ? 3 : 1;
  // A line end right behind the opening quotes is no part of the value.
  const skipped = node.multiline ? (/^\r?\n/.exec(text.slice(start + quotes, start + quotes + 2))?.[0].length ?? 0) : 0;
  const inner = { start: start + quotes + skipped, end: end - quotes };
  const verbatim = text.slice(inner.start, inner.end) === node.value;
  return { kind: "string", value: node.value, verbatim, ...(verbatim ? inner : { start, end }) };
}

function openTable(): OpenTable {
  return { kind: "table", entries: new Map() };
}

function placeOf(whole: AST.TOMLNode, key: AST.TOMLKey): Omit<TomlEntry, "value"> {
  return { start: whole.range[0], end: whole.range[1], keyStart: key.range[0], keyEnd: key.range[1] };
}

function broken(line: number, reason: string): TomlResult {
  return { kind: "broken", problem: { line, reason } };
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
