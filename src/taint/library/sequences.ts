import type { ClassInfo } from "../calls/callables.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { callSpecial } from "../expressions/special-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { valueOfKey } from "../values/container-key.ts";
import { joinAll, joinShapes, lengthOf, type Shape, sequenceShape } from "../values/shape.ts";
import { constantValue, NONE_VALUE, refValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { memberPaths, readPaths } from "./library.ts";

/** The elements of a container in order: those of a sequence, or the fields of a named tuple. Undefined where there is no order. */
export function inOrder(shape: Shape | undefined): Shape | undefined {
  if (shape?.kind === "list" || shape?.kind === "tuple") return shape;
  if (shape?.kind !== "object" || shape.of === undefined) return undefined;
  const { isTuple, fields } = shape.of as ClassInfo;
  if (!isTuple) return undefined;
  return sequenceShape(
    "tuple",
    fields.map((field) => shape.entries.get(field) ?? UNKNOWN),
    shape.rest,
  );
}

/** The same of a value: of several sequences that it may be, the places that all of them have. */
export function jointOrder(machine: Machine, { refs }: Value): Shape | undefined {
  const shapes = refs.map((ref) => inOrder(machine.shape(ref)));
  return shapes.length > 0 && shapes.every((shape) => shape !== undefined) ? shapes.reduce(joinShapes) : undefined;
}

/** What a loop goes through in order: the same, the keys of a dict that has all of them for certain, or the letters of a constant. */
export function loopedOver(machine: Machine, value: Value): Shape | undefined {
  const shape = machine.onlyShape(value);
  if (shape === undefined) return lettersOf(value);
  if (shape.kind !== "dict") return inOrder(shape);
  if (shape.isLoose === true || shape.rest !== undefined) return undefined;
  return sequenceShape(
    "list",
    [...shape.entries.keys()].map((key) => valueOfKey(machine, key)),
  );
}

/** Longer texts are gone through as a whole. */
const MAX_LETTERS = 16;

/** The letters of a constant text. Bytes are numbers, which are written as letters seldom where they are looked at one by one. */
export function lettersOf({ constants, refs }: Value): Shape | undefined {
  const text = constants?.length === 1 && refs.length === 0 ? constants[0] : undefined;
  if (typeof text !== "string" || text.length > MAX_LETTERS || !/^[ -~]+$/.test(text)) return undefined;
  return sequenceShape("list", [...text].map(constantValue));
}

/** `slice(1, 3)`: its bounds lie in it as in a tuple. */
export function sliceOf(machine: Machine, { args }: Call): Value {
  const values = args.positional.map(({ value }) => value);
  const bounds = values.length === 1 ? [NONE_VALUE, ...values] : values;
  return { ...refValue(machine.allocate(sequenceShape("tuple", bounds)), "dynamic"), paths: ["slice()"] };
}

/**
 * What the targets of an unpacking receive, in order; the one at `star` takes a list of what is left. A container whose
 * length does not fit raises, so that it is none of those that are unpacked.
 */
export function unpacked(machine: Machine, node: number, value: Value, count: number, star: number): Value[] {
  const iterator = value.refs.length === 1 ? callSpecial(machine, node, value, "__iter__", []) : undefined;
  if (iterator !== undefined && iterator.refs[0] !== value.refs[0])
    return unpacked(machine, node, iterator, count, star);
  const shapes = value.refs.map((ref) => inOrder(machine.shape(ref)));
  const isKnown = shapes.length > 0 && shapes.every((shape) => shape !== undefined && lengthOf(shape) !== undefined);
  const fitting = isKnown
    ? shapes.filter((shape): shape is Shape => shape !== undefined && fits(shape, count, star))
    : [];
  if (fitting.length === 0) return spread(machine, node, value, count, star);
  return Array.from({ length: count }, (_, position) => {
    if (position === star) {
      const lists = fitting.map((shape) => sequenceShape("list", taken(shape, count, star)));
      return refValue(machine.allocate(lists.reduce(joinShapes)), "dynamic");
    }
    const parts = fitting.map((shape) => {
      const { size } = shape.entries;
      return shape.entries.get(star !== -1 && position > star ? size - (count - position) : position) ?? UNKNOWN;
    });
    return carry(joinAll(parts) ?? UNKNOWN, [value]);
  });
}

function fits(shape: Shape, count: number, star: number): boolean {
  return star === -1 ? shape.entries.size === count : shape.entries.size >= count - 1;
}

function taken(shape: Shape, count: number, star: number): Value[] {
  const values = [...shape.entries.values()];
  return values.slice(star, values.length - (count - star - 1));
}

/** Of what nothing is known but what it may hold, each target receives all of it. */
function spread(machine: Machine, node: number, value: Value, count: number, star: number): Value[] {
  const element =
    elementOf(machine, value) ??
    carry({ ...UNKNOWN, text: value.text, constancy: value.constancy }, [deep(machine, value)]);
  return Array.from({ length: count }, (_, position) =>
    position === star
      ? refValue(machine.allocate(sequenceShape("list", [], element)), "dynamic")
      : at(machine, node, value, carry(element, [value]), star === -1 ? position : undefined),
  );
}

/** The element, and what a library says of the one that stands there: `socket.accept()[0]` is a socket, `os.path.splitext()[1]` no path. */
function at(machine: Machine, node: number, value: Value, element: Value, position: number | undefined): Value {
  const { paths, refs } = value;
  if (position === undefined || refs.length > 0 || paths.length === 0) return element;
  const members = memberPaths(machine, paths, `[${position}]`);
  if (members.some((path) => machine.models.source(path) !== undefined))
    return carry(readPaths(machine, node, members, `${paths[0]}[${position}]`, []), [value]);
  const found = new Set([...members, ...element.paths]);
  const mask = members.reduce((all, path) => all | machine.models.sanitizes(path), 0);
  const isText = element.text || members.some(machine.models.givesText);
  return { ...withCleared(element, mask), paths: [...found].slice(0, 4), text: isText };
}
