import { IN_FIELDS, Kind, TOKENS } from "./kinds.ts";
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

/**
 * One iterative pass over the tree. The boundary to the parser is the cost: a tree without errors is known to be what
 * the grammar says, so the kind of a node answers much; in a tree with errors everything is asked.
 */
export function fillArrays(text: string, cursor: TreeCursor, hasError: boolean): SyntaxArrays | ParseRefusal {
  let capacity = Math.min(MAX_NODES, (text.length >> 1) + 64);
  let kind = new Uint16Array(capacity);
  let field = new Uint8Array(capacity);
  let start = new Uint32Array(capacity);
  let end = new Uint32Array(capacity);
  let parent = new Uint32Array(capacity);
  let next = new Uint32Array(capacity);
  const errors: number[] = [];
  let count = 0;
  let above = 0;

  for (;;) {
    if (count === capacity) {
      if (capacity >= MAX_NODES) return refusal("too-many-nodes", count + 1, MAX_NODES);
      capacity = Math.min(MAX_NODES, capacity * 2);
      kind = grow(kind, new Uint16Array(capacity));
      field = grow(field, new Uint8Array(capacity));
      start = grow(start, new Uint32Array(capacity));
      end = grow(end, new Uint32Array(capacity));
      parent = grow(parent, new Uint32Array(capacity));
      next = grow(next, new Uint32Array(capacity));
    }
    const node = count++;
    const type = cursor.nodeTypeId;
    const from = cursor.startIndex;
    const length = hasError ? 0 : LENGTH[type];
    const to = length === 0 ? cursor.endIndex : from + length;
    kind[node] = type;
    start[node] = from;
    end[node] = to;
    parent[node] = above;
    if (hasError || MAY_HAVE_FIELD[type] === 1) field[node] = cursor.currentFieldId ?? 0;
    if (hasError && (type === Kind.ERROR || (from === to && cursor.nodeIsMissing))) errors.push(node);
    if ((hasError || MAY_HAVE_CHILDREN[type] === 1) && cursor.gotoFirstChild()) {
      above = node;
      continue;
    }
    next[node] = count;
    let climbing = true;
    while (climbing) {
      if (cursor.gotoNextSibling()) break;
      climbing = cursor.gotoParent();
      if (!climbing) break;
      next[above] = count;
      above = parent[above];
    }
    if (!climbing) break;
  }
  return {
    text,
    count,
    kind: kind.slice(0, count),
    field: field.slice(0, count),
    start: start.slice(0, count),
    end: end.slice(0, count),
    parent: parent.slice(0, count),
    next: next.slice(0, count),
    lineStarts: findLineStarts(text),
    errors,
  };
}

function grow<A extends Uint8Array | Uint16Array | Uint32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}

function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
