import { inOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { lengthOf, sequenceShape } from "./shape.ts";
import { type Constant, constantValue, refValue, type Value } from "./value.ts";

/** What a key of ours begins with; a program's own text that begins so is none that is known. */
const OURS = "\0";

/** The places of a tuple follow, as JSON. */
const TUPLE = `${OURS}tuple`;

/** A constant, or a tuple of constants, as the key of a container; undefined when it is neither. */
export function keyOfValue(machine: Machine, key: Value): string | number | undefined {
  const constant = keyOfConstant(key);
  if (constant !== undefined || key.refs.length !== 1 || key.labels !== 0) return constant;
  const shape = inOrder(machine.onlyShape(key));
  if (shape?.kind !== "tuple" || lengthOf(shape) === undefined) return undefined;
  const parts = [...shape.entries.values()].map(({ constants }) =>
    constants?.length === 1 ? constants[0] : undefined,
  );
  return parts.includes(undefined) ? undefined : TUPLE + JSON.stringify(parts);
}

/** A constant as the key of a container; undefined when it is not one constant. */
export function keyOfConstant(key: Value): string | number | undefined {
  if (key.constants?.length !== 1) return undefined;
  const [constant] = key.constants;
  if (typeof constant === "boolean") return constant ? 1 : 0;
  if (typeof constant === "string" && constant.startsWith(OURS)) return undefined;
  return constant === null ? "None" : constant;
}

/** The value that a key stands for. */
export function valueOfKey(machine: Machine, key: string | number): Value {
  if (typeof key !== "string" || !key.startsWith(TUPLE)) return constantValue(key);
  const parts = JSON.parse(key.slice(TUPLE.length)) as Constant[];
  return refValue(machine.allocate(sequenceShape("tuple", parts.map(constantValue))), "constant");
}
