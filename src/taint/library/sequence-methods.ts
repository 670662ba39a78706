import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { intersection } from "../expressions/operators.ts";
import { narrow } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { anyEntry, emptyShape, lengthOf, type Shape, sequenceShape, withMost, withRest } from "../values/shape.ts";
import { concatenate } from "../values/text.ts";
import {
  constantsValue,
  constantTruth,
  DYNAMIC,
  EVERYTHING,
  join,
  NONE_VALUE,
  refValue,
  UNKNOWN,
  type Value,
} from "../values/value.ts";
import { inSortedOrder } from "./order.ts";

/** What a method yields, and what it leaves in the container where it changes it. */
export interface Outcome {
  readonly value: Value;
  readonly shape?: Shape;
}

/** What a method does to a list, a set, a queue or a buffer and what it yields; undefined for a name that is no method of them. */
export function sequenceMethod(machine: Machine, call: Call, shape: Shape): Outcome | undefined {
  const sequence = {
    shape,
    kind: shape.kind === "set" || shape.kind === "tuple" ? shape.kind : "list",
    length: lengthOf(shape),
    values: [...shape.entries.values()],
    first: call.args.positional[0]?.value,
  } as const;
  const outcome =
    grown(machine, call, sequence) ??
    shrunk(call, sequence) ??
    reordered(machine, call, sequence) ??
    asked(machine, call, sequence) ??
    united(machine, call, sequence);
  if (shape.most === undefined || outcome?.shape === undefined) return outcome;
  const addedAt = call.name.endsWith("left") && call.name !== "popleft" ? "start" : "end";
  return { ...outcome, shape: withMost(outcome.shape, shape.most, addedAt) };
}

/** The container before the call, and its first argument. */
interface Sequence {
  readonly shape: Shape;
  readonly kind: "list" | "set" | "tuple";
  /** Undefined where it is not known how many elements there are. */
  readonly length: number | undefined;
  /** Those whose places are known. */
  readonly values: readonly Value[];
  readonly first: Value | undefined;
}

function rebuild({ kind, shape }: Sequence, values: readonly Value[]): Shape {
  return sequenceShape(kind, values, shape.rest);
}

function grown(machine: Machine, { name, args }: Call, sequence: Sequence): Outcome | undefined {
  const { shape, length, values, first } = sequence;
  if (first === undefined) return undefined;
  switch (name) {
    case "append":
    case "add":
    case "put":
    case "put_nowait":
    case "write":
      return withoutAnswer(length === undefined ? withRest(shape, first) : rebuild(sequence, [...values, first]));
    case "appendleft":
      return withoutAnswer(rebuild(sequence, [first, ...values]));
    case "extendleft": {
      const other = machine.onlyShape(first);
      if (length !== undefined && other !== undefined && other.kind !== "dict" && lengthOf(other) !== undefined)
        return withoutAnswer(rebuild(sequence, [...[...other.entries.values()].reverse(), ...values]));
      return withoutAnswer(withRest(blur(shape), elementOf(machine, first) ?? deep(machine, first)));
    }
    case "extend":
    case "update":
    case "writelines": {
      const other = machine.onlyShape(first);
      if (length !== undefined && other !== undefined && other.kind !== "dict" && lengthOf(other) !== undefined)
        return withoutAnswer(rebuild(sequence, [...values, ...other.entries.values()]));
      const element = elementOf(machine, first) ?? carry({ ...UNKNOWN, text: first.text }, [deep(machine, first)]);
      return withoutAnswer(withRest(shape, element));
    }
    case "insert": {
      const at = keyOfConstant(first);
      const inserted = args.positional[1]?.value;
      if (inserted === undefined) return undefined;
      // Of what has an unknown number of elements, those whose places are known are the first.
      const isPlaced = typeof at === "number" && (length !== undefined || (at >= 0 && at <= values.length));
      if (!isPlaced) return withoutAnswer(withRest(blur(shape), inserted));
      const index = at < 0 ? Math.max(0, values.length + at) : at;
      return withoutAnswer(rebuild(sequence, [...values.slice(0, index), inserted, ...values.slice(index)]));
    }
    default:
      return undefined;
  }
}

function shrunk({ name }: Call, sequence: Sequence): Outcome | undefined {
  const { shape, kind, length, values, first } = sequence;
  switch (name) {
    case "pop":
    case "popleft":
    case "get":
    case "get_nowait": {
      const fromStart = name !== "pop";
      const at = fromStart ? 0 : first === undefined ? -1 : keyOfConstant(first);
      const isFirst = at === 0 && values.length > 0;
      if (typeof at !== "number" || (length === undefined && !isFirst) || length === 0)
        return { value: anyEntry(shape) ?? UNKNOWN, shape: blur(shape) };
      const index = at < 0 ? values.length + at : at;
      const left = values.filter((_, position) => position !== index);
      return { value: values[index] ?? UNKNOWN, shape: rebuild(sequence, left) };
    }
    case "remove":
    case "discard": {
      const at = length === undefined || first === undefined ? -1 : placeOf(values, first);
      const left = values.filter((_, position) => position !== at);
      return withoutAnswer(at === -1 ? blur(shape) : rebuild(sequence, left));
    }
    case "clear":
      return withoutAnswer(emptyShape(kind));
    default:
      return undefined;
  }
}

