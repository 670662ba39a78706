import type { Machine } from "../machine/machine.ts";
import { sequenceShape } from "./shape.ts";
import { refValue, type Value } from "./value.ts";

/** A new list of these elements, and of any number of `rest` behind them. */
export function newList(machine: Machine, values: readonly Value[], rest?: Value): Value {
  return refValue(machine.allocate(sequenceShape("list", values, rest)), "dynamic");
}

/** The same as a tuple. */
export function newTuple(machine: Machine, values: readonly Value[], rest?: Value): Value {
  return refValue(machine.allocate(sequenceShape("tuple", values, rest)), "dynamic");
}
