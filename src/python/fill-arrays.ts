import { IN_FIELDS, Kind, TOKENS } from "./kinds.ts";
import { NameTable } from "./name-table.ts";
import { copyArrays, createArrays } from "./node-arrays.ts";
import { MAX_NODES, refusal } from "./parse-limits.ts";
import type { ParseRefusal, SyntaxArrays } from "./syntax-arrays.ts";
import { wrapSplats } from "./wrap-splats.ts";

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
  const filling = new Filling(text, cursor, hasError);
  while (filling.hasRoom()) {
    if (!filling.step()) return filling.finish();
  }
  return refusal("too-many-nodes", MAX_NODES + 1, MAX_NODES);
}

/**
 * The pass, one node a step. In methods of its own: a process of one small file runs this loop long enough for it to be compiled
 * while it runs, and a function as long as all of them takes ten times as long to compile.
 */
class Filling {
  #room = scratch;
  #count = 0;
  #above = 0;
  /** Whether the next node is the first child of the one above. */
  #isFirst = false;
  readonly #names = new NameTable();
  readonly #errors: number[] = [];
  readonly #text: string;
  readonly #cursor: TreeCursor;
  readonly #hasError: boolean;

  constructor(text: string, cursor: TreeCursor, hasError: boolean) {
    this.#text = text;
    this.#cursor = cursor;
    this.#hasError = hasError;
  }

  /** Makes room for another node; false where there are too many. */
  hasRoom(): boolean {
    return this.#count < this.#room.capacity || this.#grow();
  }

  /** Reads the node under the cursor, and goes to the next one in document order; false where there is none. */
  step(): boolean {
    const { kind, start, end, parent, field, next, name } = this.#room;
    const cursor = this.#cursor;
    const hasError = this.#hasError;
    const above = this.#above;
    const node = this.#count++;
    const type = cursor.nodeTypeId;
    const from = this.#isFirst && !hasError && HAS_OWN_TEXT[kind[above]] === 0 ? start[above] : cursor.startIndex;
    kind[node] = type;
    start[node] = from;
    parent[node] = above;
    field[node] = hasError || MAY_HAVE_FIELD[type] === 1 ? (cursor.currentFieldId ?? 0) : 0;
    const isAsked = hasError || HAS_OWN_TEXT[type] === 1;
    if (isAsked) end[node] = cursor.endIndex;
    if (hasError && (type === Kind.ERROR || (from === end[node] && cursor.nodeIsMissing))) this.#errors.push(node);
    this.#isFirst = (hasError || MAY_HAVE_CHILDREN[type] === 1) && cursor.gotoFirstChild();
    if (this.#isFirst) {
      name[node] = 0;
      this.#above = node;
      return true;
    }
    next[node] = node + 1;
    if (!isAsked) end[node] = endOfLeaf(this.#text, type, from, cursor);
    name[node] = type === Kind.identifier ? this.#names.add(this.#text, from, end[node]) : 0;
    return this.#climb(end[node]);
  }

  /** From a node that ends at `last` to its next sibling, or to that of the nearest node above that has one. */
  #climb(last: number): boolean {
    const { kind, end, parent, next } = this.#room;
    const cursor = this.#cursor;
    let above = this.#above;
    let ended = last;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return false;
      next[above] = this.#count;
      if (!this.#hasError && HAS_OWN_TEXT[kind[above]] === 0) end[above] = ended;
      ended = end[above];
      above = parent[above];
    }
    this.#above = above;
    return true;
  }

  #grow(): boolean {
    const { capacity } = this.#room;
    if (capacity >= MAX_NODES) return false;
    this.#room = copyArrays(this.#room, this.#count, Math.min(MAX_NODES, capacity * 2));
    if (this.#room.capacity <= MOST_SCRATCH) scratch = this.#room;
    return true;
  }

  finish(): SyntaxArrays {
    const count = this.#count;
    const { capacity: _, ...arrays } = copyArrays(this.#room, count, count);
    const [text, hasError] = [this.#text, this.#hasError];
    const lineStarts = findLineStarts(text);
    const filled = { text, count, ...arrays, names: this.#names.texts, lineStarts, errors: this.#errors, hasError };
    wrapSplats(filled);
    return filled;
  }
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
