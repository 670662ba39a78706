import { type Arguments, findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { onlyText } from "../values/only-text.ts";
import { assembleText } from "../values/path-parts.ts";
import {
  anyEntry,
  emptyShape,
  entryOf,
  joinAll,
  type Shape,
  withEntry,
  withoutEntry,
  withRest,
} from "../values/shape.ts";
import {
  constantTruth,
  constantValue,
  DYNAMIC,
  join,
  NONE_VALUE,
  refValue,
  UNKNOWN,
  type Value,
} from "../values/value.ts";
import { literalSections } from "./literal-documents.ts";

/** Options that a section does not have are looked up here. */
const DEFAULTS = "DEFAULT";

/** A method of a `configparser` parser, which is a mapping of sections to mappings of options. */
export function parserMethod(machine: Machine, { name, args }: Call, ref: number, shape: Shape): Value | undefined {
  const section = nameAt(args, 0, "section");
  const option = nameAt(args, 1, "option");
  switch (name) {
    case "add_section":
      if (section !== undefined && !shape.entries.has(section))
        machine.write(ref, withEntry(shape, section, newSection(machine)));
      return NONE_VALUE;
    case "set": {
      const value = findArgument(args, 2, ["value"])?.value;
      if (value === undefined) return undefined;
      setOption(machine, ref, shape, section, option, value);
      return NONE_VALUE;
    }
    case "get":
      return getOption(machine, args, shape, section, option);
    case "getint":
    case "getfloat":
    case "getboolean": {
      const found = getOption(machine, args, shape, section, option);
      return found === undefined ? undefined : asNumber(machine, found);
    }
    case "remove_option":
      for (const inner of sectionsOf(machine, shape, section))
        if (option !== undefined)
          machine.write(inner, withoutEntry(machine.shape(inner) ?? emptyShape("dict"), option));
      return DYNAMIC;
    case "remove_section":
      if (section !== undefined) machine.write(ref, withoutEntry(shape, section));
      return DYNAMIC;
    case "read_dict":
      return readDict(machine, args.positional[0]?.value, ref, shape);
    case "read_string":
    case "read_file":
    case "readfp": {
      const given = args.positional[0]?.value ?? UNKNOWN;
      const known = name === "read_string" ? literalSections(machine, given) : undefined;
      if (known !== undefined) {
        readSections(machine, known, ref, shape);
        return NONE_VALUE;
      }
      const text = carry({ ...DYNAMIC, text: true }, [deep(machine, given)]);
      const inside = { ...emptyShape("dict"), rest: text };
      machine.write(ref, withRest(shape, refValue(machine.allocate(inside), "dynamic")));
      return NONE_VALUE;
    }
    default:
      return undefined;
  }
}

/** What a number that was read from a text carries: its size is still the sender's. */
export function asNumber(machine: Machine, value: Value): Value {
  const number = carry(DYNAMIC, [value]);
  return number.labels === 0 ? number : { ...number, cleared: number.cleared | machine.models.kindMask(["injection"]) };
}

function newSection(machine: Machine): Value {
  return refValue(machine.allocate(emptyShape("dict")), "dynamic");
}

function setOption(
  machine: Machine,
  ref: number,
  shape: Shape,
  section: string | number | undefined,
  option: string | number | undefined,
  value: Value,
): void {
  const inners = sectionsOf(machine, shape, section);
  if (inners.length === 0) {
    const made = newSection(machine);
    machine.write(ref, section === undefined ? withRest(shape, made) : withEntry(shape, section, made));
    inners.push(...made.refs);
  }
  const isOnly = inners.length === 1 && section !== undefined;
  for (const inner of inners) {
    const before = machine.shape(inner) ?? emptyShape("dict");
    if (option === undefined) machine.write(inner, withRest(before, value));
    else if (isOnly) machine.write(inner, withEntry(before, option, value));
    else machine.write(inner, withEntry(before, option, join(before.entries.get(option) ?? value, value)));
  }
}

function getOption(
  machine: Machine,
  args: Arguments,
  shape: Shape,
  section: string | number | undefined,
  option: string | number | undefined,
): Value | undefined {
  const fallback = findArgument(args, undefined, ["fallback"])?.value;
  const stored = lookUpOption(machine, shape, section, option);
  if (stored === undefined) return fallback;
  const isRaw = constantTruth(findArgument(args, undefined, ["raw"])?.value ?? NONE_VALUE) === true;
  const found = isRaw ? stored : interpolated(machine, shape, section, stored, 0);
  const isCertain =
    option !== undefined &&
    sectionsOf(machine, shape, section).every((inner) => machine.shape(inner)?.entries.has(option));
  return fallback === undefined || isCertain ? found : join(found, fallback);
}

function lookUpOption(
  machine: Machine,
  shape: Shape,
  section: string | number | undefined,
  option: string | number | undefined,
): Value | undefined {
  return readOption(machine, shape, section, option) ?? readOption(machine, shape, DEFAULTS, option);
}

/** Options that name others, one inside the other, are followed so far; Python follows ten of them. */
const MAX_NESTED = 2;

/** Names in one text; with more of them it stays as it is. */
const MAX_NAMED = 8;

/** `path = %(base)s/files`: the option of that name, of the same section or of the defaults, is in the text. */
function interpolated(
  machine: Machine,
  shape: Shape,
  section: string | number | undefined,
  value: Value,
  nesting: number,
): Value {
  const text = onlyText(value);
  const pieces = nesting > MAX_NESTED ? [] : (text?.split(/%\((\w+)\)s/, 2 * MAX_NAMED + 2) ?? []);
  if (pieces.length < 2 || pieces.length > 2 * MAX_NAMED + 1) return value;
  const parts = pieces.map((part, place) => {
    if (place % 2 === 0) return constantValue(part);
    const named = lookUpOption(machine, shape, section, part.toLowerCase());
    return named === undefined ? UNKNOWN : deep(machine, interpolated(machine, shape, section, named, nesting + 1));
  });
  return assembleText(
    machine,
    parts.filter(({ constants }) => constants?.[0] !== ""),
  );
}

function readOption(
  machine: Machine,
  shape: Shape,
  section: string | number | undefined,
  option: string | number | undefined,
): Value | undefined {
  const values = sectionsOf(machine, shape, section).map((inner) => {
    const options = machine.shape(inner);
    if (options === undefined) return undefined;
    return option === undefined ? anyEntry(options) : entryOf(options, option);
  });
  return joinAll(values.filter((value) => value !== undefined));
}

/** The containers that hold the options of a section, or of any. */
function sectionsOf(machine: Machine, shape: Shape, section: string | number | undefined): number[] {
  const value = section === undefined ? anyEntry(shape) : entryOf(shape, section);
  return (value?.refs ?? []).filter((ref) => machine.shape(ref)?.kind === "dict");
}

function readDict(machine: Machine, given: Value | undefined, ref: number, shape: Shape): Value | undefined {
  const from = machine.onlyShape(given);
  if (from?.kind !== "dict") return undefined;
  let changed = shape;
  for (const [section, options] of from.entries) changed = withEntry(changed, section, options);
  machine.write(ref, from.rest === undefined ? changed : withRest(changed, from.rest));
  return NONE_VALUE;
}

/** Options that are read replace those of the same name. */
function readSections(machine: Machine, sections: ReadonlyMap<string, Shape>, ref: number, shape: Shape): void {
  let changed = shape;
  for (const [section, options] of sections) {
    const before = entryOf(shape, section)?.refs ?? [];
    const [own] = before.length === 1 ? before : [];
    const kept = own === undefined ? undefined : machine.shape(own);
    const entries = new Map([...(kept?.entries ?? []), ...options.entries]);
    const merged = { ...options, entries, rest: kept?.rest };
    changed = withEntry(changed, section, refValue(machine.allocate(merged), "dynamic"));
  }
  machine.write(ref, changed);
}

function nameAt(args: Arguments, position: number, keyword: string): string | number | undefined {
  const given = findArgument(args, position, [keyword])?.value;
  return given === undefined ? undefined : keyOfConstant(given);
}
