import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { itemOf } from "../expressions/evaluate-subscript.ts";
import type { Machine } from "../machine/machine.ts";
import { storeItem } from "../statements/execute-assignment.ts";
import { carry } from "../values/carry.ts";
import { keyOfConstant, keyOfValue, valueOfKey } from "../values/container-key.ts";
import { layOver, withAnyKey } from "../values/lay-over.ts";
import {
  anyEntry,
  emptyShape,
  entryOf,
  joinShapes,
  type Shape,
  sequenceShape,
  withEntry,
  withoutEntry,
  withRest,
} from "../values/shape.ts";
import { storedUnderAny } from "../values/stored-under.ts";
import { DYNAMIC, join, NONE_VALUE, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { asNumber, parserMethod } from "./config-parsers.ts";
import { inSortedOrder } from "./order.ts";
import { blur, type Outcome, sequenceMethod } from "./sequence-methods.ts";

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
  const byName = itemByMethod(machine, call, receiver);
  if (byName !== undefined) return byName;
  const change = (changed: Shape) => machine.write(ref, isOnly ? changed : joinShapes(shape, changed));
  const isGet = call.name.startsWith("get");
  const isStack = isGet && receiver.paths.includes("queue.LifoQueue()");
  const isHeap = isGet && receiver.paths.includes("queue.PriorityQueue()");
  const outcome =
    shape.kind === "dict"
      ? dictMethod(machine, call, shape)
      : sequenceMethod(
          machine,
          isStack ? { ...call, name: "pop" } : call,
          isHeap ? heaped(machine, call.node, shape) : shape,
        );
  if (outcome === undefined) return undefined;
  if (outcome.shape !== undefined) change(outcome.shape);
  return carry(outcome.value, [receiver]);
}

/** A priority queue, the smallest first; in an order that is not known where the elements do not say which one that is. */
function heaped(machine: Machine, node: number, shape: Shape): Shape {
  const order = shape.rest === undefined ? inSortedOrder(machine, node, [...shape.entries.values()]) : undefined;
  return order === undefined ? blur(shape) : sequenceShape("list", order);
}

/** `super().__setitem__(key, value)` of an object that is a container. */
function itemByMethod(machine: Machine, { name, args, node }: Call, receiver: Value): Value | undefined {
  const [key, value] = args.positional.map((argument) => argument.value);
  if (key === undefined) return undefined;
  if (name === "__getitem__") return itemOf(machine, node, receiver, key, String(keyOfConstant(key)));
  if (name !== "__setitem__" || value === undefined) return undefined;
  storeItem(machine, receiver, key, value);
  return NONE_VALUE;
}

function dictMethod(machine: Machine, call: Call, shape: Shape): Outcome | undefined {
  const { name, args } = call;
  const first = args.positional[0]?.value;
  const second = findArgument(args, 1, ["default", "fallback"])?.value;
  const key = first === undefined ? undefined : keyOfValue(machine, first);
  switch (name) {
    case "get":
    case "pop": {
      const found = key === undefined ? storedUnderAny(shape, first ?? UNKNOWN) : entryOf(shape, key);
      const fallback = second ?? (name === "get" ? NONE_VALUE : undefined);
      const certain = key !== undefined && shape.entries.has(key);
      const value =
        found === undefined ? (fallback ?? UNKNOWN) : certain || fallback === undefined ? found : join(found, fallback);
      if (name === "get") return { value };
      return { value, shape: key === undefined ? { ...shape, isLoose: true } : withoutEntry(shape, key) };
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
      const pairs = [...shape.entries].map(([name, entry]) => pair(machine, valueOfKey(machine, name), entry));
      const rest =
        shape.rest === undefined ? undefined : pair(machine, shape.keys ?? carry(DYNAMIC, [shape.rest]), shape.rest);
      return { value: refValue(machine.allocate(sequenceShape("list", pairs, rest)), "dynamic") };
    }
    case "values":
      return {
        value: refValue(machine.allocate(sequenceShape("list", [...shape.entries.values()], shape.rest)), "dynamic"),
      };
    case "keys": {
      const keys = [...shape.entries.keys()].map((name) => valueOfKey(machine, name));
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
      return { value: pair(machine, valueOfKey(machine, key), value), shape: withoutEntry(shape, key) };
    }
    case "clear":
      return { value: NONE_VALUE, shape: emptyShape("dict") };
    case "move_to_end": {
      const moved = key === undefined ? undefined : shape.entries.get(key);
      if (key === undefined || moved === undefined)
        return { value: NONE_VALUE, shape: { ...shape, entries: new Map(), rest: anyEntry(shape) } };
      const others = [...withoutEntry(shape, key).entries];
      const isLast = second?.constants?.[0] !== false && args.keywords.get("last")?.value.constants?.[0] !== false;
      const entries = new Map(isLast ? [...others, [key, moved]] : [[key, moved], ...others]);
      return { value: NONE_VALUE, shape: { ...shape, entries } };
    }
    case "new_child": {
      const child = first === undefined ? shape : layOver(machine, shape, first);
      return { value: refValue(machine.allocate(child), "dynamic") };
    }
    default:
      return undefined;
  }
}

function pair(machine: Machine, key: Value, value: Value): Value {
  return refValue(machine.allocate(sequenceShape("tuple", [key, value])), "dynamic");
}
