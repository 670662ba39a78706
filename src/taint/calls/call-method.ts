import type { Call } from "../expressions/evaluate-call.ts";
import { containerMethod } from "../library/container-methods.ts";
import { dumpOfUnknown, recordMethod } from "../library/record-values.ts";
import { textMethod } from "../library/text-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { itemsOf } from "../values/own-items.ts";
import { join, type Value } from "../values/value.ts";
import { sendInto } from "./call-function.ts";

/** A method of a container or of text, by its name; undefined when the receiver is neither or the name is none of theirs. */
export function callMethod(machine: Machine, call: Call, receiver: Value): Value | undefined {
  let result: Value | undefined;
  const [sent] = /^a?send$/.test(call.name) ? call.args.positional : [];
  if (sent !== undefined) result = sendInto(machine, call.node, receiver, sent.value);
  if (result !== undefined) return result;
  const isOnly = receiver.refs.length === 1;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined) continue;
    if (shape.kind === "object") {
      const items = itemsOf(shape);
      const own = items === undefined ? recordMethod(machine, call, { ...receiver, refs: [ref] }) : undefined;
      const inside = items === undefined ? own : callMethod(machine, call, items);
      if (inside !== undefined) result = result === undefined ? inside : join(result, inside);
      continue;
    }
    const one = containerMethod(machine, call, { ...receiver, refs: [ref] }, ref, shape, isOnly);
    if (one !== undefined) result = result === undefined ? one : join(result, one);
  }
  return result ?? dumpOfUnknown(machine, call, receiver) ?? textMethod(machine, call, receiver);
}
