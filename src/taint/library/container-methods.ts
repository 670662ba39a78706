import { findArgument } from "../expressions/arguments.ts";
import { elementOf } from "../expressions/elements.ts";
import { keyOfConstant } from "../expressions/evaluate.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { narrow } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { layOver, withAnyKey } from "../values/lay-over.ts";
import {
  anyEntry,
  emptyShape,
  entryOf,
  joinShapes,
  lengthOf,
  type Shape,
  sequenceShape,
  withEntry,
  withoutEntry,
  withRest,
} from "../values/shape.ts";
import { concatenate } from "../values/text.ts";
import {
  constantValue,
  DYNAMIC,
  EVERYTHING,
  join,
  NONE_VALUE,
  refValue,
  UNKNOWN,
  type Value,
} from "../values/value.ts";
import { asNumber, parserMethod } from "./config-parsers.ts";

/** What a method does to a container and what it yields; undefined for a name that is no method of it. */
export function containerMethod(
  machine: Machine,
  call: Call,
  receiver: Value,
  ref: number,
  shape: Shape,
  isOnly: boolean,
): Value | undefined {
  if (receiver.paths.some((path) => path.startsWith("configparser."))) {
    const ofParser = parserMethod(machine, call, ref, shape);
    return ofParser === undefined ? undefined : carry(ofParser, [receiver]);
  }
  const change = (changed: Shape) => machine.write(ref, isOnly ? changed : joinShapes(shape, changed));
  const isGet = call.name.startsWith("get");
  const isStack = isGet && receiver.paths.includes("queue.LifoQueue()");
  const isHeap = isGet && receiver.paths.includes("queue.PriorityQueue()");
  const outcome =
    shape.kind === "dict"
      ? dictMethod(machine, call, shape)
      : sequenceMethod(machine, isStack ? { ...call, name: "pop" } : call, isHeap ? blur(shape) : shape);
  if (outcome === undefined) return undefined;
  if (outcome.shape !== undefined) change(outcome.shape);
  return carry(outcome.value, [receiver]);
}

interface Outcome {
  readonly value: Value;
  readonly shape?: Shape;
}

function dictMethod(machine: Machine, call: Call, shape: Shape): Outcome | undefined {
  const { name, args } = call;
  const first = args.positional[0]?.value;
  const second = findArgument(args, 1, ["default", "fallback"])?.value;
  const key = first === undefined ? undefined : keyOfConstant(first);
  switch (name) {
    case "get":
    case "pop": {
      const found = key === undefined ? anyEntry(shape) : entryOf(shape, key);
      const fallback = second ?? (name === "get" ? NONE_VALUE : undefined);
      const certain = key !== undefined && shape.entries.has(key);
      const value =
        found === undefined ? (fallback ?? UNKNOWN) : certain || fallback === undefined ? found : join(found, fallback);
      if (name === "get") return { value };
      return { value, shape: key === undefined ? shape : withoutEntry(shape, key) };
    }
    case "getint":
    case "getfloat":
    case "getboolean": {
      const found = key === undefined ? anyEntry(shape) : entryOf(shape, key);
      return { value: found === undefined ? (second ?? DYNAMIC) : asNumber(machine, found) };
    }
    case "setdefault": {
      const fallback = second ?? NONE_VALUE;
      const found = key === undefined ? anyEntry(shape) : shape.entries.get(key);
      const value = found === undefined ? fallback : key === undefined ? join(found, fallback) : found;
      return { value, shape: key === undefined ? withRest(shape, value) : withEntry(shape, key, value) };
    }
    case "update": {
      let changed = shape;
      for (const { value } of args.positional) changed = layOver(machine, changed, value);
      for (const [name, { value }] of args.keywords) changed = withEntry(changed, name, value);
      for (const { value } of args.others) changed = withAnyKey(changed, value);
      return { value: NONE_VALUE, shape: changed };
    }
    case "elements":
      return dictMethod(machine, { ...call, name: "keys" }, shape);
    case "items": {
      const pairs = [...shape.entries].map(([name, entry]) => pair(machine, constantValue(name), entry));
      const rest =
        shape.rest === undefined ? undefined : pair(machine, shape.keys ?? carry(DYNAMIC, [shape.rest]), shape.rest);
      return { value: refValue(machine.allocate(sequenceShape("list", pairs, rest)), "dynamic") };
    }
    case "values":
      return {
        value: refValue(machine.allocate(sequenceShape("list", [...shape.entries.values()], shape.rest)), "dynamic"),
      };
    case "keys": {
      const keys = [...shape.entries.keys()].map((name) => constantValue(name));
      const rest = shape.rest === undefined ? undefined : (shape.keys ?? DYNAMIC);
      return { value: refValue(machine.allocate(sequenceShape("list", keys, rest)), "dynamic") };
    }
    case "copy":
      return { value: refValue(machine.allocate(shape), "dynamic") };
    case "most_common":
      return dictMethod(machine, { ...call, name: "items" }, shape);
    case "popitem": {
      const isFirst = findArgument(args, 0, ["last"])?.value.constants?.[0] === false;
      const [key, value] = [...shape.entries].at(isFirst ? 0 : -1) ?? [];
      if (key === undefined || value === undefined || shape.rest !== undefined)
        return { value: pair(machine, DYNAMIC, anyEntry(shape) ?? UNKNOWN) };
      return { value: pair(machine, constantValue(key), value), shape: withoutEntry(shape, key) };
    }
    case "clear":
      return { value: NONE_VALUE, shape: emptyShape("dict") };
    default:
      return undefined;
  }
}

