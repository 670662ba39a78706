import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, sequenceShape } from "../values/shape.ts";
import { refValue, type Value } from "../values/value.ts";

export function emptyQueue(machine: Machine, { callee }: Call): Value {
  return withPath(refValue(machine.allocate(emptyShape("list")), "dynamic"), `${callee.paths[0]}()`);
}

export function toBuffer(machine: Machine, { args, callee }: Call): Value {
  const first = args.positional[0]?.value;
  const shape = sequenceShape("list", first === undefined ? [] : [first]);
  return withPath(refValue(machine.allocate(shape), "dynamic"), `${callee.paths[0]}()`);
}

function withPath(value: Value, path: string): Value {
  return { ...value, paths: [path] };
}
