import type { Machine } from "../machine/machine.ts";
import { joinOrigins } from "./origins.ts";
import { mapShape } from "./shape.ts";
import { joinCleared, type Value, withCleared } from "./value.ts";

/** Containers inside containers that are looked into when a whole one is used. */
const MAX_NESTING = 3;

/** `into` with the labels of all of `from` as well: what a value is made of, it carries. */
export function carry(into: Value, from: readonly Value[]): Value {
  let result = into;
  for (const value of from) {
    if (value.labels === 0) continue;
    result = {
      ...result,
      labels: result.labels | value.labels,
      cleared: joinCleared(result, value),
      origin: joinOrigins(result, value),
    };
  }
  return result;
}

/** The value with the labels of everything it contains: what is used when a container is used as a whole. */
export function deep(machine: Machine, value: Value, nesting = MAX_NESTING): Value {
  if (value.refs.length === 0 || nesting === 0) return value;
  let result = value;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined) continue;
    for (const entry of shape.entries.values()) result = carry(result, [deep(machine, entry, nesting - 1)]);
    if (shape.rest !== undefined) result = carry(result, [deep(machine, shape.rest, nesting - 1)]);
    if (shape.keys !== undefined) result = carry(result, [shape.keys]);
  }
  return result;
}

/** Marks what a container holds as harmless for kinds, in the state as it is now. */
export function withClearedElements(machine: Machine, value: Value, mask: number): void {
  const shape = machine.onlyShape(value);
  if (shape !== undefined && shape.kind !== "object")
    machine.state.setShape(
      value.refs[0],
      mapShape(shape, (element) => withCleared(element, mask)),
    );
}

/** A named step of the trace: the labels stay, the way gets longer. The same place is not said twice in a row. */
export function through(
  machine: Machine,
  node: number,
  role: "assign" | "call" | "return" | "propagator",
  note: () => string,
  value: Value,
): Value {
  const { origin } = value;
  if (value.labels === 0 || origin === undefined || origin.length >= MAX_TRACE) return value;
  if (origin.node === node && origin.file === machine.unit.index) return value;
  return { ...value, origin: machine.stepAfter(node, role, note(), origin) };
}

/** Steps of a trace; what a longer way went through in the middle helps nobody. */
const MAX_TRACE = 30;
