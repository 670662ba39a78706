import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "./carry.ts";
import { type Shape, withEntry, withRest } from "./shape.ts";
import { underKey } from "./under-key.ts";
import { EVERYTHING, join, UNKNOWN, type Value } from "./value.ts";

/** `{**below, **above}`, `below.update(above)`: what stands under a key of both is that of the second. */
export function layOver(machine: Machine, below: Shape, above: Value): Shape {
  const known = machine.onlyShape(above);
  if (known?.kind !== "dict") return withAnyKey(below, carry(UNKNOWN, [deep(machine, above)]));
  let shape = known.rest === undefined ? below : withAnyKey(below, known.rest, known.keys);
  for (const [key, entry] of known.entries) shape = withEntry(shape, key, entry);
  return shape;
}

/** What lies under keys of which nothing is known. */
export function withAnyKey(shape: Shape, value: Value, key?: Value): Shape {
  return withRest(inAnyPlace(shape, value, key), value, key);
}

/** Stores a value under a key that is not constant. */
export function storeUnder(machine: Machine, shape: Shape, key: Value, value: Value): Shape {
  return inAnyPlace(underKey(machine, shape, key, value), value, key);
}

/** Whoever chooses the keys may take the place of what stands under those that are known. */
function inAnyPlace(shape: Shape, value: Value, key: Value | undefined): Shape {
  const isChosenOutside = value.labels !== 0 && (key === undefined || (key.labels !== 0 && key.cleared !== EVERYTHING));
  if (!isChosenOutside) return shape;
  const entries = new Map([...shape.entries].map(([name, entry]) => [name, join(entry, value)] as const));
  return { ...shape, entries };
}
