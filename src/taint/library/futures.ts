import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { sequenceShape } from "../values/shape.ts";
import { refValue, type Value } from "../values/value.ts";

/** What a pool gives for a function that it will run: the result lies in it as in a list of one. */
export function futureOf(machine: Machine, result: Value): Value {
  const future = refValue(machine.allocate(sequenceShape("list", [result])), "dynamic");
  return { ...future, paths: ["concurrent.futures.Future()"] };
}

/** `future.result()`. */
export function resultOf(machine: Machine, { receiver }: Call): Value | undefined {
  return receiver === undefined ? undefined : elementOf(machine, receiver);
}
