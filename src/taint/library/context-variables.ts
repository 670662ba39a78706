import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, joinAll, joinShapes, withEntry } from "../values/shape.ts";
import { DYNAMIC, refValue, type Value } from "../values/value.ts";

const HELD = "\0held";

/** `contextvars.ContextVar("name", default=…)`. */
export function contextVariable(machine: Machine, { args }: Call): Value {
  const fallback = findArgument(args, undefined, ["default"])?.value;
  const shape = emptyShape("object");
  const held = fallback === undefined ? shape : withEntry(shape, HELD, fallback);
  return { ...refValue(machine.allocate(held), "dynamic"), paths: ["contextvars.ContextVar()"] };
}

export function setContext(machine: Machine, { args, receiver }: Call): Value | undefined {
  const value = args.positional[0]?.value;
  if (receiver === undefined || value === undefined) return undefined;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined) continue;
    const changed = withEntry(shape, HELD, value);
    machine.write(ref, receiver.refs.length === 1 ? changed : joinShapes(shape, changed));
  }
  return DYNAMIC;
}

export function getContext(machine: Machine, { args, receiver }: Call): Value | undefined {
  const held = (receiver?.refs ?? []).map((ref) => machine.shape(ref)?.entries.get(HELD));
  return joinAll(held.filter((value) => value !== undefined)) ?? args.positional[0]?.value;
}
