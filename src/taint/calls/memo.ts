import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { harmlessBefore } from "../values/origins.ts";
import type { Origin, Value } from "../values/value.ts";
import type { FunctionCallable } from "./callables.ts";

/** Containers inside containers that tell calls apart. */
const NESTING = 3;

/** Constants longer than this do not tell calls apart. */
const MAX_CONSTANT = 40;

/**
 * The arguments of a function that is called again and again, each time with other constants: it is run on the kinds of
 * its arguments, and unlabelled constants are forgotten.
 */
export function widen(parameters: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...parameters].map(([name, value]) => [name, decides(value) ? value : withoutConstants(value)]));
}

/** Truth values and None decide branches, and there are few of them: they stay. */
function decides({ constants }: Value): boolean {
  return constants?.every((constant) => constant === null || typeof constant === "boolean") === true;
}

/** A value of which it is forgotten which constant it is; None is no other the next time. */
export function withoutConstants(value: Value): Value {
  const { constants } = value;
  if (value.labels !== 0 || constants === undefined || constants.every((constant) => constant === null)) return value;
  const text = constants.some((constant) => typeof constant === "string");
  return { ...value, constants: undefined, text };
}

/** Calls of a function on arguments with the same key have the same result. */
export function memoKey(machine: Machine, callee: FunctionCallable, parameters: ReadonlyMap<string, Value>): string {
  return keyOf(machine, callee, parameters, true);
}

/** The same, for a function that is called again and again: where the labels of its arguments come from is left out. */
export function broadKey(machine: Machine, callee: FunctionCallable, parameters: ReadonlyMap<string, Value>): string {
  return keyOf(machine, callee, parameters, false);
}

const DESCRIBING: ReadonlySet<string> = new Set(["__get__", "__set__", "__delete__"]);
/** What these say of an object decides conditions, whatever it holds. */
const ANSWERING: ReadonlySet<string> = new Set(["__bool__", "__len__", "__contains__", "__eq__", "__format__"]);

function keyOf(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  isExact: boolean,
): string {
  let key = `${isExact ? "" : "~"}${machine.identity(callee)}`;
  // Descriptors of one class differ in the names that they were given.
  const [self] = parameters.values();
  if (DESCRIBING.has(callee.info.name)) key += `r${self?.refs.join()}`;
  if (ANSWERING.has(callee.info.name)) key += contentsKey(machine, parameters);
  for (const value of parameters.values()) key += `|${reduce(machine, value, NESTING, isExact)}`;
  return key;
}

/** What is in the objects that a function is given, where that may decide what it answers. */
function contentsKey(machine: Machine, parameters: ReadonlyMap<string, Value>): string {
  let key = "";
  for (const value of parameters.values()) {
    const shape = machine.onlyShape(value);
    if (shape?.kind !== "object") continue;
    for (const [name, entry] of shape.entries) key += `.${name}${reduce(machine, entry, NESTING, true)}`;
  }
  return key;
}

/** The numbers that the objects a function is given hold: what it counts there decides what it answers. */
export function countsKey(machine: Machine, parameters: ReadonlyMap<string, Value>): string {
  let key = "";
  for (const value of parameters.values()) {
    const shape = machine.onlyShape(value);
    if (shape?.kind !== "object" || shape.of === undefined) continue;
    for (const [name, { constants }] of shape.entries)
      if (constants?.some((constant) => typeof constant === "number")) key += `.${name}${constants.join()}`;
  }
  return key;
}

/** What is harmless of each label. */
function mixture(labels: number, origin: Origin): string {
  const masks: number[] = [];
  for (let label = 1; label !== 0 && label <= labels; label <<= 1) {
    if ((labels & label) !== 0) masks.push(harmlessBefore(origin, label));
  }
  return masks.join();
}

function reduce(machine: Machine, value: Value, nesting: number, isExact: boolean): string {
  let key = "";
  if (value.labels !== 0) {
    key += `L${value.labels}c${value.cleared}`;
    // Where the labels inside a container come from cannot be told from the parameter alone.
    if (value.origin?.isMixed === true && !isExact) key += `m${mixture(value.labels, value.origin)}`;
    if (isExact || nesting < NESTING) key += `o${value.origin === undefined ? "" : machine.identity(value.origin)}`;
  }
  if (value.proved !== 0) key += `h${value.proved}`;
  if (value.constants !== undefined) key += `=${value.constants.map(reduceConstant).join()}`;
  else if (value.text) key += "t";
  key += value.constancy[0];
  if (value.paths.length > 0) key += `p${value.paths.join()}`;
  for (const callable of value.callables) key += `f${machine.identity(callable)}`;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined || nesting === 0) {
      key += `r${ref}`;
      continue;
    }
    key += `${shape.kind}${shape.of === undefined ? "" : machine.identity(shape.of)}`;
    // What an object without labels holds decides nothing that a finding is made of.
    if (shape.kind === "object" && shape.of !== undefined && deep(machine, value, 3).labels === 0) continue;
    key += shape.isLoose === true ? "?{" : "{";
    for (const [name, entry] of shape.entries) key += `${name}:${reduce(machine, entry, nesting - 1, isExact)};`;
    if (shape.rest !== undefined) key += `*${reduce(machine, shape.rest, nesting - 1, isExact)}`;
    key += "}";
  }
  return key;
}

function reduceConstant(constant: string | number | boolean | null): string {
  if (typeof constant !== "string") return String(constant);
  return `"${constant.length > MAX_CONSTANT ? `${constant.slice(0, MAX_CONSTANT)}…${constant.length}` : constant}"`;
}
