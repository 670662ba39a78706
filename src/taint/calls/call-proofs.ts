import { Kind } from "../../python/kinds.ts";
import { NONE, textOf } from "../../python/walk.ts";
import { PARTS_ASKED } from "../guards/conditions.ts";
import { assume } from "../guards/guards.ts";
import { sharedProofs } from "../guards/shared-proofs.ts";
import { truthsOf } from "../guards/truths.ts";
import type { Frame, Return } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { marksOf } from "../values/marks.ts";
import { asGiven, keyOf } from "../values/names.ts";
import type { State } from "../values/state.ts";
import { truth } from "../values/truth.ts";
import { type Constant, constantTruth, isProvable, type Value } from "../values/value.ts";
import type { CallResult, PartProofs, Proof } from "./call-result.ts";
import { labelledMembers, memberProofs } from "./member-proofs.ts";

type CallProofs = Pick<
  CallResult,
  | "cleared"
  | "clearedIfTrue"
  | "clearedIfFalse"
  | "clearedIfNone"
  | "clearedIfSome"
  | "members"
  | "parts"
  | "shared"
  | "truths"
>;

/** What a function that returned has proved: of its parameters, and of objects that its callers know as well. */
export function callProofs(
  machine: Machine,
  frame: Frame,
  parameters: ReadonlyMap<string, Value>,
  returns: readonly Return[],
): CallProofs {
  const followed = [...parameters].filter(([, given]) => given.labels !== 0 || isProvable(given));
  const proofs = followed.map(([name, given]) => [name, proofsOf(machine, frame, name, given, returns)] as const);
  const states = returns.map(({ state }) => state);
  const whereTrue = statesWhere(machine, returns, true);
  const whereFalse = statesWhere(machine, returns, false);
  // What gives nothing back answers nothing.
  const members = returns.every(({ node }) => node === NONE) ? [] : labelledMembers(frame.bottom, parameters);
  return {
    cleared: new Map(proofs.map(([name, proof]) => [name, proof.always])),
    clearedIfTrue: new Map(proofs.map(([name, proof]) => [name, proof.ifTrue])),
    clearedIfFalse: new Map(proofs.map(([name, proof]) => [name, proof.ifFalse])),
    clearedIfNone: new Map(proofs.map(([name, proof]) => [name, proof.ifNone])),
    clearedIfSome: new Map(proofs.map(([name, proof]) => [name, proof.ifSome])),
    members: {
      ifTrue: memberProofs(members, whereTrue),
      ifFalse: memberProofs(members, whereFalse),
    },
    shared: {
      always: sharedProofs(machine, states),
      ifTrue: sharedProofs(machine, whereTrue),
      ifFalse: sharedProofs(machine, whereFalse),
    },
    truths: truthsOf(frame, returns),
    parts: Array.from({ length: PARTS_ASKED }, (_, part) => partProofs(frame, followed, returns, part)),
  };
}

/** What is proved where a part of the tuple that every way out returns is true, or false: `return True, path`, `return None, "no such file"`. */
function partProofs(
  frame: Frame,
  followed: readonly (readonly [string, Value])[],
  returns: readonly Return[],
  part: number,
): PartProofs {
  const outcomes = returns.map(({ value, state }) => {
    const tuple = value.refs.length === 1 ? state.shape(value.refs[0]) : undefined;
    const entry = tuple?.kind === "tuple" && tuple.rest === undefined ? tuple.entries.get(part) : undefined;
    return entry && { truth: constantTruth(entry), state };
  });
  const provedWhere = (name: string, given: Value, wanted: boolean): Proof => {
    let proof: Proof | undefined;
    for (const end of outcomes)
      if (end?.truth !== !wanted)
        proof = both(proof, end === undefined ? NOTHING : provedIn(frame, end.state, name, given));
    return proof ?? NOTHING;
  };
  return {
    ifTrue: new Map(followed.map(([name, given]) => [name, provedWhere(name, given, true)])),
    ifFalse: new Map(followed.map(([name, given]) => [name, provedWhere(name, given, false)])),
  };
}

const NOTHING: Proof = { mask: 0, marks: [] };

/** What the ways out prove of a parameter that still is what was passed. */
function proofsOf(
  machine: Machine,
  frame: Frame,
  name: string,
  given: Value,
  returns: readonly Return[],
): { always: Proof; ifTrue: Proof; ifFalse: Proof; ifNone: Proof; ifSome: Proof } {
  let always: Proof | undefined;
  let ifTrue: Proof | undefined;
  let ifFalse: Proof | undefined;
  let ifNone: Proof | undefined;
  let ifSome: Proof | undefined;
  for (const end of returns) {
    const known = end.node === NONE ? false : truth(machine, end.value);
    const proved = provedIn(frame, end.state, name, given);
    always = both(always, proved);
    const { constants = end.node === NONE ? NOTHING_RETURNED : undefined } = end.value;
    if (constants?.includes(null) !== false) ifNone = both(ifNone, proved);
    if (constants?.every((constant) => constant === null) !== true) ifSome = both(ifSome, proved);
    if (known !== false) ifTrue = both(ifTrue, provedWhen(machine, frame, end, name, given, true, known));
    if (known !== true) ifFalse = both(ifFalse, provedWhen(machine, frame, end, name, given, false, known));
  }
  return {
    always: always ?? NOTHING,
    ifTrue: ifTrue ?? NOTHING,
    ifFalse: ifFalse ?? NOTHING,
    ifNone: ifNone ?? NOTHING,
    ifSome: ifSome ?? NOTHING,
  };
}

/** A function that comes to its end returns None. */
const NOTHING_RETURNED: readonly Constant[] = [null];

/** What both ways out prove; of no way out so far, what the other one does. */
function both(one: Proof | undefined, other: Proof): Proof {
  if (one === undefined) return other;
  return { mask: one.mask & other.mask, marks: one.marks.filter((mark) => other.marks.includes(mark)) };
}

function provedIn(frame: Frame, state: State, name: string, given: Value): Proof {
  const bound = state.get(keyOf(frame, name));
  const isOther = given.labels === 0 || bound?.origin !== given.origin;
  const isRebound = isOther && frame.function?.info.rebound.has(name) === true;
  const value = isRebound ? state.get(keyOf(frame, asGiven(name))) : bound;
  if (value === undefined || value.origin !== given.origin) return NOTHING;
  const marks = marksOf(value).filter((mark) => !given.paths.includes(mark));
  const mask = given.labels === 0 ? value.proved & ~given.proved : value.cleared & ~given.cleared;
  return { mask, marks };
}

/** `return name in ALLOWED`: what the returned condition proves where it holds, or does not. */
function provedWhen(
  machine: Machine,
  frame: Frame,
  end: Return,
  name: string,
  given: Value,
  outcome: boolean,
  known: boolean | undefined,
): Proof {
  const isAsked = known === undefined && end.node !== NONE && (given.labels !== 0 || names(machine, end.node, name));
  if (!isAsked) return provedIn(frame, end.state, name, given);
  const { state } = machine;
  machine.state = end.state.fork();
  assume(machine, end.node, outcome);
  const proved = provedIn(frame, machine.state, name, given);
  machine.state = state;
  return proved;
}

/** Whether a condition names a parameter. */
function names({ syntax }: Machine, condition: number, name: string): boolean {
  for (let node = condition; node < syntax.next[condition]; node++)
    if (syntax.kind[node] === Kind.identifier && textOf(syntax, node) === name) return true;
  return false;
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
