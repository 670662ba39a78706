import type { Machine } from "../machine/machine.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { emptyShape, type Shape, sequenceShape, withEntry } from "../values/shape.ts";
import { constantValue, refValue, UNKNOWN, type Value } from "../values/value.ts";

/** Containers inside containers of a document; what is deeper inside is not known. */
const NESTING = 8;

/** The one text that a value is; undefined of any other value. */
function literalOf({ constants, labels }: Value): string | undefined {
  const [text] = labels === 0 && constants?.length === 1 ? constants : [];
  return typeof text === "string" ? text : undefined;
}

/** `json.loads('{"mode": "fast"}')`: what stands in the text; undefined where it is not known, or no JSON. */
export function literalJson(machine: Machine, given: Value): Value | undefined {
  const text = literalOf(given);
  if (text === undefined) return undefined;
  try {
    return valueOfJson(machine, JSON.parse(text), NESTING);
  } catch {
    return undefined;
  }
}

function valueOfJson(machine: Machine, given: unknown, nesting: number): Value {
  if (given === null || typeof given === "string" || typeof given === "number" || typeof given === "boolean")
    return constantValue(given);
  if (typeof given !== "object" || nesting === 0) return { ...UNKNOWN, constancy: "constant" };
  // Each container is work like that of a statement, and counts as such.
  machine.count(1 + Object.keys(given).length);
  if (Array.isArray(given)) {
    const values = given.map((one) => valueOfJson(machine, one, nesting - 1));
    return refValue(machine.allocate(sequenceShape("list", values)), "constant");
  }
  let shape = emptyShape("dict");
  for (const [key, inner] of Object.entries(given)) {
    const name = keyOfConstant(constantValue(key));
    if (name !== undefined) shape = withEntry(shape, name, valueOfJson(machine, inner, nesting - 1));
  }
  return refValue(machine.allocate(shape), "constant");
}

const SECTION = /^\[([^\]]+)\]$/;
const OPTION = /^([^=:\s](?:[^=:]*[^=:\s])?)\s*[=:]\s*(.*)$/;

/**
 * `parser.read_string("[hash]\nname = sha256")`: the options of each section. Undefined where the text is not known, or has lines that are
 * anything else, such as values of several lines or ones that refer to others.
 */
export function literalSections(machine: Machine, given: Value): ReadonlyMap<string, Shape> | undefined {
  const text = literalOf(given);
  if (text === undefined) return undefined;
  const sections = new Map<string, Shape>();
  let section: string | undefined;
  const lines = text.split(/\r?\n/);
  machine.count(lines.length);
  for (const line of lines) {
    const trimmed = line.trimEnd();
    if (trimmed === "" || /^\s*[#;]/.test(trimmed)) continue;
    const name = SECTION.exec(trimmed)?.[1];
    if (name !== undefined) {
      section = name;
      if (!sections.has(name)) sections.set(name, emptyShape("dict"));
      continue;
    }
    const [, option, value] = OPTION.exec(trimmed) ?? [];
    const options = section === undefined ? undefined : sections.get(section);
    const key = option === undefined ? undefined : keyOfConstant(constantValue(option.toLowerCase()));
    if (
      section === undefined ||
      options === undefined ||
      key === undefined ||
      value === undefined ||
      value.includes("%")
    )
      return undefined;
    sections.set(section, withEntry(options, key, constantValue(value)));
  }
  return sections.size === 0 || sections.keys().some((name) => keyOfConstant(constantValue(name)) !== name)
    ? undefined
    : sections;
}
