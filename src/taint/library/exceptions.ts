import { type ClassInfo, inLineage } from "../calls/callables.ts";
import type { Arguments } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { joinAll, type Shape, sequenceShape, withEntry } from "../values/shape.ts";
import { refValue, type Value } from "../values/value.ts";

/** The attribute in which an exception keeps what it was made of. */
const ARGUMENTS = "args";

/** Whether objects of a class with these bases are exceptions. */
export function isException(basePaths: readonly string[]): boolean {
  return basePaths.some((path) => /(?:Error|Exception|Warning)\(\)$/.test(path));
}

/** `super().__init__(text)` of an exception: what is handed on is what it says as text. */
export function noteArguments(machine: Machine, { name, receiver, args }: Call): void {
  if (name !== "__init__") return;
  const [by] = (receiver?.callables ?? []) as readonly { kind: string; self?: Value }[];
  if (by?.kind === "super" && by.self !== undefined && isException(by.self.paths))
    keepArguments(machine, by.self, args.positional, args.others);
}

/** An exception keeps what it was made of, unless its own `__init__` handed on something else. */
export function keepGiven(machine: Machine, exception: Value, { positional, others }: Arguments): void {
  if (machine.onlyShape(exception)?.entries.has(ARGUMENTS) === false)
    keepArguments(machine, exception, positional, others);
}

function keepArguments(
  machine: Machine,
  { refs }: Value,
  positional: readonly { readonly value: Value }[],
  others: readonly { readonly value: Value }[],
): void {
  const values = positional.map(({ value }) => value);
  const shape = sequenceShape("tuple", values, joinAll(others.map(({ value }) => value)));
  const held = refValue(machine.allocate(shape), "dynamic");
  for (const ref of refs) {
    const object = machine.shape(ref);
    if (object !== undefined) machine.write(ref, withEntry(object, ARGUMENTS, held));
  }
}

function isRaised(shape: Shape | undefined): shape is Shape {
  if (shape?.kind !== "object" || shape.of === undefined) return false;
  return inLineage(shape.of as ClassInfo, ({ basePaths }) => (isException(basePaths) ? true : undefined)) === true;
}

/** What an exception of the project says as text; undefined for any other value. */
export function saidBy(machine: Machine, exception: Value): Value | undefined {
  const objects = exception.refs.map((ref) => machine.shape(ref));
  const held = objects.map((shape) => (isRaised(shape) ? shape.entries.get(ARGUMENTS) : undefined));
  const texts = held.filter((one) => one !== undefined).map((one) => deep(machine, one));
  return held.length > 0 && texts.length === held.length ? carry({ ...exception, refs: [] }, texts) : undefined;
}
