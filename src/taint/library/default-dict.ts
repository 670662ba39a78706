import { runCallable } from "../calls/call-back.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, type Shape, withEntry, withRest } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value } from "../values/value.ts";

/** Stands where the class of an object would: what makes the value of a key that is missing. */
interface DefaultFactory {
  readonly factory: Value;
}

/** `collections.defaultdict(list)`. */
export function defaultDict(machine: Machine, { args }: Call): Value {
  const factory = args.positional[0]?.value;
  const of: DefaultFactory | undefined = factory === undefined ? undefined : { factory };
  return refValue(machine.allocate(emptyShape("dict", of)), "dynamic");
}

/** The value that reading a missing key makes and keeps; undefined for a dict that makes none. */
export function makeMissing(
  machine: Machine,
  node: number,
  ref: number,
  shape: Shape,
  key: string | number | undefined,
): Value | undefined {
  if (shape.kind !== "dict" || shape.of === undefined) return undefined;
  const { factory } = shape.of as DefaultFactory;
  const made = runCallable(machine, node, factory, []) ?? UNKNOWN;
  machine.write(ref, key === undefined ? withRest(shape, made) : withEntry(shape, key, made));
  return made;
}
