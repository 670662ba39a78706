import type { Machine } from "../machine/machine.ts";
import { type Shape, withEntry } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { type Value, withCleared } from "../values/value.ts";

/** The attributes of an object that a parameter is, as far as they hold something from outside. */
export interface LabelledMembers {
  readonly parameter: string;
  readonly ref: number;
  readonly members: readonly (readonly [string, Value])[];
}

/** Of the parameters that are one object of this project each, what its attributes held `before`. */
export function labelledMembers(before: State, parameters: ReadonlyMap<string, Value>): readonly LabelledMembers[] {
  return [...parameters].flatMap(([parameter, { refs }]) => {
    const [ref] = refs;
    const shape = ref !== undefined && refs.length === 1 ? before.shape(ref) : undefined;
    if (ref === undefined || shape?.kind !== "object" || shape.of === undefined) return [];
    const members = [...shape.entries].flatMap(([member, held]) =>
      held.labels === 0 ? [] : [[String(member), held] as const],
    );
    return members.length === 0 ? [] : [{ parameter, ref, members }];
  });
}

/** `form.is_valid()`: what holds of the attributes that still are what they were in each of the states, kinds by parameter and attribute. */
export function memberProofs(
  given: readonly LabelledMembers[],
  states: readonly State[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const proofs = new Map<string, ReadonlyMap<string, number>>();
  if (states.length === 0) return proofs;
  for (const { parameter, ref, members } of given) {
    const masks = new Map<string, number>();
    for (const [member, value] of members) {
      const mask = states.reduce((all, state) => all & provedIn(state, ref, member, value), -1);
      if (mask !== 0) masks.set(member, mask);
    }
    if (masks.size > 0) proofs.set(parameter, masks);
  }
  return proofs;
}

function provedIn(state: State, ref: number, member: string, given: Value): number {
  const held = state.shape(ref)?.entries.get(member);
  return held === undefined || held.origin !== given.origin ? 0 : held.cleared & ~given.cleared;
}

/** The same for an object of the caller, whose attributes still are what they were when it was asked: `before`. */
export function applyMembers(machine: Machine, object: Value, before: Shape, masks: ReadonlyMap<string, number>): void {
  const shape = machine.onlyShape(object);
  if (shape?.kind !== "object") return;
  let changed = shape;
  for (const [member, mask] of masks) {
    const held = changed.entries.get(member);
    const isSame = held?.origin === before.entries.get(member)?.origin;
    if (held !== undefined && isSame) changed = withEntry(changed, member, withCleared(held, mask));
  }
  machine.state.setShape(object.refs[0], changed);
}
