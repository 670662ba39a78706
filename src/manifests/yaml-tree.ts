import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar } from "yaml";
import { createLineIndex } from "../text/line-index.ts";
import type { DataEntry, DataNode, DataResult, DataTable } from "./data-tree.ts";

/** Lists in lists: deeper ones declare nothing. */
const DEEPEST = 40;

/** YAML, and JSON, which is YAML. Anchors stand for nothing, so that none is repeated. */
export function readYaml(text: string): DataResult {
  try {
    const { contents, errors } = parseDocument(text, { logLevel: "silent", uniqueKeys: false, prettyErrors: false });
    const [error] = errors;
    if (error !== undefined) return broken(createLineIndex(text).positionAt(error.pos[0]).line, error.message);
    const root = contents === null ? undefined : readNode(text, contents, DEEPEST);
    if (root?.kind !== "table") return broken(1, "not a table of names");
    return { kind: "tree", root, comments: commentsOf(text, root) };
  } catch (error) {
    if (error instanceof RangeError) return broken(1, "nested too deeply");
    throw error;
  }
}

function readNode(text: string, node: Node, depth: number): DataNode | undefined {
  if (depth === 0) return undefined;
  if (isMap(node)) return readMap(text, node.items as readonly Pair<Node, Node | null>[], depth);
  if (isSeq(node)) {
    const items = (node.items as readonly Node[]).map((item) => readNode(text, item, depth - 1));
    return { kind: "array", items: items.filter((item) => item !== undefined) };
  }
  return isScalar(node) ? readScalar(text, node) : undefined;
}

function readMap(text: string, pairs: readonly Pair<Node, Node | null>[], depth: number): DataTable {
  const entries = new Map<string, DataEntry>();
  for (const { key, value } of pairs) {
    const [keyStart = 0, keyEnd = 0] = key.range ?? [];
    const read = value === null ? undefined : readNode(text, value, depth - 1);
    if (!isScalar(key) || read === undefined) continue;
    const place = { start: keyStart, end: value?.range?.[1] ?? keyEnd, keyStart, keyEnd };
    entries.set(String(key.value), { value: read, ...place });
  }
  return { kind: "table", entries };
}

function readScalar(text: string, { value, range, type }: Scalar): DataNode | undefined {
  if (typeof value === "boolean" || typeof value === "number") return { kind: "scalar", value };
  if (typeof value !== "string" || range == null) return undefined;
  const quote = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE ? 1 : 0;
  const [start, end] = range;
  const inner = { start: start + quote, end: end - quote };
  const verbatim = text.slice(inner.start, inner.end) === value;
  return { kind: "string", value, verbatim, ...(verbatim ? inner : { start, end }) };
}

const COMMENT = /(?<=^|\s)#[^\r\n]*/gm;

function commentsOf(text: string, root: DataNode): readonly (readonly [number, number])[] {
  const strings = stringsIn(root);
  return [...text.matchAll(COMMENT)]
    .map(({ 0: comment, index }) => [index, index + comment.trimEnd().length] as const)
    .filter(([at]) => !strings.some(({ start, end }) => start <= at && at < end));
}

function stringsIn(node: DataNode): readonly { readonly start: number; readonly end: number }[] {
  switch (node.kind) {
    case "string":
      return [node];
    case "scalar":
      return [];
    case "array":
      return node.items.flatMap(stringsIn);
    case "table":
      return [...node.entries.values()].flatMap(({ value }) => stringsIn(value));
  }
}

function broken(line: number, message: string): DataResult {
  const [first = ""] = message.split("\n", 1);
  return { kind: "broken", problem: { line, reason: first.charAt(0).toLowerCase() + first.slice(1) } };
}
