import type { ProjectCallable } from "../calls/callables.ts";
import { readMember } from "../expressions/evaluate-attribute.ts";
import { type Call, dispatch } from "../expressions/evaluate-call.ts";
import { itemOf } from "../expressions/evaluate-subscript.ts";
import { applyBinary, compare } from "../expressions/operators.ts";
import { comparedBySpecial } from "../expressions/special-operators.ts";
import type { Machine } from "../machine/machine.ts";
import { storeItem } from "../statements/execute-assignment.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { sequenceShape } from "../values/shape.ts";
import { callableValue, constantValue, NONE_VALUE, refValue, TRUTH, UNKNOWN, type Value } from "../values/value.ts";

/** `operator.itemgetter("a")`: a function that remembers what it will ask for. */
export function makeGetter(machine: Machine, { args, callee }: Call): Value | undefined {
  if (args.hasSplat || callee.paths.length !== 1) return undefined;
  const asked = sequenceShape(
    "tuple",
    args.positional.map(({ value }) => value),
  );
  return { ...refValue(machine.allocate(asked), "dynamic"), paths: [`${callee.paths[0]}()`] };
}

export function getItems(machine: Machine, call: Call): Value | undefined {
  return ask(machine, call, (object, key) => itemOf(machine, call.node, object, key, String(keyOfConstant(key))));
}

/** Names with dots in them lead from attribute to attribute. */
export function getAttributes(machine: Machine, call: Call): Value | undefined {
  return ask(machine, call, (object, key) => {
    const names = keyOfConstant(key);
    if (typeof names !== "string") return UNKNOWN;
    return names.split(".").reduce((of, name) => readMember(machine, call.node, of, name, name), object);
  });
}

/** `operator.methodcaller("strip")(text)`. */
export function callNamedMethod(machine: Machine, call: Call): Value | undefined {
  const object = call.args.positional[0]?.value;
  const [name, ...given] = askedOf(machine, call);
  const method = name === undefined ? undefined : keyOfConstant(name);
  if (object === undefined || typeof method !== "string") return undefined;
  const callee = readMember(machine, call.node, object, method, method);
  const positional = given.map((value) => ({ node: call.node, value, keyword: undefined }));
  const args = { ...call.args, positional };
  return dispatch(machine, { node: call.node, callee, receiver: object, name: method, args });
}

function ask(machine: Machine, call: Call, read: (object: Value, key: Value) => Value): Value | undefined {
  const object = call.args.positional[0]?.value;
  const asked = askedOf(machine, call);
  if (object === undefined || asked.length === 0) return undefined;
  const found = asked.map((key) => read(object, key));
  return found.length === 1 ? found[0] : refValue(machine.allocate(sequenceShape("tuple", found)), "dynamic");
}

function askedOf(machine: Machine, { callee }: Call): Value[] {
  const shape = machine.onlyShape(callee);
  return [...(shape?.entries.values() ?? [])];
}

/** `types.MethodType(function, object)` */
export function madeMethod(_machine: Machine, { args }: Call): Value | undefined {
  const [given, self] = args.positional.map(({ value }) => value);
  const [target, ...others] = (given?.callables ?? []) as readonly ProjectCallable[];
  if (target?.kind !== "function" || self === undefined || others.length > 0) return undefined;
  return callableValue({ kind: "bound", target, self } as ProjectCallable);
}

/** Functions of `operator` that do what an operator does. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...["add", "concat", "iadd", "iconcat"].map((name) => [name, "+"] as const),
  ["sub", "-"],
  ["mul", "*"],
  ["mod", "%"],
  ["truediv", "/"],
  ["floordiv", "//"],
  ["pow", "**"],
  ["or_", "|"],
  ["and_", "&"],
  ["xor", "^"],
  ["lshift", "<<"],
  ["rshift", ">>"],
]);

/** Functions of `operator` that compare, and the operator. */
const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ["eq", "=="],
  ["ne", "!="],
  ["lt", "<"],
  ["le", "<="],
  ["gt", ">"],
  ["ge", ">="],
  ["is_", "is"],
  ["is_not", "is not"],
]);

function byComparison(machine: Machine, { args, name, node }: Call): Value | undefined {
  const [left, right] = args.positional;
  const operator = COMPARISONS.get(name);
  if (left === undefined || right === undefined || operator === undefined) return undefined;
  const known =
    comparedBySpecial(machine, node, operator, left.value, right.value) ??
    compare(machine, operator, left.value, right.value);
  return known === undefined ? TRUTH : constantValue(known);
}

/** `operator.setitem(items, key, value)`. */
function setItem(machine: Machine, { args }: Call): Value | undefined {
  const [object, key, value] = args.positional.map((argument) => argument.value);
  if (object === undefined || key === undefined || value === undefined) return undefined;
  storeItem(machine, object, key, value);
  return NONE_VALUE;
}

function byOperator(machine: Machine, { args, name, node }: Call): Value | undefined {
  const [left, right] = args.positional;
  const operator = OPERATORS.get(name);
  if (left === undefined || right === undefined || operator === undefined) return undefined;
  return applyBinary(machine, node, operator, left.value, right.value);
}

/** `operator.getitem(items, key)`. */
function itemByFunction(machine: Machine, { args, node }: Call): Value | undefined {
  const [object, key] = args.positional;
  if (object === undefined || key === undefined) return undefined;
  return itemOf(machine, node, object.value, key.value, String(keyOfConstant(key.value)));
}

/** Functions of `operator` that do something at once. */
export const OPERATOR_FUNCTIONS: readonly (readonly [string, (machine: Machine, call: Call) => Value | undefined])[] = [
  ["operator.getitem", itemByFunction],
  ["operator.setitem", setItem],
  ...[...OPERATORS.keys()].map((name) => [`operator.${name}`, byOperator] as const),
  ...[...COMPARISONS.keys()].map((name) => [`operator.${name}`, byComparison] as const),
];
