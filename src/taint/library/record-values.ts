import { runCallable } from "../calls/call-back.ts";
import { type BoundArguments, callFunction } from "../calls/call-function.ts";
import type { ClassInfo, ProjectCallable } from "../calls/callables.ts";
import { MODEL } from "../calls/instances.ts";
import { type Argument, findArgument } from "../expressions/arguments.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { validated } from "../machine/validators.ts";
import { emptyShape, joinAll, sequenceShape, withEntry } from "../values/shape.ts";
import { callableValue, DYNAMIC, join, refValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { loadedFields } from "./checked-fields.ts";

/** Marks the default of a field that a function makes anew for each object. */
const FACTORY = "dataclasses.field().default_factory";

/** `dataclasses.field(default_factory=list)`: what a field holds that nobody gives. */
export function fieldDefault(_machine: Machine, { args }: Call): Value | undefined {
  const factory = findArgument(args, undefined, ["default_factory", "factory"])?.value;
  if (factory === undefined) return findArgument(args, undefined, ["default"])?.value;
  const callable = { kind: "partial", target: factory, positional: [], keywords: new Map() };
  return { ...callableValue(callable as ProjectCallable), paths: [FACTORY] };
}

/** Fills the fields of a new record with what is given, and with their defaults; then `__post_init__` runs. */
export function fillFields(machine: Machine, node: number, info: ClassInfo, ref: number, bound: BoundArguments): void {
  let shape = machine.shape(ref) ?? emptyShape("object", info);
  bound.positional.forEach((value, index) => {
    const field = info.fields[index];
    if (field !== undefined) shape = withEntry(shape, field, constrained(machine, node, info, field, value));
  });
  for (const [name, value] of bound.keywords)
    shape = withEntry(shape, name, constrained(machine, node, info, name, value));
  const anything = joinAll(bound.others);
  for (const field of info.fields) {
    if (shape.entries.has(field)) continue;
    const fallback = defaultOf(machine, node, info, field);
    const value =
      anything === undefined ? fallback : constrained(machine, node, info, field, join(anything, fallback ?? UNKNOWN));
    if (value !== undefined) shape = withEntry(shape, field, value);
  }
  machine.write(ref, shape);
  const [method] = (classAttribute(machine, info, "__post_init__")?.callables ?? []) as readonly ProjectCallable[];
  if (method?.kind !== "function" || bound.self === undefined) return;
  // What is only there for the constructor, `InitVar`, is handed on to it.
  const keywords = new Map<string, Value>();
  for (const { name } of method.info.parameters.slice(1)) {
    const given = shape.entries.get(name);
    if (given !== undefined) keywords.set(name, given);
  }
  callFunction(machine, node, method, { self: bound.self, positional: [], keywords, others: [] });
}

function defaultOf(machine: Machine, node: number, info: ClassInfo, field: string): Value | undefined {
  const value = classAttribute(machine, info, field);
  if (value === undefined || !value.paths.includes(FACTORY)) return value;
  return runCallable(machine, node, { ...value, paths: [] }, NO_ARGUMENTS) ?? UNKNOWN;
}

const NO_ARGUMENTS: readonly Argument[] = [];

/** A schema field with a pattern lets through only what the pattern admits, and one with a method what that gives back. */
function constrained(machine: Machine, node: number, info: ClassInfo, field: string, value: Value): Value {
  const mask = info.constraints.get(field) ?? 0;
  return validated(machine, node, info, field, mask === 0 ? value : withCleared(value, mask));
}

/** `object.__dict__`, `vars(object)`: the attributes by name, which change where it is written to. */
export function namespaceOf(machine: Machine, object: Value): Value | undefined {
  const names = fieldsAsDict(machine, object);
  const [ref, ...others] = object.refs;
  if (names !== undefined && ref !== undefined && others.length === 0) machine.namespaces.set(names.refs[0], ref);
  return names;
}

/** `dataclasses.asdict(record)`, `model.model_dump()`: the attributes by name. */
export function fieldsAsDict(machine: Machine, record: Value): Value | undefined {
  let shape = emptyShape("dict");
  let isObject = false;
  for (const ref of record.refs) {
    const from = machine.shape(ref);
    if (from?.kind !== "object") continue;
    isObject = true;
    for (const [name, value] of from.entries) {
      const earlier = shape.entries.get(name);
      shape = withEntry(shape, name, earlier === undefined ? value : join(earlier, value));
    }
    if (from.rest !== undefined) shape = { ...shape, rest: joinAll([from.rest], shape.rest) };
  }
  return isObject ? refValue(machine.allocate(shape), "dynamic") : undefined;
}

/**
 * `row._asdict()`, `model.model_dump()` of a record of which no field is known: under any name may be what it holds, and the names are those
 * that its class declares. A `dict` method is one of a record where that is known to be one: a form has it as well, and names that were sent.
 */
export function dumpOfUnknown(machine: Machine, { name }: Call, record: Value): Value | undefined {
  const isDump = name === "_asdict" || name === "model_dump" || (name === "dict" && record.paths.includes(MODEL));
  if (!isDump || record.labels === 0 || record.refs.length > 0) return undefined;
  const shape = { ...emptyShape("dict"), rest: { ...record, paths: [] }, keys: DYNAMIC };
  return refValue(machine.allocate(shape), "dynamic");
}

/** `dataclasses.astuple(record)`: the fields by place. */
export function fieldsAsTuple(machine: Machine, record: Value): Value | undefined {
  const shape = machine.onlyShape(record);
  if (shape?.kind !== "object" || shape.of === undefined) return undefined;
  const values = (shape.of as ClassInfo).fields.map((field) => shape.entries.get(field) ?? UNKNOWN);
  return refValue(machine.allocate(sequenceShape("tuple", values, shape.rest)), "dynamic");
}

/** Methods that every record of a kind has: `_replace` and `_asdict` of a named tuple, `model_dump` of a schema class. */
export function recordMethod(machine: Machine, call: Call, record: Value): Value | undefined {
  const { name, args } = call;
  switch (name) {
    case "load":
    case "loads":
      return loadedFields(machine, call, record);
    case "_asdict":
    case "model_dump":
    case "dict":
      return fieldsAsDict(machine, record);
    case "_replace":
    case "model_copy": {
      let shape = machine.onlyShape(record);
      if (shape === undefined || args.hasDoubleSplat || name === "model_copy") return undefined;
      for (const [field, { value }] of args.keywords) shape = withEntry(shape, field, value);
      return { ...refValue(machine.allocate(shape), "dynamic"), paths: record.paths };
    }
    default:
      return undefined;
  }
}
