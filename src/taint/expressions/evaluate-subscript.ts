import { Field, Kind } from "../../python/kinds.ts";
import { childByField, children, childrenByField, NONE, textOf } from "../../python/walk.ts";
import { callFunction } from "../calls/call-function.ts";
import type { ProjectCallable } from "../calls/callables.ts";
import { asFound } from "../calls/found.ts";
import { narrow } from "../guards/narrow.ts";
import { routePartMask } from "../guards/route-types.ts";
import { itemMember, readShared } from "../guards/shared-proofs.ts";
import { asUploaded } from "../library/checked-fields.ts";
import { makeMissing } from "../library/default-dict.ts";
import { asEnding } from "../library/endings.ts";
import { isEnum } from "../library/enum-members.ts";
import { memberPaths, readPaths } from "../library/library.ts";
import { groupKinds } from "../library/match-groups.ts";
import { inOrder } from "../library/sequences.ts";
import { annotatedType } from "../machine/injected.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { keyOfConstant, keyOfValue } from "../values/container-key.ts";
import { constantPrefix } from "../values/fixed-host.ts";
import { labelledByName, withoutNamedLabels } from "../values/name-labels.ts";
import { readNarrowed } from "../values/names.ts";
import { checkLookUp, isNamespace } from "../values/namespaces.ts";
import { itemsOf } from "../values/own-items.ts";
import { anyEntry, joinShapes, lengthOf, sequenceShape } from "../values/shape.ts";
import { storedUnder, storedUnderAny } from "../values/stored-under.ts";
import {
  callableValue,
  constantsValue,
  constantValue,
  DYNAMIC,
  EVERYTHING,
  join,
  refValue,
  UNKNOWN,
  type Value,
  withCleared,
} from "../values/value.ts";
import { classAttribute } from "./class-attribute.ts";
import { evaluate } from "./evaluate.ts";
import { callSpecial } from "./special-methods.ts";

export function evaluateSubscript(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const receiver = evaluate(machine, childByField(syntax, node, Field.value));
  const [index, ...more] = childrenByField(syntax, node, Field.subscript);
  if (index !== undefined && syntax.kind[index] === Kind.slice && more.length === 0)
    return slice(machine, receiver, sliceBounds(machine, index));
  const first = index === undefined ? UNKNOWN : evaluate(machine, index);
  const others = more.map((other) => evaluate(machine, other));
  if (isGeneric(machine, receiver)) return receiver;
  if (first.paths.length === 1 && first.paths[0] === "slice()")
    return slice(machine, receiver, boundsOf(machine, first));
  const annotated = others.length === 0 ? undefined : annotatedType(receiver, first, others);
  if (annotated !== undefined) return annotated;
  const key = others.length === 0 ? first : placesOf(machine, [first, ...others]);
  const text = textOf(syntax, node);
  const constant = keyOfConstant(key);
  const narrowed =
    readNarrowed(machine, text) ??
    (constant === undefined ? undefined : readShared(machine, receiver, itemMember(constant)));
  if (narrowed !== undefined) return narrowed;
  const item = asEnding(machine, node, constant, itemOf(machine, node, receiver, key, text));
  if (key.labels !== 0) {
    if (isNamespace(machine, childByField(syntax, node, Field.value), receiver)) checkLookUp(machine, node, key, index);
    else proveKey(machine, receiver, index);
  }
  return typeof constant === "string" ? labelledByName(machine, node, constant, item) : item;
}

/** `grid[x, y]`: the key is a tuple. */
export function placesOf(machine: Machine, parts: readonly Value[]): Value {
  return refValue(machine.allocate(sequenceShape("tuple", parts)), "dynamic");
}

/** `Repository[User]` is the class `Repository`. */
function isGeneric(machine: Machine, { callables, refs, paths }: Value): boolean {
  if (callables.length === 0 || refs.length + paths.length > 0) return false;
  return (callables as readonly ProjectCallable[]).every(
    (one) =>
      one.kind === "class" &&
      one.metaclass === undefined &&
      !isEnum(one) &&
      classAttribute(machine, one, "__class_getitem__") === undefined,
  );
}

/** Reading a key that a dict does not have raises: what is read after all is one of the keys that the program lists. */
function proveKey(machine: Machine, receiver: Value, index: number): void {
  const shape = machine.onlyShape(receiver);
  const isTable =
    shape?.kind === "dict" && shape.rest === undefined && shape.of === undefined && shape.entries.size > 0;
  if (isTable && receiver.labels === 0) narrow(machine, index, EVERYTHING);
}

