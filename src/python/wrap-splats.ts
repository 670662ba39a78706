import { Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";

/** What may begin with an operand that a star stands before. */
const BEGINS_WITH_OPERAND: ReadonlySet<number> = new Set([
  Kind.attribute,
  Kind.subscript,
  Kind.call,
  Kind.binary_operator,
]);

/**
 * The grammar reads `[*self.words]` as an attribute of `*self` where it cannot tell a list from a target yet. In Python the star takes
 * all of it: the splat is put around what it begins, as it stands elsewhere. The arrays are changed in place.
 */
export function wrapSplats(arrays: SyntaxArrays): void {
  const { kind, parent, next } = arrays;
  for (let splat = kind.indexOf(Kind.list_splat); splat !== -1; splat = kind.indexOf(Kind.list_splat, splat + 1)) {
    let top = splat;
    while (top > 0 && parent[top] === top - 1 && BEGINS_WITH_OPERAND.has(kind[top - 1])) top--;
    const isPlain = next[splat + 1] === splat + 2 && next[splat + 2] === next[splat];
    if (top < splat && isPlain) wrap(arrays, top, splat);
  }
}

/** From `top → … → splat → star, operand` to `splat → star, top → … → operand`; nothing else moves. */
function wrap({ kind, field, start, end, parent, next, name }: SyntaxArrays, top: number, splat: number): void {
  const operand = splat + 2;
  const around = { field: field[top], start: start[splat], end: end[top], parent: parent[top], next: next[top] };
  const star = {
    kind: kind[splat + 1],
    field: 0,
    start: start[splat],
    end: end[splat + 1],
    parent: top,
    next: top + 2,
  };
  field[operand] = field[splat];
  for (let node = splat - 1; node >= top; node--) {
    const moved = node + 2;
    kind[moved] = kind[node];
    field[moved] = field[node];
    start[moved] = start[operand];
    end[moved] = end[node];
    next[moved] = next[node];
    name[moved] = 0;
    for (let child = moved + 1; child < next[moved]; child = next[child]) parent[child] = moved;
  }
  field[top + 2] = 0;
  parent[top + 2] = top;
  set(top, Kind.list_splat, around);
  set(top + 1, star.kind, star);

  function set(node: number, type: number, what: Placed): void {
    kind[node] = type;
    field[node] = what.field;
    start[node] = what.start;
    end[node] = what.end;
    parent[node] = what.parent;
    next[node] = what.next;
    name[node] = 0;
  }
}

interface Placed {
  readonly field: number;
  readonly start: number;
  readonly end: number;
  readonly parent: number;
  readonly next: number;
}
