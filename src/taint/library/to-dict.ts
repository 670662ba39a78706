import type { Call } from "../expressions/evaluate-call.ts";
import { elements } from "../expressions/iteration.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfValue } from "../values/container-key.ts";
import { layOver, withAnyKey } from "../values/lay-over.ts";
import { emptyShape, lengthOf, type Shape, withEntry } from "../values/shape.ts";
import { underKey } from "../values/under-key.ts";
import { NONE_VALUE, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { inOrder } from "./sequences.ts";

/** `dict(pairs, name=value)`, and a chain of mappings. */
export function toDict(machine: Machine, { args, callee }: Call): Value {
  let shape = emptyShape("dict");
  const constancies: Value["constancy"][] = [];
  // The first mapping of a chain hides the others.
  const parts = callee.paths[0] === "collections.ChainMap" ? args.positional.toReversed() : args.positional;
  for (const { value } of parts) {
    constancies.push(value.constancy);
    shape = fromPairs(machine, shape, machine.onlyShape(value)) ?? layOver(machine, shape, value);
  }
  for (const [key, { value }] of args.keywords) {
    shape = withEntry(shape, key, value);
    constancies.push(value.constancy);
  }
  for (const { value } of args.others) shape = withAnyKey(shape, value);
  const isConstant = args.others.length === 0 && constancies.every((constancy) => constancy === "constant");
  return refValue(machine.allocate(shape), isConstant ? "constant" : "dynamic");
}

/** `dict.fromkeys(keys, value)`: one value under each of the keys. */
export function fromKeys(machine: Machine, { args }: Call): Value {
  const [keys, value = { value: NONE_VALUE }] = args.positional;
  let shape = emptyShape("dict");
  const names = inOrder(machine.onlyShape(keys?.value));
  const all = names === undefined || lengthOf(names) === undefined ? undefined : [...names.entries.values()];
  for (const key of all ?? [elements(machine, keys?.value)]) {
    const name = keyOfValue(machine, key);
    shape = name === undefined ? underKey(machine, shape, key, value.value) : withEntry(shape, name, value.value);
  }
  return refValue(machine.allocate(shape), "dynamic");
}

/** `dict([("a", 1), ("b", 2)])`, where all keys are constants. */
function fromPairs(machine: Machine, shape: Shape, pairs: Shape | undefined): Shape | undefined {
  if (pairs === undefined || pairs.kind === "dict" || pairs.kind === "object" || lengthOf(pairs) === undefined)
    return undefined;
  let filled = shape;
  for (const pair of pairs.entries.values()) {
    const parts = inOrder(machine.onlyShape(pair));
    const key = keyOfValue(machine, parts?.entries.get(0) ?? UNKNOWN);
    const value = parts?.entries.get(1);
    if (parts === undefined || lengthOf(parts) !== 2 || key === undefined || value === undefined) return undefined;
    filled = withEntry(filled, key, value);
  }
  return filled;
}
