import { IN_FIELDS, Kind, TOKENS } from "./kinds.ts";
import { NameTable } from "./name-table.ts";
import { copyArrays, createArrays } from "./node-arrays.ts";
import { MAX_NODES, refusal } from "./parse-limits.ts";
import type { ParseRefusal, SyntaxArrays } from "./syntax-arrays.ts";

/** What both bindings' tree cursors have: ids of the grammar and offsets in UTF-16 code units. */
export interface TreeCursor {
  readonly nodeTypeId: number;
  readonly currentFieldId: number | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly nodeIsMissing: boolean;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** What the kind of a node tells about it: each answer is a call less across the boundary to the parser. */
const MAY_HAVE_CHILDREN = new Uint8Array(65_536).fill(1);
const MAY_HAVE_FIELD = new Uint8Array(65_536);
const LENGTH = new Uint8Array(65_536);
for (const [kind, length] of TOKENS) {
  MAY_HAVE_CHILDREN[kind] = 0;
  LENGTH[kind] = length;
}
for (const kind of IN_FIELDS) MAY_HAVE_FIELD[kind] = 1;

/** Kinds with text of their own around their children; all others begin with their first child and end with their last. */
const HAS_OWN_TEXT = new Uint8Array(65_536);
for (const kind of [Kind.module, Kind.block, Kind.string_content, Kind.format_specifier]) HAS_OWN_TEXT[kind] = 1;

/** Nodes of the arrays that are kept to be filled again: those of a file of some 5,000 lines. */
const MOST_SCRATCH = 64 * 1024;

/** Filled by one text after the other; what a text is given is copied out of it. */
let scratch = createArrays(4 * 1024);

const IN_NAME = new Uint8Array(128);
for (const character of "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  IN_NAME[character.charCodeAt(0)] = 1;
}

/**
 * One iterative pass over the tree. The boundary to the parser is the cost: a tree without errors is known to be what
 * the grammar says, so the kind of a node answers much; in a tree with errors everything is asked.
 */
export function fillArrays(text: string, cursor: TreeCursor, hasError: boolean): SyntaxArrays | ParseRefusal {
  let room = scratch;
  let { capacity, kind, field, start, end, parent, next, name } = room;
  const names = new NameTable();
  const errors: number[] = [];
  let count = 0;
  let above = 0;
  let isFirst = false;

  for (;;) {
    if (count === capacity) {
      if (capacity >= MAX_NODES) return refusal("too-many-nodes", count + 1, MAX_NODES);
      room = copyArrays(room, count, Math.min(MAX_NODES, capacity * 2));
      if (room.capacity <= MOST_SCRATCH) scratch = room;
      ({ capacity, kind, field, start, end, parent, next, name } = room);
    }
    const node = count++;
    const type = cursor.nodeTypeId;
    const from = isFirst && !hasError && HAS_OWN_TEXT[kind[above]] === 0 ? start[above] : cursor.startIndex;
    kind[node] = type;
    start[node] = from;
    parent[node] = above;
    field[node] = hasError || MAY_HAVE_FIELD[type] === 1 ? (cursor.currentFieldId ?? 0) : 0;
    const isAsked = hasError || HAS_OWN_TEXT[type] === 1;
    if (isAsked) end[node] = cursor.endIndex;
    if (hasError && (type === Kind.ERROR || (from === end[node] && cursor.nodeIsMissing))) errors.push(node);
    isFirst = (hasError || MAY_HAVE_CHILDREN[type] === 1) && cursor.gotoFirstChild();
    if (isFirst) {
      name[node] = 0;
      above = node;
      continue;
    }
    next[node] = count;
    if (!isAsked) end[node] = endOfLeaf(text, type, from, cursor);
    name[node] = type === Kind.identifier ? names.add(text, from, end[node]) : 0;
    let last = end[node];
    let climbing = true;
    while (climbing) {
      if (cursor.gotoNextSibling()) break;
      climbing = cursor.gotoParent();
      if (!climbing) break;
      next[above] = count;
      if (!hasError && HAS_OWN_TEXT[kind[above]] === 0) end[above] = last;
      last = end[above];
      above = parent[above];
    }
    if (!climbing) break;
  }
  const { capacity: _, ...arrays } = copyArrays(room, count, count);
  return { text, count, ...arrays, names: names.texts, lineStarts: findLineStarts(text), errors, hasError };
}

/** Of a node without children in a tree without errors. A name of ASCII letters is read here, which is cheaper than to ask. */
function endOfLeaf(text: string, kind: number, start: number, cursor: TreeCursor): number {
  if (LENGTH[kind] !== 0) return start + LENGTH[kind];
  if (kind !== Kind.identifier) return cursor.endIndex;
  let end = start;
  let character = text.charCodeAt(end);
  while (character < 128 && IN_NAME[character] === 1) character = text.charCodeAt(++end);
  return character < 128 || end === text.length ? end : cursor.endIndex;
}

export function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
