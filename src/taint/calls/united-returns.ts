import { anyOf } from "../expressions/elements.ts";
import type { Return } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { joinAll, joinShapes, type Shape } from "../values/shape.ts";
import type { Value } from "../values/value.ts";

/** Mappings that become one: each may have keys of its own. */
const MOST_MAPPINGS = 64;

/**
 * What a call gives: the join of what its ways out give. `return False, "empty"`, many times, and `return True, ""`: of more containers than a
 * value refers to, one that holds what any of them holds. Objects stay apart, for each has a class.
 */
export function unitedReturns(machine: Machine, returns: readonly Return[]): Value | undefined {
  const values = returns.map(({ value }) => value);
  const shapes = shapesOf(returns);
  const kinds = new Set([...shapes.values()].map(({ kind }) => kind));
  if (kinds.has("object") || (kinds.has("dict") && shapes.size > MOST_MAPPINGS)) return joinAll(values);
  const first = machine.nextRef;
  const value = anyOf(machine, values, (ref) => shapes.get(ref));
  const shape = machine.nextRef === first ? undefined : machine.shape(first);
  if (shape !== undefined) for (const { state } of returns) state.setShape(first, shape);
  return value;
}

/** The containers that are returned, as they are on the ways out. */
function shapesOf(returns: readonly Return[]): ReadonlyMap<number, Shape> {
  const shapes = new Map<number, Shape>();
  for (const { value, state } of returns) {
    for (const ref of value.refs) {
      const shape = state.shape(ref);
      const known = shapes.get(ref);
      if (shape !== undefined) shapes.set(ref, known === undefined ? shape : joinShapes(known, shape));
    }
  }
  return shapes;
}
