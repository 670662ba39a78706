import type { Machine } from "../machine/machine.ts";
import { lengthOf } from "./shape.ts";
import { constantTruth, type Value } from "./value.ts";

/** Whether a value is true; undefined when it depends. */
export function truth(machine: Machine, value: Value): boolean | undefined {
  const known = constantTruth(value);
  if (known !== undefined || value.refs.length === 0) return known;
  if (value.constants !== undefined || value.paths.length > 0) return undefined;
  let result: boolean | undefined;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined || shape.kind === "object") return undefined;
    // Without unknown elements the length is exact; a dict whose keys may be missing on one way is not.
    const length = shape.rest === undefined && shape.kind !== "dict" ? lengthOf(shape) : undefined;
    if (length === undefined) return undefined;
    const isFull = length > 0;
    if (result !== undefined && result !== isFull) return undefined;
    result = isFull;
  }
  return result;
}