/** `receiver[key]`; `text` is how it is written, for the trace. */
export function itemOf(machine: Machine, node: number, of: Value, key: Value, text: string): Value {
  const receiver = asFound(of);
  const constant = keyOfValue(machine, key);
  let value: Value | undefined;
  let isKnown = receiver.refs.length > 0;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    const items = shape === undefined ? undefined : itemsOf(shape);
    if (items !== undefined) {
      const self = { ...receiver, refs: [ref] };
      const made = lacks(machine, items, constant) ? callSpecial(machine, node, self, "__missing__", [key]) : undefined;
      const stored = made !== undefined && constant !== undefined ? made : itemOf(machine, node, items, key, text);
      const inside = made === undefined ? stored : join(made, stored);
      value = value === undefined ? inside : join(value, inside);
      continue;
    }
    const container = inOrder(shape) ?? shape;
    if (container === undefined || container.kind === "object") {
      isKnown = false;
      continue;
    }
    const stored = constant === undefined ? storedUnderAny(container, key) : storedUnder(container, constant);
    const found = stored ?? makeMissing(machine, node, ref, container, constant);
    if (found !== undefined) value = value === undefined ? found : join(value, found);
  }
  const ofClass =
    callSpecial(machine, node, receiver, "__getitem__", [key]) ?? itemOfClass(machine, node, receiver, key);
  if (ofClass !== undefined) value = value === undefined ? ofClass : join(value, ofClass);
  if (value !== undefined) return carry(value, [receiver]);
  if (isKnown) return carry(UNKNOWN, [receiver]);
  const character = characterOf(receiver, constant);
  if (character !== undefined) return carry(character, [receiver]);
  const paths = memberPaths(machine, receiver.paths, constant === undefined ? "[]" : `[${constant}]`);
  const general = constant === undefined ? [] : memberPaths(machine, receiver.paths, "[]");
  const read = asUploaded(text, readPaths(machine, node, [...paths, ...general].slice(0, 4), text, [receiver]));
  const proved = groupKinds(machine, receiver, constant) | routePartMask(machine, receiver, constant);
  const item = withCleared(read, proved);
  if (receiver.labels !== 0 && receiver.text) return { ...item, text: true };
  return receiver.constancy === "dynamic" ? { ...item, constancy: "dynamic" } : item;
}

/** `Registry["name"]`, where the class says by `__class_getitem__`, or its metaclass by `__getitem__`, what that is. */
function itemOfClass(machine: Machine, node: number, { callables, refs }: Value, key: Value): Value | undefined {
  const [info] = callables.length === 1 && refs.length === 0 ? (callables as readonly ProjectCallable[]) : [];
  if (info?.kind !== "class" || isEnum(info)) return undefined;
  const own = classAttribute(machine, info, "__class_getitem__");
  const made = info.metaclass && classAttribute(machine, info.metaclass, "__getitem__");
  const [method] = ((own ?? made)?.callables ?? []) as readonly ProjectCallable[];
  if (method?.kind !== "function") return undefined;
  const args = { self: callableValue(info), positional: [key], keywords: new Map(), others: [] };
  return callFunction(machine, node, method, args);
}

/** Whether the items may be without the key, so that `__missing__` is asked. */
function lacks(machine: Machine, items: Value, key: string | number | undefined): boolean {
  const shape = machine.onlyShape(items);
  return shape?.kind === "dict" && (key === undefined || !shape.entries.has(key));
}

function characterOf(receiver: Value, index: string | number | undefined): Value | undefined {
  if (receiver.constants === undefined || typeof index !== "number") return undefined;
  const characters = receiver.constants.map((text) => (typeof text === "string" ? text.at(index) : undefined));
  if (characters.some((character) => character === undefined)) return undefined;
  return constantsValue(characters as string[]);
}

