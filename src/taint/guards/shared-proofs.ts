import type { CallResult } from "../calls/call-result.ts";
import type { Machine } from "../machine/machine.ts";
import type { State, VariableKey } from "../values/state.ts";
import { join, UNKNOWN, type Value } from "../values/value.ts";

/** Objects of which there is one at a time: a name of a library, and the request that is being answered. */
const ONE_AT_A_TIME = /^(?:\w+\.)+\w+$|^(?:\w+\.)*\w*Request\(\)(?:\.\w+)*$/;

/**
 * A member of an object that every function sees under some name, spelled by the object's path: what one function proves of
 * `request.args["name"]` holds for the others that it calls, and for its callers. Undefined for objects of which there may be
 * several.
 */
export function sharedPlace({ paths, refs, callables }: Value, member: string): string | undefined {
  const isOne = paths.length === 1 && refs.length === 0 && callables.length === 0 && ONE_AT_A_TIME.test(paths[0]);
  return isOne ? `${paths[0]}${member}` : undefined;
}

export function itemMember(key: string | number): string {
  return `[${JSON.stringify(key)}]`;
}

export function writeShared(machine: Machine, place: string, value: Value): void {
  let key = machine.shared.get(place);
  if (key === undefined) {
    const { frame } = machine.units[0];
    key = 1 - frame.owners.push(frame);
    machine.shared.set(place, key);
  }
  machine.proved.add(key);
  machine.noteOutside();
  machine.state.set(key, value);
}

export function readShared({ shared, state }: Machine, receiver: Value, member: string): Value | undefined {
  const place = shared.size === 0 ? undefined : sharedPlace(receiver, member);
  const key = place === undefined ? undefined : shared.get(place);
  const value = key === undefined ? undefined : state.get(key);
  return value === UNKNOWN ? undefined : value;
}

/** The member is given a value: that is what everyone reads then. */
export function assignShared(machine: Machine, receiver: Value, member: string, value: Value): void {
  const place = sharedPlace(receiver, member);
  if (place !== undefined) writeShared(machine, place, value);
}

/** What is proved in every one of the states. */
export function sharedProofs({ proved }: Machine, states: readonly State[]): ReadonlyMap<VariableKey, Value> {
  const proofs = new Map<VariableKey, Value>();
  if (states.length === 0) return proofs;
  for (const key of proved) {
    let least = states[0].get(key);
    for (const state of states) {
      const value = state.get(key);
      if (value === undefined || value === UNKNOWN) least = undefined;
      else if (least !== undefined) least = join(least, value);
    }
    if (least !== undefined) proofs.set(key, least);
  }
  return proofs;
}

export function applyShared({ state, proved }: Machine, proofs: CallResult["shared"]["always"]): void {
  for (const [key, value] of proofs) {
    proved.add(key);
    state.set(key, value);
  }
}

/** Tells calls apart that are made where different things are proved. */
export function sharedKey({ proved, state, outside }: Machine): string {
  // What others stored where the function may look is no part of its arguments either.
  let text = outside === 0 ? "" : `@${outside}`;
  for (const key of proved) {
    const value = state.get(key);
    if (value === undefined || value === UNKNOWN) continue;
    text += `!${key}:${value.labels}:${value.cleared}:${value.constants?.join()}:${value.refs.join()}`;
  }
  return text;
}
