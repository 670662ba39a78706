import { type ClassInfo, inLineage } from "../calls/callables.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { narrow } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, withEntry } from "../values/shape.ts";
import { pathValue, refValue, type Value } from "../values/value.ts";

const ENUMS: ReadonlySet<string> = new Set(["enum.Enum()", "enum.IntEnum()", "enum.StrEnum()", "enum.Flag()"]);

/** Harmless for every kind: it is one of a few constants. */
const EVERYTHING = 0x7fffffff;

/** `Colour(text)`: one of the members, or an exception, which proves the text to be the value of one. */
export function enumMember(machine: Machine, call: Call, basePaths: readonly string[]): Value | undefined {
  if (!basePaths.some((path) => ENUMS.has(path))) return undefined;
  const [given] = call.args.positional;
  if (given !== undefined && given.node !== call.node) narrow(machine, given.node, EVERYTHING);
  return { ...pathValue(["enum.Enum()"]), constancy: "dynamic" };
}

/** `Colour.__members__`: the members by name. */
export function membersByName(machine: Machine, info: ClassInfo): Value | undefined {
  const isEnum = inLineage(info, (of) => of.basePaths.some((path) => ENUMS.has(path)) || undefined);
  if (isEnum === undefined) return undefined;
  let shape = emptyShape("dict");
  for (const name of info.attributes.keys()) {
    if (!name.startsWith("_")) shape = withEntry(shape, name, { ...pathValue(["enum.Enum()"]), constancy: "constant" });
  }
  return refValue(machine.allocate(shape), "constant");
}
