import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, joinAll, joinShapes, withEntry, withoutEntry } from "../values/shape.ts";
import { NONE_VALUE, refValue, type Value } from "../values/value.ts";

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
  const before = machine.onlyShape(receiver)?.entries.get(HELD);
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined) continue;
    const changed = withEntry(shape, HELD, value);
    machine.write(ref, receiver.refs.length === 1 ? changed : joinShapes(shape, changed));
  }
  const token = emptyShape("object");
  const kept = before === undefined ? token : withEntry(token, HELD, before);
  return { ...refValue(machine.allocate(kept), "dynamic"), paths: ["contextvars.Token()"] };
}

/** `VARIABLE.reset(token)`: it holds what it did before the `set` that gave the token. */
export function resetContext(machine: Machine, { args, receiver }: Call): Value | undefined {
  const shape = machine.onlyShape(receiver);
  const token = machine.onlyShape(args.positional[0]?.value);
  if (receiver === undefined || shape === undefined || token === undefined) return undefined;
  const before = token.entries.get(HELD);
  machine.write(receiver.refs[0], before === undefined ? withoutEntry(shape, HELD) : withEntry(shape, HELD, before));
  return NONE_VALUE;
}

export function getContext(machine: Machine, { args, receiver }: Call): Value | undefined {
  const held = (receiver?.refs ?? []).map((ref) => machine.shape(ref)?.entries.get(HELD));
  return joinAll(held.filter((value) => value !== undefined)) ?? args.positional[0]?.value;
}
