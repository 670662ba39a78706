import { containerMethod } from "./container-methods.ts";
import type { Call } from "./evaluate-call.ts";
import type { Machine } from "./machine.ts";
import { textMethod } from "./text-methods.ts";
import { join, type Value } from "./value.ts";

/** A method of a container or of text, by its name; undefined when the receiver is neither or the name is none of theirs. */
export function callMethod(machine: Machine, call: Call, receiver: Value): Value | undefined {
  let result: Value | undefined;
  const isOnly = receiver.refs.length === 1;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined || shape.kind === "object") continue;
    const one = containerMethod(machine, call, { ...receiver, refs: [ref] }, ref, shape, isOnly);
    if (one !== undefined) result = result === undefined ? one : join(result, one);
  }
  return result ?? textMethod(machine, call, receiver);
}
