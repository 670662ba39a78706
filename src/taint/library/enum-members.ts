import { type ClassInfo, inLineage, type ProjectCallable } from "../calls/callables.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { narrow } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, withEntry } from "../values/shape.ts";
import { constantValue, EVERYTHING, pathValue, refValue, UNKNOWN, type Value } from "../values/value.ts";

const ENUMS: ReadonlySet<string> = new Set(["enum.Enum()", "enum.IntEnum()", "enum.StrEnum()", "enum.Flag()"]);

/** `Colour(text)`: one of the members, or an exception, which proves the text to be the value of one. */
export function enumMember(
  machine: Machine,
  call: Call,
  basePaths: readonly string[],
  { attributes }: ClassInfo,
): Value | undefined {
  if (!basePaths.some((path) => ENUMS.has(path))) return undefined;
  const [given] = call.args.positional;
  const isRefused = !attributes.has("_missing_");
  if (isRefused && given !== undefined && given.node !== call.node) narrow(machine, given.node, EVERYTHING);
  const constant = given?.value.constants?.length === 1 ? given.value.constants[0] : undefined;
  const members = constant === undefined ? [] : [...attributes.values()];
  const named = members.find(({ constants }) => constants?.length === 1 && constants[0] === constant);
  return named === undefined ? MEMBER : { ...named, paths: MEMBER.paths };
}

/** What an annotation with an enumeration promises: one of its members. */
export function annotatedMember(type: Value): Value | undefined {
  const [info, ...others] = type.callables as readonly ProjectCallable[];
  return info?.kind === "class" && others.length === 0 && isEnum(info) ? MEMBER : undefined;
}

/** `member.value`, `member.name`: as fixed as the member is. */
export function memberValue({ paths, constancy, constants }: Value, name: string): Value | undefined {
  const isFixed = paths.length === 1 && paths[0] === "enum.Enum()" && constancy === "constant";
  return isFixed && (name === "value" || name === "name")
    ? { ...UNKNOWN, constancy, constants: name === "value" ? constants : undefined }
    : undefined;
}

export function isEnum(info: ClassInfo): boolean {
  return inLineage(info, (of) => of.basePaths.some((path) => ENUMS.has(path)) || undefined) === true;
}

/** One of a few constants. */
const MEMBER: Value = { ...pathValue(["enum.Enum()"]), constancy: "constant" };

/** `Colour.RED`: its value, with the methods that the class has for it. */
export function memberObject(machine: Machine, info: ClassInfo, name: string, value: Value): Value {
  if (name.startsWith("_") || value.refs.length > 0 || value.labels !== 0) return value;
  const named = withEntry(emptyShape("object", info), "name", constantValue(name));
  const ref = machine.allocate(withEntry(named, "value", value));
  return { ...value, refs: [ref], paths: MEMBER.paths };
}

/** `Colour.__members__`: the members by name. */
export function membersByName(machine: Machine, info: ClassInfo): Value | undefined {
  if (!isEnum(info)) return undefined;
  let shape = emptyShape("dict");
  for (const name of info.attributes.keys()) {
    if (!name.startsWith("_")) shape = withEntry(shape, name, MEMBER);
  }
  return refValue(machine.allocate(shape), "constant");
}
