import type { SyntaxArrays } from "./syntax-arrays.ts";

/** The arrays with an entry for each node. */
export interface NodeArrays
  extends Pick<SyntaxArrays, "kind" | "field" | "start" | "end" | "parent" | "next" | "name"> {
  /** Nodes that there is room for. */
  readonly capacity: number;
}

const BYTES = 5 * Uint32Array.BYTES_PER_ELEMENT + Uint16Array.BYTES_PER_ELEMENT + 1;

/** All in one piece of memory: pieces cost more than bytes. */
export function createArrays(capacity: number): NodeArrays {
  const memory = new ArrayBuffer(capacity * BYTES);
  const words = (at: number) => new Uint32Array(memory, at * 4 * capacity, capacity);
  return {
    capacity,
    start: words(0),
    end: words(1),
    parent: words(2),
    next: words(3),
    name: words(4),
    kind: new Uint16Array(memory, 20 * capacity, capacity),
    field: new Uint8Array(memory, 22 * capacity, capacity),
  };
}

/** The first `count` nodes, where there is room for others. */
export function copyArrays(from: NodeArrays, count: number, capacity: number): NodeArrays {
  const into = createArrays(capacity);
  into.start.set(from.start.subarray(0, count));
  into.end.set(from.end.subarray(0, count));
  into.parent.set(from.parent.subarray(0, count));
  into.next.set(from.next.subarray(0, count));
  into.name.set(from.name.subarray(0, count));
  into.kind.set(from.kind.subarray(0, count));
  into.field.set(from.field.subarray(0, count));
  return into;
}
