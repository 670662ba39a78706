import type { Machine } from "../machine/machine.ts";
import { type Shape, withRest } from "./shape.ts";
import { type Value, withCleared } from "./value.ts";

/**
 * A dict in which a value lies under a key that is not constant. A key that nobody outside chose, or that was compared with
 * those that exist, names no field that nobody meant to set.
 */
export function underKey(machine: Machine, shape: Shape, key: Value, value: Value): Shape {
  const names = machine.models.kindMask(["mass-assign"]);
  const isChosen = key.labels === 0 || (key.cleared & names) !== 0;
  return withRest(shape, isChosen ? withCleared(value, names) : value, isChosen ? withCleared(key, names) : key);
}
