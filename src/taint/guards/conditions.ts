import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { frameOf, keyOf } from "../values/names.ts";
import { DYNAMIC, type Origin, TRUTH, type Value } from "../values/value.ts";

/** A condition that was given a name: it speaks of what its own names stood for then. */
export interface NamedCondition {
  readonly condition: number;
  /** Where the labels of its names came from. */
  readonly origins: ReadonlyMap<string, Origin | undefined>;
  /** What the name was given; undefined where any value will do. */
  readonly value: Value | undefined;
  /** Of `allowed, reason = check(path)`: which part of the call's answer it is; the condition is the call. */
  readonly part?: number;
  /** The name was false before, and is made true where the condition holds and nowhere else. */
  readonly isFlag: boolean;
}

/** `ok = name in ALLOWED`, and `if name in ALLOWED: ok = True` where it was false before. */
export function rememberCondition(machine: Machine, left: number, right: number, value: Value): void {
  const { syntax } = machine;
  if (syntax.kind[left] !== Kind.identifier) return;
  const name = textOf(syntax, left);
  const flag = flagCondition(machine, left, right, name);
  const condition = flag === NONE ? right : flag;
  if (flag === NONE && !isCondition(machine, right)) {
    forgetCondition(machine, name);
    return;
  }
  const origins = originsIn(machine, condition);
  // Comparisons share one value, so that another one stands for another assignment.
  const isShared = flag === NONE && (value === DYNAMIC || value === TRUTH);
  const named = { condition, origins, value: isShared ? value : undefined, isFlag: flag !== NONE };
  machine.conditions.set(keyOf(machine.frame, name), named);
}

/** Parts of an answer, from the first, that may say whether the rest of it is one. */
export const PARTS_ASKED = 2;

/** `allowed, reason = check(path)`, after it was executed: each name is a part of what the call answers. */
export function rememberParts(machine: Machine, left: number, right: number): void {
  const { syntax } = machine;
  if (syntax.kind[left] !== Kind.pattern_list && syntax.kind[left] !== Kind.tuple_pattern) return;
  const call = syntax.kind[right] === Kind.await ? firstNamedChild(syntax, right) : right;
  const names = namedChildren(syntax, left);
  const isSplit =
    syntax.kind[call] === Kind.call && names.every((name) => syntax.kind[name] !== Kind.list_splat_pattern);
  for (const [part, node] of names.entries()) {
    if (syntax.kind[node] !== Kind.identifier) continue;
    const name = textOf(syntax, node);
    forgetCondition(machine, name);
    if (!isSplit || part >= PARTS_ASKED) continue;
    const key = keyOf(machine.frame, name);
    const named = { condition: call, origins: originsIn(machine, call), value: machine.state.get(key), isFlag: false };
    machine.conditions.set(key, { ...named, part });
  }
}

const CONDITIONS: ReadonlySet<number> = new Set([
  Kind.comparison_operator,
  Kind.call,
  Kind.boolean_operator,
  Kind.not_operator,
]);

/** A difference of two sets is true where something is left; the parts of a path are asked about. */
export function isCondition({ syntax }: Machine, node: number): boolean {
  if (CONDITIONS.has(syntax.kind[node])) return true;
  if (syntax.kind[node] === Kind.attribute)
    return textOf(syntax, childByField(syntax, node, Field.attribute)) === "parts";
  return (
    syntax.kind[node] === Kind.binary_operator && textOf(syntax, childByField(syntax, node, Field.operator)) === "-"
  );
}