function reordered(machine: Machine, { name, args, node }: Call, sequence: Sequence): Outcome | undefined {
  const { shape, length, values, first } = sequence;
  switch (name) {
    case "rotate": {
      const by = first === undefined ? 1 : keyOfConstant(first);
      if (typeof by !== "number" || !length) return withoutAnswer(blur(shape));
      const from = ((-by % length) + length) % length;
      return withoutAnswer(rebuild(sequence, [...values.slice(from), ...values.slice(0, from)]));
    }
    case "sort": {
      const order = length === undefined ? undefined : inSortedOrder(machine, node, values, args.keywords.get("key"));
      const reverse = args.keywords.get("reverse")?.value;
      const isReverse = reverse === undefined ? false : constantTruth(reverse);
      if (order === undefined || isReverse === undefined) return withoutAnswer(blur(shape));
      return withoutAnswer(rebuild(sequence, isReverse ? order.toReversed() : order));
    }
    case "reverse":
      return withoutAnswer(length === undefined ? blur(shape) : rebuild(sequence, values.toReversed()));
    default:
      return undefined;
  }
}

/** What leaves the container as it is, or empties it. */
function asked(machine: Machine, call: Call, { shape, length, values, first }: Sequence): Outcome | undefined {
  switch (call.name) {
    case "copy":
      return { value: refValue(machine.allocate(shape), "dynamic") };
    case "index": {
      const at = length === undefined || first === undefined ? -1 : placeOf(values, first);
      // What is not known in front of it may be the same.
      proveListed(machine, call, shape);
      const others = values.map(({ constants }, place) => (constants === undefined && place < at ? place : at));
      return { value: at === -1 ? DYNAMIC : constantsValue([at, ...others.slice(0, at)]) };
    }
    case "count":
    case "qsize":
    case "empty":
    case "full":
    case "flush":
    case "close":
    case "seek":
    case "tell":
      return { value: DYNAMIC };
    case "truncate":
      return first?.constants?.[0] === 0 && first.constants.length === 1
        ? { value: DYNAMIC, shape: emptyShape("list") }
        : { value: DYNAMIC };
    case "decode":
    case "getvalue":
    case "read":
    case "readline":
    case "getbuffer":
      return { value: concatenate([...values, ...(shape.rest === undefined ? [] : [shape.rest])]) };
    default:
      return undefined;
  }
}

/** A new set of elements of both. */
function united(machine: Machine, { name, args, receiver }: Call, { shape, values }: Sequence): Outcome | undefined {
  if (!/^(?:union|intersection|difference|symmetric_difference)$/.test(name)) return undefined;
  const [given] = args.positional;
  if (name === "intersection" && args.positional.length === 1 && receiver !== undefined) {
    const common = intersection(machine, receiver, given.value);
    if (common !== undefined) return { value: common };
  }
  const more = args.positional.map(({ value }) => elementOf(machine, value) ?? carry(UNKNOWN, [deep(machine, value)]));
  const others = name === "union" || name === "symmetric_difference" ? more : [];
  const all = [...values, ...others].reduce((joined, value) => join(joined, value), shape.rest ?? others[0] ?? UNKNOWN);
  return { value: refValue(machine.allocate(sequenceShape("set", [], all)), "dynamic") };
}

function withoutAnswer(shape: Shape): Outcome {
  return { value: NONE_VALUE, shape };
}

/** `["a", "b"].index(text)` raises for whatever is not listed. */
function proveListed(machine: Machine, { args, node }: Call, shape: Shape): void {
  const [given] = args.positional;
  const isList =
    shape.rest === undefined && [...shape.entries.values()].every(({ constants }) => constants !== undefined);
  if (isList && given !== undefined && given.node !== node) narrow(machine, given.node, EVERYTHING);
}

/**
 * Where a constant lies that is one of the elements; -1 when that is not known. Elements that are no constants are passed
 * over: one that equals the constant is as harmless.
 */
function placeOf(values: readonly Value[], { constants }: Value): number {
  if (constants?.length !== 1) return -1;
  const isAmbiguous = values.some(
    (value) => (value.constants?.length ?? 1) > 1 && value.constants?.includes(constants[0]),
  );
  return isAmbiguous ? -1 : values.findIndex((value) => value.constants?.[0] === constants[0]);
}

/** The same elements in an order that is not known. */
export function blur(shape: Shape): Shape {
  const element = anyEntry(shape);
  return { ...emptyShape(shape.kind, shape.of), rest: element };
}
