import type { SyntaxArrays } from "./syntax-arrays.ts";

/** The grammar's symbols are far fewer; those of errors, at the end of the range, share the last place. */
const PLACES = 1_024;

interface ByKind {
  readonly nodes: Uint32Array;
  /** Where the nodes of each place begin. */
  readonly starts: Uint32Array;
}

const sorted = new WeakMap<SyntaxArrays, ByKind>();

/** The nodes of a kind of the grammar in document order; all are sorted in one pass when the first kind is asked for. */
export function nodesOfKind(syntax: SyntaxArrays, kind: number): Uint32Array {
  let known = sorted.get(syntax);
  if (known === undefined) {
    known = sortByKind(syntax);
    sorted.set(syntax, known);
  }
  return known.nodes.subarray(known.starts[kind], known.starts[kind + 1]);
}

/** The nodes of any of the kinds in document order. */
export function nodesOfKinds(syntax: SyntaxArrays, kinds: readonly number[]): Uint32Array {
  const parts = kinds.map((kind) => nodesOfKind(syntax, kind)).filter(({ length }) => length > 0);
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  const heads = parts.map(() => 0);
  for (let at = 0; at < all.length; at++) {
    let first = -1;
    for (let part = 0; part < parts.length; part++) {
      const isLeft = heads[part] < parts[part].length;
      if (isLeft && (first < 0 || parts[part][heads[part]] < parts[first][heads[first]])) first = part;
    }
    all[at] = parts[first][heads[first]++];
  }
  return all;
}

function sortByKind({ kind, count }: SyntaxArrays): ByKind {
  const starts = new Uint32Array(PLACES + 1);
  for (let node = 0; node < count; node++) starts[Math.min(kind[node], PLACES - 1) + 1]++;
  for (let place = 0; place < PLACES; place++) starts[place + 1] += starts[place];
  const nodes = new Uint32Array(count);
  const next = starts.slice();
  for (let node = 0; node < count; node++) nodes[next[Math.min(kind[node], PLACES - 1)]++] = node;
  return { nodes, starts };
}
