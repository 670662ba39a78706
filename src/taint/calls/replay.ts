import { applyShared } from "../guards/shared-proofs.ts";
import type { Machine } from "../machine/machine.ts";
import { mapShape } from "../values/shape.ts";
import type { Origin, Value } from "../values/value.ts";
import type { CallResult } from "./call-result.ts";

/**
 * What an earlier call of the same function means here: its effects on the arguments happen to these arguments, and what
 * it gave back of them is given back of these. Nothing is left to do where the function has just been run on them.
 */
export function replay(machine: Machine, result: CallResult, parameters: ReadonlyMap<string, Value>): Value {
  const { value } = result;
  if (result.parameters === parameters) return value;
  if (value.labels !== 0) machine.sources++;
  applyShared(machine, result.shared.always);
  for (const [ref, shape] of result.shapes) {
    // A generator begins anew.
    const isNew = machine.shape(ref) === undefined || machine.generators.has(ref);
    if (isNew) machine.state.setShape(ref, shape);
  }
  for (const [name, shape] of result.stored) {
    const refs = parameters.get(name)?.refs ?? [];
    if (refs.length === 1)
      machine.write(
        refs[0],
        mapShape(shape, (entry) => here(entry, result.parameters, parameters)),
      );
  }
  return here(value, result.parameters, parameters);
}

/** The value with the arguments of this call in the places of those of the earlier one. */
function here(value: Value, before: ReadonlyMap<string, Value>, now: ReadonlyMap<string, Value>): Value {
  const origin = originHere(value.origin, before, now);
  const refs = value.refs.map((ref) => refHere(ref, before, now));
  const isMoved = refs.some((ref, index) => ref !== value.refs[index]);
  return origin === value.origin && !isMoved ? value : { ...value, origin, refs: [...new Set(refs)] };
}

/** `return self`: the object of this call, not that of the earlier one. */
function refHere(ref: number, before: ReadonlyMap<string, Value>, now: ReadonlyMap<string, Value>): number {
  for (const [name, { refs }] of before) {
    const [here, ...others] = now.get(name)?.refs ?? [];
    if (refs.length === 1 && refs[0] === ref && here !== undefined && others.length === 0) return here;
  }
  return ref;
}

/** The way on from the argument of this call; what the function reads itself comes from where it always did. */
function originHere(
  origin: Origin | undefined,
  before: ReadonlyMap<string, Value>,
  now: ReadonlyMap<string, Value>,
): Origin | undefined {
  for (let at = origin; at !== undefined; at = at.before) {
    for (const [name, value] of before) if (value.origin === at) return now.get(name)?.origin ?? origin;
  }
  return origin;
}