function slice(machine: Machine, receiver: Value, bounds: Bounds | undefined): Value {
  const shapes = receiver.refs.map((ref) => inOrder(machine.shape(ref)));
  if (shapes.length > 0 && shapes.every((shape) => shape !== undefined)) {
    const parts = shapes.map((shape) => {
      const isExact = bounds !== undefined && (lengthOf(shape) !== undefined || isInFront(bounds, shape.entries.size));
      const values = isExact ? sliced(bounds, [...shape.entries.values()]) : [];
      return sequenceShape(shape.kind === "tuple" ? "tuple" : "list", values, isExact ? undefined : anyEntry(shape));
    });
    return carry(refValue(machine.allocate(parts.reduce(joinShapes)), receiver.constancy), [receiver]);
  }
  if (receiver.constants !== undefined && bounds !== undefined) {
    const texts = receiver.constants.map((text) =>
      typeof text === "string" ? sliced(bounds, [...text]).join("") : undefined,
    );
    if (texts.every((text) => text !== undefined)) return carry(constantsValue(texts as string[]), [receiver]);
  }
  if (receiver.refs.length > 0) return carry(UNKNOWN, [deep(machine, receiver)]);
  const beginning = bounds === undefined ? undefined : atBeginning(receiver, bounds);
  if (beginning !== undefined) return beginning;
  // A part of a text is text of the same origin; of a query set, one of the same kind.
  const part = { ...DYNAMIC, constancy: receiver.constancy, paths: receiver.paths, text: receiver.text };
  return carry(part, [bounds !== undefined && isGlimpse(bounds) ? withoutNamedLabels(machine, receiver) : receiver]);
}

/** Whether a slice takes of a sequence none but those of its first elements whose places are known. */
function isInFront({ start = 0, end, step }: Bounds, known: number): boolean {
  return start >= 0 && end !== undefined && end >= 0 && end <= known && step > 0;
}

/** `("head:" + name)[:5]`: a part of a text that lies in its constant beginning is one itself; what is behind it may begin in there. */
function atBeginning(receiver: Value, { start = 0, end, step }: Bounds): Value | undefined {
  if (!receiver.text || step !== 1 || start < 0) return undefined;
  const known = [...(constantPrefix(receiver) ?? "")];
  if (end !== undefined)
    return end >= 0 && end <= known.length ? constantValue(known.slice(start, end).join("")) : undefined;
  return start < known.length ? { ...receiver, prefix: known.slice(start).join("") } : undefined;
}

/** Characters of a secret that tell it from others and open nothing: `key[-4:]`. */
const GLIMPSE = 8;

function isGlimpse({ start, end, step }: Bounds): boolean {
  if (step !== 1) return false;
  if (start === undefined || start === 0) return end !== undefined && end > 0 && end <= GLIMPSE;
  return end === undefined && start < 0 && start >= -GLIMPSE;
}

export interface Bounds {
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** Never zero. */
  readonly step: number;
}

/** A slice as Python makes it: with a step below zero, from the end to the start. */
export function sliced<T>({ start, end, step }: Bounds, items: readonly T[]): T[] {
  if (step > 0) return items.slice(start, end).filter((_, place) => place % step === 0);
  const { length } = items;
  const first = start === undefined || start >= length ? length - 1 : start < 0 ? length + start : start;
  const last = end === undefined ? -1 : end < 0 ? Math.max(-1, length + end) : end;
  return items
    .slice(last + 1, first + 1)
    .reverse()
    .filter((_, place) => place % step === 0);
}

/** The bounds that a `slice(…)` was made of. */
function boundsOf(machine: Machine, made: Value): Bounds | undefined {
  const values = [...(machine.onlyShape(made)?.entries.values() ?? [])];
  const numbers = values.map(({ constants }) => (constants?.length === 1 ? constants[0] : undefined));
  if (numbers.some((number) => number !== null && typeof number !== "number")) return undefined;
  const [start, end, step] = numbers.map((number) => (typeof number === "number" ? number : undefined));
  return step === 0 ? undefined : { start, end, step: step ?? 1 };
}

/** The bounds of a slice, where they and its step are constant. */
export function sliceBounds(machine: Machine, node: number): Bounds | undefined {
  const { syntax } = machine;
  const parts: (number | undefined)[] = [undefined];
  let isExact = true;
  for (const child of children(syntax, node)) {
    if (syntax.kind[child] === Kind.token_colon) {
      parts.push(undefined);
      continue;
    }
    const value = child === NONE ? UNKNOWN : evaluate(machine, child);
    const bound = value.constants?.length === 1 ? value.constants[0] : undefined;
    if (typeof bound === "number" && Number.isInteger(bound)) parts[parts.length - 1] = bound;
    else if (bound !== null) isExact = false;
  }
  const [start, end, step = 1] = parts;
  return isExact && step !== 0 ? { start, end, step } : undefined;
}
