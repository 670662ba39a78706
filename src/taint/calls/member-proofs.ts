import { NONE } from "../../python/walk.ts";
import { assume } from "../guards/guards.ts";
import type { Return } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { type Shape, withEntry } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { truth } from "../values/truth.ts";
import { type Value, withCleared } from "../values/value.ts";

type Members = ReadonlyMap<string, ReadonlyMap<string, number>>;

const NO_MEMBERS: Members = new Map();

/** `form.is_valid()`: what its answer, true or false, proves of the attributes that still are what they were `before`. */
export function memberProofs(
  machine: Machine,
  before: State,
  parameters: ReadonlyMap<string, Value>,
  returns: readonly Return[],
  outcome: boolean,
): Members {
  const given = [...parameters].flatMap(([name, value]) => {
    const members = labelledMembers(before, value);
    return members.length === 0 ? [] : [{ name, ref: value.refs[0], members }];
  });
  if (given.length === 0 || returns.every(({ node }) => node === NONE)) return NO_MEMBERS;
  const states = statesWhere(machine, returns, outcome);
  if (states.length === 0) return NO_MEMBERS;
  const proofs = new Map<string, ReadonlyMap<string, number>>();
  for (const { name, ref, members } of given) {
    const masks = new Map<string, number>();
    for (const [member, value] of members) {
      const mask = states.reduce((all, state) => all & provedIn(state, ref, member, value), -1);
      if (mask !== 0) masks.set(member, mask);
    }
    if (masks.size > 0) proofs.set(name, masks);
  }
  return proofs;
}

/** The attributes of an object of this project that hold something from outside. */
function labelledMembers(before: State, { refs }: Value): readonly (readonly [string, Value])[] {
  const shape = refs.length === 1 ? before.shape(refs[0]) : undefined;
  if (shape?.kind !== "object" || shape.of === undefined) return [];
  return [...shape.entries].flatMap(([member, held]) => (held.labels === 0 ? [] : [[String(member), held] as const]));
}

/** What holds on each way out on which the answer may be so. */
function statesWhere(machine: Machine, returns: readonly Return[], outcome: boolean): readonly State[] {
  const { state } = machine;
  const states: State[] = [];
  for (const end of returns) {
    const known = end.node === NONE ? false : truth(machine, end.value);
    if (known !== undefined && known !== outcome) continue;
    machine.state = end.state.fork();
    if (known === undefined) assume(machine, end.node, outcome);
    states.push(machine.state);
  }
  machine.state = state;
  return states;
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