/** The condition of the `if` in whose branch a name that was false is made true; NONE for any other assignment. */
function flagCondition(machine: Machine, left: number, right: number, name: string): number {
  const { syntax, state, frame } = machine;
  if (syntax.kind[right] !== Kind.true) return NONE;
  let block = syntax.parent[left];
  while (block > 0 && syntax.kind[block] !== Kind.block) block = syntax.parent[block];
  const owner = syntax.parent[block];
  if (syntax.kind[block] !== Kind.block || syntax.kind[owner] !== Kind.if_statement) return NONE;
  if (childByField(syntax, owner, Field.consequence) !== block) return NONE;
  const condition = childByField(syntax, owner, Field.condition);
  const before = state.get(keyOf(frame, name))?.constants ?? [];
  // In a loop the same assignment may have made it true before.
  const isAgain = machine.conditions.get(keyOf(frame, name))?.condition === condition;
  const isFalse = before.length === 1 && before[0] === false;
  return isFalse || (isAgain && before.every((constant) => typeof constant === "boolean")) ? condition : NONE;
}

/** Where the labels of a condition's names came from. By index, not by descent: it may be nested as deep as a file is long. */
export function originsIn(machine: Machine, condition: number): ReadonlyMap<string, Origin | undefined> {
  const { syntax } = machine;
  const origins = new Map<string, Origin | undefined>();
  for (let node = condition; node < syntax.next[condition]; node++) {
    if (syntax.kind[node] !== Kind.identifier || isMember(machine, node)) continue;
    const name = textOf(syntax, node);
    const frame = frameOf(machine, name);
    if (frame !== undefined) origins.set(name, machine.state.get(keyOf(frame, name))?.origin);
  }
  return origins;
}

/** `parts` of `path.parts` is no variable. */
function isMember({ syntax }: Machine, node: number): boolean {
  const above = syntax.parent[node];
  return syntax.kind[above] === Kind.attribute && childByField(syntax, above, Field.attribute) === node;
}

/** Whether the names of a condition have been given no other values since. */
export function areUnchanged(machine: Machine, origins: ReadonlyMap<string, Origin | undefined>): boolean {
  for (const [part, origin] of origins) {
    const frame = frameOf(machine, part);
    if (frame !== undefined && machine.state.get(keyOf(frame, part))?.origin !== origin) return false;
  }
  return true;
}

/** The call of whose answer a name is a part, and which part; undefined where it, or the names in the call, have been given other values since. */
export function partOf(machine: Machine, name: string): { readonly call: number; readonly part: number } | undefined {
  const key = keyOf(machine.frame, name);
  const named = machine.conditions.get(key);
  if (named?.part === undefined || machine.state.get(key) !== named.value) return undefined;
  if (!areUnchanged(machine, named.origins)) return undefined;
  return { call: named.condition, part: named.part };
}

/** The condition behind a name, where the name has been given no other value since, nor have the names in the condition. */
export function conditionOf(machine: Machine, name: string): NamedCondition | undefined {
  const named = machine.conditions.get(keyOf(machine.frame, name));
  if (named === undefined || named.part !== undefined) return undefined;
  const current = machine.state.get(keyOf(machine.frame, name));
  if (named.value !== undefined && current !== named.value) return undefined;
  if (named.isFlag && current?.constants?.every((constant) => typeof constant === "boolean") !== true) return undefined;
  return areUnchanged(machine, named.origins) ? named : undefined;
}

function forgetCondition(machine: Machine, name: string): void {
  machine.conditions.delete(keyOf(machine.frame, name));
}

/**
 * Looks behind a name. What stands there may ask for the name again (`ok = ok and test(x)`, `if not name or name in TAKEN:
 * name = "guest"`), and then speaks of an earlier value of it: undefined where the name is looked behind already.
 */
export function followName<Found>(machine: Machine, name: string, follow: () => Found): Found | undefined {
  const { followed, frame } = machine;
  const key = keyOf(frame, name);
  if (followed.has(key)) return undefined;
  followed.add(key);
  const found = follow();
  followed.delete(key);
  return found;
}

/** Whether the condition that a name was given, as long as it still says what it said then, is of a kind. */
export function isNamedCondition(machine: Machine, name: string, isOne: (condition: number) => boolean): boolean {
  const found = followName(machine, name, () => {
    const named = conditionOf(machine, name);
    return named !== undefined && isOne(named.condition);
  });
  return found === true;
}
