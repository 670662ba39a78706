import { elementOf } from "../expressions/elements.ts";
import { type Bounds, sliceBounds, sliced } from "../expressions/evaluate-subscript.ts";
import { inOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { anyEntry, joinOptional, joinShapes, lengthOf, type Shape, sequenceShape } from "../values/shape.ts";
import { UNKNOWN, type Value } from "../values/value.ts";

/** `items[a:b] = values`: the values are in the place of what lay there. */
export function assignSlice(machine: Machine, receiver: Value, slice: number, value: Value): void {
  const bounds = sliceBounds(machine, slice);
  const isOnly = receiver.refs.length === 1;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined || shape.kind === "object" || shape.kind === "dict") continue;
    const given = inserted(machine, value);
    const isWhole = bounds !== undefined && bounds.step === 1 && !bounds.start && bounds.end === undefined;
    const length = lengthOf(shape);
    // A buffer holds the texts that were written into it, each of any length.
    const isSequence = receiver.paths.length === 0 && shape.kind === "list";
    const before = [...shape.entries.values()];
    const stepped = isSequence && length !== undefined ? atSteps(before, bounds, given) : undefined;
    const isExact = isSequence && bounds?.step === 1 && length !== undefined && given.rest === undefined;
    const changed = isWhole
      ? { ...given, kind: shape.kind }
      : stepped !== undefined
        ? sequenceShape("list", stepped)
        : isExact
          ? sequenceShape("list", replaced(before, bounds.start, bounds.end, [...given.entries.values()]))
          : { ...sequenceShape("list", [], joinOptional(anyEntry(shape), anyEntry(given))), of: shape.of };
    machine.write(ref, isOnly ? changed : joinShapes(shape, changed));
  }
}

/** `items[::2] = values`: one value for each of the places; of as many as there are, or it raises. */
function atSteps(items: readonly Value[], bounds: Bounds | undefined, { entries, rest }: Shape): Value[] | undefined {
  if (bounds === undefined || bounds.step === 1 || rest !== undefined) return undefined;
  const places = sliced(
    bounds,
    items.map((_, place) => place),
  );
  return items.map((item, place) => entries.get(places.indexOf(place)) ?? item);
}

function inserted(machine: Machine, value: Value): Shape {
  const shape = value.refs.length === 1 ? inOrder(machine.shape(value.refs[0])) : undefined;
  if (shape !== undefined) return shape;
  const element = elementOf(machine, value) ?? carry({ ...UNKNOWN, text: value.text }, [deep(machine, value)]);
  return sequenceShape("list", [], element);
}

/** As Python counts: from the end where a bound is negative, and never behind the end. */
function replaced<T>(items: readonly T[], start: number | undefined, end: number | undefined, by: readonly T[]): T[] {
  const place = (bound: number) => Math.min(items.length, bound < 0 ? Math.max(0, items.length + bound) : bound);
  const first = place(start ?? 0);
  const last = Math.max(first, place(end ?? items.length));
  return [...items.slice(0, first), ...by, ...items.slice(last)];
}
