import { join, type Value } from "./value.ts";

/** The content of a container or object: values by constant key, and one for everything else. Immutable. */
export interface Shape {
  readonly kind: "list" | "tuple" | "set" | "dict" | "object";
  /** By key, index or attribute name. */
  readonly entries: ReadonlyMap<string | number, Value>;
  /** The join of all values whose key is not known; undefined when there are none. */
  readonly rest: Value | undefined;
  /** Of a dict: what the keys of `rest` may be, where something is known of them. */
  readonly keys?: Value | undefined;
  /** Of a dict: some of its keys may be missing, for it has them on one way only. */
  readonly isLoose?: boolean | undefined;
  /** Of a deque: how many elements it holds at most; those at the other end are dropped. */
  readonly most?: number | undefined;
  /** Of an object: the class of this project it is an instance of. */
  readonly of: object | undefined;
}

/** Beyond this the entries are joined into `rest`. */
const MAX_ENTRIES = 64;

const EMPTY: ReadonlyMap<string | number, Value> = new Map();

export function emptyShape(kind: Shape["kind"], of?: object): Shape {
  return { kind, entries: EMPTY, rest: undefined, of };
}

export function sequenceShape(kind: "list" | "tuple" | "set", values: readonly Value[], rest?: Value): Shape {
  if (values.length > MAX_ENTRIES) return { kind, entries: EMPTY, rest: joinAll(values, rest), of: undefined };
  return { kind, entries: new Map(values.map((value, index) => [index, value])), rest, of: undefined };
}

/** A sequence that holds no more elements than `most`: of those that are known, the ones at the end to which others are added. */
export function withMost(shape: Shape, most: number, addedAt: "start" | "end"): Shape {
  if (lengthOf(shape) === undefined) return { ...shape, most };
  const values = [...shape.entries.values()];
  const kept = addedAt === "start" ? values.slice(0, most) : values.slice(Math.max(0, values.length - most));
  return { ...sequenceShape("list", kept), most };
}

/** How many elements a sequence has; undefined when that is not known. */
export function lengthOf(shape: Shape): number | undefined {
  return shape.rest === undefined ? shape.entries.size : undefined;
}

export function withEntry(shape: Shape, key: string | number, value: Value): Shape {
  if (shape.entries.size >= MAX_ENTRIES && !shape.entries.has(key)) return withRest(shape, value);
  return { ...shape, entries: new Map(shape.entries).set(key, value) };
}

/** Something is stored under a key that is not known: it may also be one of the known ones. */
export function withRest(shape: Shape, value: Value, key?: Value): Shape {
  return { ...shape, rest: joinOptional(shape.rest, value), keys: joinOptional(shape.keys, key) };
}

export function withoutEntry(shape: Shape, key: string | number): Shape {
  if (!shape.entries.has(key)) return shape;
  const entries = new Map(shape.entries);
  entries.delete(key);
  return { ...shape, entries };
}

/** The value of a key: undefined when the container is known not to have it. */
export function entryOf(shape: Shape, key: string | number): Value | undefined {
  const found = shape.entries.get(key);
  if (found === undefined) return shape.rest;
  return found;
}

/** The same container with every value replaced. */
export function mapShape(shape: Shape, change: (value: Value) => Value): Shape {
  const entries = new Map([...shape.entries].map(([key, value]) => [key, change(value)]));
  return { ...shape, entries, rest: shape.rest === undefined ? undefined : change(shape.rest) };
}

/** Any of the values. */
export function anyEntry(shape: Shape): Value | undefined {
  return joinAll([...shape.entries.values()], shape.rest);
}

export function joinShapes(a: Shape, b: Shape): Shape {
  if (a === b) return a;
  if (a.kind !== b.kind) return { ...a, entries: EMPTY, rest: joinOptional(anyEntry(a), anyEntry(b)) };
  const isSequence = a.kind !== "dict" && a.kind !== "object";
  if (isSequence && a.entries.size !== b.entries.size) return joinSequences(a, b);
  const entries = new Map<string | number, Value>();
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key);
    entries.set(key, other === undefined ? value : join(value, other));
  }
  for (const [key, value] of b.entries) if (!entries.has(key)) entries.set(key, value);
  const keys = joinOptional(a.keys, b.keys);
  const isLoose = a.isLoose === true || b.isLoose === true || entries.size > Math.min(a.entries.size, b.entries.size);
  return { kind: a.kind, entries, rest: joinOptional(a.rest, b.rest), keys, isLoose, of: a.of ?? b.of };
}

/** Of two sequences that differ in length, the places that both have stay known; of a set, which has none, nothing does. */
function joinSequences(a: Shape, b: Shape): Shape {
  const [shorter, longer] = a.entries.size < b.entries.size ? [a, b] : [b, a];
  const both = a.kind === "set" ? 0 : shorter.entries.size;
  const values = [...longer.entries.values()];
  const entries = new Map(
    [...shorter.entries.values()].slice(0, both).map((value, place) => [place, join(value, values[place] ?? value)]),
  );
  const behind = both === 0 ? [...shorter.entries.values(), ...values] : values.slice(both);
  return { ...a, entries, rest: joinAll(behind, joinOptional(a.rest, b.rest)) };
}

export function joinAll(values: readonly Value[], rest?: Value): Value | undefined {
  let joined = rest;
  for (const value of values) joined = joined === undefined ? value : join(joined, value);
  return joined;
}

export function joinOptional(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : join(a, b);
}
