import { findArgument } from "../expressions/arguments.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { elements } from "../expressions/iteration.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { anyEntry, emptyShape, mapShape, type Shape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import { concatenate } from "../values/text.ts";
import { DYNAMIC, NONE_VALUE, PLACE, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { inSortedOrder } from "./order.ts";
import { fieldsAsDict, fieldsAsTuple } from "./record-values.ts";

export function copy(machine: Machine, { args }: Call): Value | undefined {
  const value = args.positional[0]?.value;
  const shape = machine.onlyShape(value);
  return value === undefined || shape === undefined ? value : { ...value, refs: [machine.allocate(shape)] };
}

/** Containers inside containers that a deep copy copies; what is deeper inside stays shared. */
const COPIED = 4;

export function copyDeeply(machine: Machine, { args }: Call): Value | undefined {
  const value = args.positional[0]?.value;
  return value === undefined ? undefined : copyOf(machine, value, COPIED);
}

/** A copy of a container, and of the containers in it. */
export function copyOf(machine: Machine, value: Value, nesting: number): Value {
  const shape = machine.onlyShape(value);
  if (shape === undefined || nesting === 0) return value;
  return { ...value, refs: [machine.allocate(mapShape(shape, (entry) => copyOf(machine, entry, nesting - 1)))] };
}

/** `asyncio.gather`: results by the places of what was awaited. */
export function gather(machine: Machine, { args }: Call): Value | undefined {
  if (args.hasSplat) return undefined;
  const results = args.positional.map(({ value }) => value);
  return refValue(machine.allocate(sequenceShape("list", results)), "dynamic");
}

/** `collections.Counter(words)`: the words are its keys, and numbers its values. */
export function countElements(machine: Machine, { args }: Call): Value {
  const [counted] = args.positional;
  const shape = machine.onlyShape(counted?.value);
  if (shape?.kind === "dict") return refValue(machine.allocate(shape), "dynamic");
  let counts: Shape = emptyShape("dict");
  for (const [name, { value }] of args.keywords) counts = withEntry(counts, name, value);
  if (counted !== undefined) counts = withRest(counts, PLACE, elements(machine, counted.value));
  return refValue(machine.allocate(counts), "dynamic");
}

/** `heapq.heappush(items, item)`, `bisect.insort`: where in the list it ends up is known where all of them say by what they are ordered. */
export function pushOnHeap(machine: Machine, { args, node }: Call): Value | undefined {
  const [heap, item] = args.positional;
  const shape = machine.onlyShape(heap?.value);
  if (heap === undefined || item === undefined || shape === undefined) return undefined;
  const values = [...shape.entries.values(), item.value];
  const order = shape.rest === undefined ? inSortedOrder(machine, node, values) : undefined;
  const grown =
    order === undefined
      ? withRest({ ...emptyShape("list"), rest: anyEntry(shape) }, item.value)
      : sequenceShape("list", order);
  machine.write(heap.value.refs[0], grown);
  return NONE_VALUE;
}

/** `heapq.heappushpop(items, item)` pushes before it pops, `heapreplace` behind that. */
export function exchangeOnHeap(machine: Machine, call: Call): Value | undefined {
  if (call.name === "heappushpop") pushOnHeap(machine, call);
  const popped = popFromHeap(machine, call);
  if (call.name === "heapreplace") pushOnHeap(machine, call);
  return popped;
}

export function popFromHeap(machine: Machine, { args, node }: Call): Value | undefined {
  const heap = args.positional[0]?.value;
  const shape = machine.onlyShape(heap);
  const order =
    shape?.rest === undefined ? inSortedOrder(machine, node, [...(shape?.entries.values() ?? [])]) : undefined;
  if (heap !== undefined && order !== undefined && order.length > 0) {
    machine.write(heap.refs[0], sequenceShape("list", order.slice(1)));
    return order[0];
  }
  return heap === undefined ? undefined : elementOf(machine, heap);
}

/** `print(…, file=buffer)` writes into the buffer. */
export function print(machine: Machine, { args }: Call): Value {
  const file = findArgument(args, undefined, ["file"])?.value ?? machine.outputs.at(-1);
  const shape = machine.onlyShape(file);
  if (file !== undefined && shape?.kind === "list")
    machine.write(file.refs[0], withRest(shape, concatenate(args.positional.map(({ value }) => value))));
  return NONE_VALUE;
}

/** `contextlib.redirect_stdout(buffer)`: the buffer lies in it as in a list of one. */
export function redirectOutput(machine: Machine, { args, callee }: Call): Value | undefined {
  const buffer = args.positional[0]?.value;
  if (buffer === undefined) return undefined;
  const manager = refValue(machine.allocate(sequenceShape("list", [buffer])), "dynamic");
  return { ...manager, paths: [`${callee.paths[0]}()`] };
}

/** `shutil.copyfileobj(source, target)`: what the one holds is in the other afterwards. */
export function copyStream(machine: Machine, { args }: Call): Value | undefined {
  const [from, to] = args.positional.map(({ value }) => value);
  const shape = machine.onlyShape(to);
  if (from === undefined || to === undefined || shape?.kind !== "list") return undefined;
  machine.write(
    to.refs[0],
    withRest(shape, elementOf(machine, from) ?? { ...deep(machine, from), refs: [], text: true }),
  );
  return NONE_VALUE;
}

/** `csv.writer(buffer)`: the buffer lies in it as in a list of one. */
export function rowWriter(machine: Machine, { args }: Call): Value | undefined {
  const buffer = args.positional[0]?.value;
  if (machine.onlyShape(buffer)?.kind !== "list" || buffer === undefined) return undefined;
  return { ...refValue(machine.allocate(sequenceShape("list", [buffer])), "dynamic"), paths: ["csv.Writer()"] };
}

/** What a row holds is in the buffer afterwards, as text. */
export function writeRow(machine: Machine, { args, receiver }: Call): Value | undefined {
  const buffer = machine.onlyShape(receiver)?.entries.get(0);
  const shape = machine.onlyShape(buffer);
  const row = args.positional[0]?.value;
  if (buffer === undefined || shape === undefined || row === undefined) return undefined;
  machine.write(buffer.refs[0], withRest(shape, { ...deep(machine, row), refs: [], text: true }));
  return DYNAMIC;
}

export function asDict(machine: Machine, { args }: Call): Value | undefined {
  return fieldsAsDict(machine, args.positional[0]?.value ?? UNKNOWN);
}

export function asTuple(machine: Machine, { args }: Call): Value | undefined {
  return fieldsAsTuple(machine, args.positional[0]?.value ?? UNKNOWN);
}

/** `weakref.ref(object)`: called, it gives the object, which lies in it as in a list of one. */
export function referTo(machine: Machine, { args }: Call): Value | undefined {
  const object = args.positional[0]?.value;
  if (object === undefined) return undefined;
  const ref = machine.allocate(sequenceShape("list", [object]));
  return { ...refValue(ref, "dynamic"), paths: ["weakref.ref()"] };
}

export function referred(machine: Machine, { callee }: Call): Value | undefined {
  return elementOf(machine, callee);
}
