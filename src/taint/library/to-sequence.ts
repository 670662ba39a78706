import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { joinAll, lengthOf, sequenceShape } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value } from "../values/value.ts";
import { inOrder } from "./sequences.ts";

/** `list(items)`, `sorted(items)`, `fnmatch.filter(items, pattern)`, `itertools.chain(…)`: a new sequence of the elements. */
export function toSequence(machine: Machine, { args, name, callee }: Call): Value {
  const kind = name === "tuple" ? "tuple" : name === "set" || name === "frozenset" ? "set" : "list";
  const values = args.positional.map(({ value }) => value);
  if (values.length === 0 || callee.paths[0] === "itertools.chain") {
    return chained(machine, kind, values);
  }
  const [source] = values;
  const shape = machine.onlyShape(source);
  if (shape !== undefined && shape.kind !== "dict" && shape.kind !== "object") {
    const order = [...shape.entries.values()];
    // Which of them a pattern leaves is not worked out.
    const isOrdered = name !== "sorted" && name !== "filter";
    const known = isOrdered ? (name === "reversed" ? order.reverse() : order) : [];
    const rest = isOrdered ? shape.rest : joinAll(order, shape.rest);
    const isEmpty = !isOrdered && order.length === 0 && shape.rest === undefined;
    return carry(refValue(machine.allocate(sequenceShape(kind, known, isEmpty ? undefined : rest)), source.constancy), [
      source,
    ]);
  }
  const element = elementOf(machine, source) ?? carry({ ...UNKNOWN, text: source.text }, [deep(machine, source)]);
  return refValue(
    machine.allocate(sequenceShape(kind, [], element)),
    source.constancy === "constant" ? "constant" : "dynamic",
  );
}

/** The elements of several sequences: by place, up to the first of them of which the places are not known. */
function chained(machine: Machine, kind: "list" | "tuple" | "set", values: readonly Value[]): Value {
  const orders = values.map((value) => (value.labels === 0 ? inOrder(machine.onlyShape(value)) : undefined));
  const unknown = orders.findIndex((shape) => shape === undefined || lengthOf(shape) === undefined);
  const known = unknown === -1 ? orders : orders.slice(0, unknown);
  const inTurn = known.flatMap((shape) => [...(shape?.entries.values() ?? [])]);
  const others = values
    .slice(known.length)
    .map((value) => elementOf(machine, value) ?? carry(UNKNOWN, [deep(machine, value)]));
  return refValue(machine.allocate(sequenceShape(kind, inTurn, joinAll(others))), "dynamic");
}
