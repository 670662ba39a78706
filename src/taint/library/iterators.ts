import { runCallable } from "../calls/call-back.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { elements } from "../expressions/iteration.ts";
import { applyBinary } from "../expressions/operators.ts";
import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { joinAll, lengthOf, sequenceShape } from "../values/shape.ts";
import { truth } from "../values/truth.ts";
import { constantValue, DYNAMIC, join, PLACE, refValue, type Value, withCleared } from "../values/value.ts";
import { inOrder } from "./sequences.ts";

/** `next(items)`: of an iterator whose first element is known it is that one, and the iterator goes on behind it. */
export function firstOf(machine: Machine, call: Call): Value | undefined {
  const [iterator, fallback] = call.args.positional.map(({ value }) => value);
  if (iterator === undefined) return undefined;
  const shape = machine.onlyShape(iterator);
  const isSequence = shape?.kind === "list" || shape?.kind === "tuple";
  const [first, ...others] = isSequence ? shape.entries.values() : [];
  if (isSequence && first !== undefined) {
    machine.write(iterator.refs[0], sequenceShape(shape.kind, others, shape.rest));
    return carry(first, [iterator]);
  }
  if (isSequence && shape.rest === undefined && fallback !== undefined) return fallback;
  const any = elements(machine, iterator);
  return fallback === undefined ? any : join(any, fallback);
}

/** `itertools.islice(items, 2)`: of elements that are known by place, the first ones. */
export function takeFirst(machine: Machine, { args }: Call): Value | undefined {
  const [items, ...bounds] = args.positional.map(({ value }) => value);
  const shape = inOrder(machine.onlyShape(items));
  const numbers = bounds.map(({ constants }) => (constants?.length === 1 ? constants[0] : undefined));
  const [start, end] = numbers.length === 1 ? [0, numbers[0]] : [numbers[0] ?? 0, numbers[1]];
  const isKnown = typeof start === "number" && typeof end === "number" && numbers.length <= 2;
  if (items === undefined || shape === undefined || !isKnown) return undefined;
  const values = [...shape.entries.values()];
  if (end > values.length && shape.rest !== undefined) return undefined;
  return carry(refValue(machine.allocate(sequenceShape("list", values.slice(start, end))), "dynamic"), [items]);
}

/** More numbers than these are not told apart. */
const MAX_COUNTED = 8;

/** `range(1, 4)`: the numbers, where they are few. */
export function counted(machine: Machine, { args }: Call): Value {
  const bounds = args.positional.map(({ value }) => (value.constants?.length === 1 ? value.constants[0] : undefined));
  const [start, end] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  const [, , step = 1] = bounds;
  const isKnown = typeof start === "number" && typeof end === "number" && typeof step === "number" && step !== 0;
  const count = isKnown ? Math.max(0, Math.ceil((end - start) / step)) : MAX_COUNTED + 1;
  const numbers =
    isKnown && count <= MAX_COUNTED
      ? Array.from({ length: count }, (_, place) => constantValue(start + place * step))
      : [];
  const rest = count > MAX_COUNTED ? PLACE : undefined;
  return refValue(machine.allocate(sequenceShape("list", numbers, rest)), "dynamic");
}

/** `itertools.tee(items, 2)`: iterators that each begin where the given one stands. */
export function tee(machine: Machine, { args }: Call): Value | undefined {
  const [items, count] = args.positional.map(({ value }) => value);
  const shape = inOrder(machine.onlyShape(items));
  const many = count === undefined ? 2 : count.constants?.[0];
  if (items === undefined || shape === undefined || typeof many !== "number" || many > MAX_COPIES) return undefined;
  const copies = Array.from({ length: many }, () => carry(refValue(machine.allocate(shape), "dynamic"), [items]));
  return refValue(machine.allocate(sequenceShape("tuple", copies)), "dynamic");
}

/** More copies of one iterator are not told apart. */
const MAX_COPIES = 8;

/** `itertools.accumulate(words)`: each element together with those before it. */
export function accumulate(machine: Machine, { args, node }: Call): Value | undefined {
  const shape = args.positional.length === 1 ? inOrder(machine.onlyShape(args.positional[0].value)) : undefined;
  const length = shape === undefined ? undefined : lengthOf(shape);
  if (shape === undefined || length === undefined || length > MAX_COPIES) return undefined;
  let sum: Value | undefined;
  const sums = [...shape.entries.values()].map((value) => {
    sum = sum === undefined ? value : applyBinary(machine, node, "+", sum, value);
    return sum;
  });
  return refValue(machine.allocate(sequenceShape("list", sums)), "dynamic");
}

/** `itertools.repeat(word)`. */
export function repeated(machine: Machine, { args }: Call): Value | undefined {
  const [element] = args.positional;
  return element && refValue(machine.allocate(sequenceShape("list", [], element.value)), "dynamic");
}

/** `itertools.groupby(items, key)`: what the function says of an element, and elements of which it says the same. */
export function groupBy(machine: Machine, { args, node }: Call): Value | undefined {
  const items = args.positional[0];
  if (items === undefined) return undefined;
  const key = findArgument(args, 1, ["key"]);
  const element = elements(machine, items.value);
  const isItself = key === undefined || key.value.constants?.[0] === null;
  const said = isItself ? element : runCallable(machine, node, key.value, [{ ...items, value: element }]);
  const group = refValue(machine.allocate(sequenceShape("list", [], element)), "dynamic");
  const pair = sequenceShape("tuple", [said ?? carry(DYNAMIC, [element]), group]);
  return refValue(machine.allocate(sequenceShape("list", [], refValue(machine.allocate(pair), "dynamic"))), "dynamic");
}

/** `max(items)`, `max(a, b)`: one of them. */
export function anyOf(machine: Machine, { args, callee }: Call): Value | undefined {
  if (args.positional.length === 1) return elements(machine, args.positional[0].value);
  const value = joinAll(args.positional.map((argument) => argument.value));
  if (value === undefined) return undefined;
  // The smaller of a number and a constant is at most that constant.
  const isBounded = callee.paths[0] === "min" && args.positional.some((one) => one.value.constancy === "constant");
  const bounded = isBounded ? value.cleared | machine.models.kindMask(["range"]) : value.cleared;
  const plain: Value = { ...value, constants: undefined, constancy: "dynamic", cleared: bounded };
  // What can be compared with a number is one.
  const isNumber = args.positional.some(({ value: { constants } }) => typeof constants?.[0] === "number");
  return isNumber ? { ...withCleared(plain, machine.models.kindMask(["injection"])), paths: PLACE.paths } : plain;
}

/** `any([a, b])` of elements whose truth is known. */
export function truthOfElements(machine: Machine, { args, name }: Call): Value | undefined {
  const shape = inOrder(machine.onlyShape(args.positional[0]?.value));
  if (shape === undefined || lengthOf(shape) === undefined) return undefined;
  const truths = [...shape.entries.values()].map((value) => truth(machine, value));
  const decides = name === "any";
  if (truths.includes(decides)) return constantValue(decides);
  return truths.includes(undefined) ? undefined : constantValue(!decides);
}
