import type { ClassInfo } from "../calls/callables.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { withEntry } from "../values/shape.ts";
import { callableValue, refValue, type Value } from "../values/value.ts";

/** `collections.namedtuple("Pair", "a b")`: a class whose constructor fills the fields. */
export function namedTuple(machine: Machine, { args, node }: Call): Value | undefined {
  const [name, given] = args.positional;
  const fields = given === undefined ? undefined : fieldNames(machine, given.value);
  const title = name === undefined ? undefined : keyOfConstant(name.value);
  if (fields === undefined || typeof title !== "string") return undefined;
  const info: ClassInfo = {
    kind: "class",
    unit: machine.unit,
    node,
    name: title,
    qualifiedName: title,
    parents: [],
    baseClasses: [],
    basePaths: [],
    metaclass: undefined,
    attributes: new Map(),
    setters: new Map(),
    deleters: new Map(),
    validators: new Map(),
    fields,
    hasFieldInit: true,
    isChecked: false,
    isTuple: true,
    constraints: new Map(),
    entry: undefined,
    self: undefined,
  };
  return callableValue(info);
}

/** `"a b"`, `"a, b"` or a display of names. */
function fieldNames(machine: Machine, value: Value): string[] | undefined {
  const text = keyOfConstant(value);
  if (typeof text === "string") return text.split(/[\s,]+/).filter((name) => name !== "");
  const shape = machine.onlyShape(value);
  if (shape === undefined || shape.rest !== undefined) return undefined;
  const names = [...shape.entries.values()].map(keyOfConstant);
  return names.every((name) => typeof name === "string") ? names : undefined;
}

/** `dataclasses.replace(record, field=…)`: the same object with some fields replaced. */
export function replaceFields(machine: Machine, { args }: Call): Value | undefined {
  const record = args.positional[0]?.value;
  let shape = machine.onlyShape(record);
  if (record === undefined || shape?.kind !== "object" || args.hasDoubleSplat) return undefined;
  for (const [name, { value }] of args.keywords) shape = withEntry(shape, name, value);
  return { ...refValue(machine.allocate(shape), "dynamic"), paths: record.paths };
}
