import type { Machine } from "../machine/machine.ts";
import { mapShape, type Shape, withRest } from "./shape.ts";
import { type Value, withCleared } from "./value.ts";

/**
 * A dict in which a value lies under a key that is not constant. A key that nobody outside chose, or that was compared with
 * those that exist, names no field that nobody meant to set.
 */
export function underKey(machine: Machine, shape: Shape, key: Value, value: Value): Shape {
  const names = machine.models.kindMask(["mass-assign"]);
  const isChosen = key.labels === 0 || (key.cleared & names) !== 0;
  if (!isChosen) return withRest(shape, value, key);
  return withRest(shape, withClearedInside(machine, value, names), withCleared(key, names));
}

/** The value, and each element of the list that it is: `{prefix + "__in": names}`. */
function withClearedInside(machine: Machine, value: Value, kinds: number): Value {
  const list = machine.onlyShape(value);
  if (list === undefined || list.kind === "object" || list.kind === "dict") return withCleared(value, kinds);
  const cleared = mapShape(list, (element) => withCleared(element, kinds));
  return { ...withCleared(value, kinds), refs: [machine.allocate(cleared)] };
}
