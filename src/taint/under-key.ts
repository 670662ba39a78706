import { carry } from "./carry.ts";
import { keyOfConstant } from "./evaluate.ts";
import type { Machine } from "./machine.ts";
import { type Value, withCleared } from "./value.ts";

/**
 * A value as it lies under a key. A key that is not constant gives its labels; one that nobody outside chose, or that was
 * compared with those that exist, names no field that nobody meant to set.
 */
export function underKey(machine: Machine, key: Value, value: Value): Value {
  if (keyOfConstant(key) !== undefined) return value;
  const stored = carry(value, [key]);
  const names = machine.models.kindMask(["mass-assign"]);
  return key.labels === 0 || (key.cleared & names) !== 0 ? withCleared(stored, names) : stored;
}
