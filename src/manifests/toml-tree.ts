import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { DataArray, DataEntry, DataNode, DataResult, DataString, DataTable } from "./data-tree.ts";

export function readToml(text: string): DataResult {
  try {
    const { body, comments } = parseTOML(text.replace(/^\uFEFF/, " "));
    return { kind: "tree", root: buildTree(text, body[0]), comments: comments.map(({ range }) => range) };
  } catch (error) {
    if (error instanceof ParseError) return broken(error.lineNumber, lowerFirst(error.message));
    if (error instanceof RangeError) return broken(1, "nested too deeply");
    throw error;
  }
}

interface OpenTable extends DataTable {
  readonly entries: Map<string, DataEntry>;
}

interface OpenArray extends DataArray {
  readonly items: DataNode[];
}

function buildTree(text: string, top: AST.TOMLTopLevelTable): DataTable {
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
    known?.kind === "array" ? { ...known, items: known.items as DataNode[] } : { kind: "array", items: [] };
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

function readValue(text: string, node: AST.TOMLContentNode): DataNode {
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

function readString(text: string, node: AST.TOMLStringValue): DataString {
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

function placeOf(whole: AST.TOMLNode, key: AST.TOMLKey): Omit<DataEntry, "value"> {
  return { start: whole.range[0], end: whole.range[1], keyStart: key.range[0], keyEnd: key.range[1] };
}

function broken(line: number, reason: string): DataResult {
  return { kind: "broken", problem: { line, reason } };
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