function pair(machine: Machine, key: Value, value: Value): Value {
  return refValue(machine.allocate(sequenceShape("tuple", [key, value])), "dynamic");
}

/** `["a", "b"].index(text)` raises for whatever is not listed. */
function proveListed(machine: Machine, { args, node }: Call, shape: Shape): void {
  const [given] = args.positional;
  const isList =
    shape.rest === undefined && [...shape.entries.values()].every(({ constants }) => constants !== undefined);
  if (isList && given !== undefined && given.node !== node) narrow(machine, given.node, EVERYTHING);
}

function sequenceMethod(machine: Machine, call: Call, shape: Shape): Outcome | undefined {
  const { name, args } = call;
  const kind = shape.kind === "set" || shape.kind === "tuple" ? shape.kind : "list";
  const first = args.positional[0]?.value;
  const length = lengthOf(shape);
  const values = [...shape.entries.values()];
  const rebuild = (changed: readonly Value[]) => sequenceShape(kind, changed, shape.rest);
  const anything = () => anyEntry(shape) ?? UNKNOWN;
  switch (name) {
    case "append":
    case "add":
    case "put":
    case "put_nowait":
    case "write":
      if (first === undefined) return undefined;
      return { value: NONE_VALUE, shape: length === undefined ? withRest(shape, first) : rebuild([...values, first]) };
    case "appendleft":
      if (first === undefined) return undefined;
      return { value: NONE_VALUE, shape: length === undefined ? withRest(shape, first) : rebuild([first, ...values]) };
    case "extend":
    case "update":
    case "writelines": {
      if (first === undefined) return undefined;
      const other = machine.onlyShape(first);
      if (length !== undefined && other !== undefined && other.kind !== "dict" && lengthOf(other) !== undefined) {
        return { value: NONE_VALUE, shape: rebuild([...values, ...other.entries.values()]) };
      }
      const element = elementOf(machine, first) ?? carry({ ...UNKNOWN, text: first.text }, [deep(machine, first)]);
      return { value: NONE_VALUE, shape: withRest(shape, element) };
    }
    case "insert": {
      const at = first === undefined ? undefined : keyOfConstant(first);
      const inserted = args.positional[1]?.value;
      if (inserted === undefined) return undefined;
      if (typeof at !== "number" || length === undefined)
        return { value: NONE_VALUE, shape: withRest(blur(shape), inserted) };
      const index = at < 0 ? Math.max(0, values.length + at) : at;
      return { value: NONE_VALUE, shape: rebuild([...values.slice(0, index), inserted, ...values.slice(index)]) };
    }
    case "pop":
    case "popleft":
    case "get":
    case "get_nowait": {
      const fromStart = name !== "pop";
      const at = fromStart ? 0 : first === undefined ? -1 : keyOfConstant(first);
      if (typeof at !== "number" || length === undefined || length === 0)
        return { value: anything(), shape: blur(shape) };
      const index = at < 0 ? values.length + at : at;
      return { value: values[index] ?? UNKNOWN, shape: rebuild(values.filter((_, position) => position !== index)) };
    }
    case "remove":
    case "discard": {
      const at = length === undefined || first === undefined ? -1 : placeOf(values, first);
      const left = values.filter((_, position) => position !== at);
      return { value: NONE_VALUE, shape: at === -1 ? blur(shape) : rebuild(left) };
    }
    case "rotate": {
      const by = first === undefined ? 1 : keyOfConstant(first);
      if (typeof by !== "number" || !length) return { value: NONE_VALUE, shape: blur(shape) };
      const from = (((-by % length) + length) % length) as number;
      return { value: NONE_VALUE, shape: rebuild([...values.slice(from), ...values.slice(0, from)]) };
    }
    case "clear":
      return { value: NONE_VALUE, shape: emptyShape(kind) };
    case "sort":
      return { value: NONE_VALUE, shape: blur(shape) };
    case "reverse":
      return { value: NONE_VALUE, shape: length === undefined ? shape : rebuild(values.reverse()) };
    case "copy":
      return { value: refValue(machine.allocate(shape), "dynamic") };
    case "index": {
      const at = length === undefined || first === undefined ? -1 : placeOf(values, first);
      // What is not known in front of it may be the same.
      proveListed(machine, call, shape);
      const isFirst = at !== -1 && values.slice(0, at).every(({ constants }) => constants !== undefined);
      return { value: isFirst ? constantValue(at) : DYNAMIC };
    }
    case "count":
    case "qsize":
    case "empty":
    case "full":
    case "flush":
    case "close":
    case "seek":
    case "tell":
    case "truncate":
      return { value: DYNAMIC };
    case "decode":
    case "getvalue":
    case "read":
    case "readline":
    case "getbuffer":
      return { value: concatenate([...values, ...(shape.rest === undefined ? [] : [shape.rest])]) };
    case "union":
    case "intersection":
    case "difference":
    case "symmetric_difference": {
      const more = args.positional.map(
        ({ value }) => elementOf(machine, value) ?? carry(UNKNOWN, [deep(machine, value)]),
      );
      const others = name === "union" || name === "symmetric_difference" ? more : [];
      const all = [...values, ...others].reduce(
        (joined, value) => join(joined, value),
        shape.rest ?? others[0] ?? UNKNOWN,
      );
      return { value: refValue(machine.allocate(sequenceShape("set", [], all)), "dynamic") };
    }
    default:
      return undefined;
  }
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
function blur(shape: Shape): Shape {
  const element = anyEntry(shape);
  return { ...emptyShape(shape.kind, shape.of), rest: element };
}
