import { applyShared } from "../guards/shared-proofs.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, mapShape, type Shape } from "../values/shape.ts";
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
  const anew = makeAnew(machine, result);
  for (const [ref, shape] of result.shapes) {
    if (anew.has(ref)) continue;
    // A generator begins anew.
    const isNew = machine.shape(ref) === undefined || machine.generators.has(ref);
    if (isNew) machine.state.setShape(ref, shape);
  }
  const moved = (entry: Value) => movedTo(anew, here(entry, result.parameters, parameters));
  for (const [name, shape] of result.stored) {
    const refs = parameters.get(name)?.refs ?? [];
    if (refs.length === 1) machine.write(refs[0], withChanges(machine.shape(refs[0]), mapShape(shape, moved)));
  }
  return moved(value);
}

/** An object as a call leaves it, which stored some of its attributes; a container as a whole. */
function withChanges(before: Shape | undefined, after: Shape): Shape {
  if (before?.kind !== "object" || after.kind !== "object") return after;
  return { ...after, entries: new Map([...before.entries, ...after.entries]) };
}

/** The containers that each call makes, made once more: by those of the earlier call. */
function makeAnew(machine: Machine, { made, shapes }: CallResult): ReadonlyMap<number, number> {
  if (made.length === 0) return NOTHING_NEW;
  const anew = new Map(made.map((ref) => [ref, machine.allocate(emptyShape("list"))]));
  for (const [ref, now] of anew) {
    const shape = shapes.get(ref);
    // Each of them is work like that of a statement, and counts as such.
    machine.count(1 + (shape?.entries.size ?? 0));
    if (shape !== undefined)
      machine.state.setShape(
        now,
        mapShape(shape, (entry) => movedTo(anew, entry)),
      );
    const generator = machine.generators.get(ref);
    if (generator !== undefined) machine.generators.set(now, generator);
  }
  return anew;
}

const NOTHING_NEW: ReadonlyMap<number, number> = new Map();

function movedTo(anew: ReadonlyMap<number, number>, value: Value): Value {
  const isMoved = anew.size > 0 && value.refs.some((ref) => anew.has(ref));
  return isMoved ? { ...value, refs: value.refs.map((ref) => anew.get(ref) ?? ref) } : value;
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
