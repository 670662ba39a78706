import { FOUND_VALUE, isFound } from "../calls/found.ts";
import { type Arguments, findArgument } from "../expressions/arguments.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { iteratorOf } from "../expressions/special-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { joinAll, lengthOf, sequenceShape, withMost } from "../values/shape.ts";
import { constantTruth, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { inSortedOrder } from "./order.ts";
import { inOrder, lettersOf } from "./sequences.ts";

/** `list(items)`, `sorted(items)`, `fnmatch.filter(items, pattern)`, `itertools.chain(…)`: a new sequence of the elements. */
export function toSequence(machine: Machine, { args, name, node, callee }: Call): Value {
  const kind = name === "tuple" ? "tuple" : name === "set" || name === "frozenset" ? "set" : "list";
  const values = args.positional.map(({ value }) => value);
  if (values.length === 0 || callee.paths[0] === "itertools.chain") {
    return chainedValues(machine, kind, values);
  }
  const source = iteratorOf(machine, node, values[0], name === "reversed" ? "__reversed__" : "__iter__");
  if (name === "reversed" && source !== values[0]) return source;
  const shape = machine.onlyShape(source) ?? lettersOf(source);
  if (shape !== undefined && shape.kind !== "dict" && shape.kind !== "object") {
    const order = [...shape.entries.values()];
    const sorted = name === "sorted" && shape.rest === undefined ? sortedBy(machine, node, args, order) : undefined;
    const isTurned = name === "reversed";
    // Which of them a pattern leaves is not worked out, nor where what has no known end begins when it is turned round.
    const isOrdered =
      (name !== "sorted" || sorted !== undefined) && name !== "filter" && !(isTurned && shape.rest !== undefined);
    const known = sorted ?? (isOrdered ? (isTurned ? order.reverse() : order) : []);
    const rest = isOrdered ? shape.rest : joinAll(order, shape.rest);
    const isEmpty = !isOrdered && order.length === 0 && shape.rest === undefined;
    return carry(refValue(machine.allocate(sequenceShape(kind, known, isEmpty ? undefined : rest)), source.constancy), [
      source,
    ]);
  }
  const any = isFound(source) ? FOUND_VALUE : UNKNOWN;
  const element = elementOf(machine, source) ?? carry({ ...any, text: source.text }, [deep(machine, source)]);
  return refValue(
    machine.allocate(sequenceShape(kind, [], element)),
    source.constancy === "constant" ? "constant" : "dynamic",
  );
}

/** `collections.deque(items, maxlen=2)`: no more than the last two. */
export function toDeque(machine: Machine, call: Call): Value {
  const [items] = call.args.positional;
  const most = findArgument(call.args, 1, ["maxlen"])?.value.constants?.[0];
  const positional = items === undefined ? [] : [items];
  const deque = toSequence(machine, { ...call, args: { ...call.args, positional, keywords: new Map() } });
  const shape = typeof most === "number" ? machine.onlyShape(deque) : undefined;
  if (shape !== undefined && typeof most === "number") machine.write(deque.refs[0], withMost(shape, most, "end"));
  return deque;
}

function sortedBy(machine: Machine, node: number, args: Arguments, values: readonly Value[]) {
  const reverse = findArgument(args, undefined, ["reverse"])?.value;
  const isReverse = reverse === undefined ? false : constantTruth(reverse);
  const order =
    isReverse === undefined ? undefined : inSortedOrder(machine, node, values, findArgument(args, undefined, ["key"]));
  return isReverse ? order?.toReversed() : order;
}

/** The elements of several sequences: by place, up to the first of them of which the places are not known. */
export function chainedValues(machine: Machine, kind: "list" | "tuple" | "set", values: readonly Value[]): Value {
  const orders = values.map((value) => (value.labels === 0 ? inOrder(machine.onlyShape(value)) : undefined));
  const unknown = orders.findIndex((shape) => shape === undefined || lengthOf(shape) === undefined);
  const known = unknown === -1 ? orders : orders.slice(0, unknown);
  const inTurn = known.flatMap((shape) => [...(shape?.entries.values() ?? [])]);
  const others = values
    .slice(known.length)
    .map((value) => elementOf(machine, value) ?? carry(UNKNOWN, [deep(machine, value)]));
  return refValue(machine.allocate(sequenceShape(kind, inTurn, joinAll(others))), "dynamic");
}
