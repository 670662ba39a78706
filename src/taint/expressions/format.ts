import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { assembleText } from "../values/path-parts.ts";
import { constantValue, DYNAMIC, PLACE, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { readMember } from "./evaluate-attribute.ts";
import { itemOf } from "./evaluate-subscript.ts";
import { textOfObject } from "./special-methods.ts";

/** One constant piece of a format, or the value that is put in its place. */
type Piece =
  | { readonly text: string }
  | {
      readonly key: string | number;
      readonly isNumber: boolean;
      readonly isQuoted: boolean;
      readonly access?: string | undefined;
    };

/** `format % values`: what the format names is put in, nothing else. */
export function formatPercent(machine: Machine, node: number, format: Value, values: Value): Value {
  const template = format.constants?.length === 1 ? format.constants[0] : undefined;
  const pieces = typeof template === "string" ? percentPieces(template) : undefined;
  const shape = machine.onlyShape(values);
  if (pieces === undefined)
    return carry({ ...DYNAMIC, prefix: format.prefix, text: true }, [format, deep(machine, values)]);
  return assemble(machine, node, pieces, (key) => {
    if (shape === undefined || shape.kind === "list" || shape.kind === "object") return values;
    return shape.entries.get(key) ?? shape.rest ?? UNKNOWN;
  });
}

/** `"…".format(…)`: by position, name, attribute and item. */
export function formatBraces(
  machine: Machine,
  node: number,
  format: Value,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  others: readonly Value[],
): Value {
  const template = format.constants?.length === 1 ? format.constants[0] : undefined;
  const pieces = typeof template === "string" ? bracePieces(template) : undefined;
  const all = [...positional, ...keywords.values(), ...others].map((value) => deep(machine, value));
  const hasFields = pieces?.some((piece) => !("text" in piece)) !== false;
  if (pieces === undefined || (others.length > 0 && hasFields)) {
    return carry({ ...DYNAMIC, prefix: format.prefix, text: true }, [format, ...all]);
  }
  return assemble(
    machine,
    node,
    pieces,
    (key) => (typeof key === "number" ? positional[key] : keywords.get(key)) ?? UNKNOWN,
  );
}

function assemble(
  machine: Machine,
  node: number,
  pieces: readonly Piece[],
  find: (key: string | number) => Value,
): Value {
  const injection = machine.models.kindMask(["injection"]);
  const lines = quotedKinds(machine);
  const parts = pieces.map((piece) => {
    if ("text" in piece) return constantValue(piece.text);
    const value = textOfObject(machine, node, access(machine, node, find(piece.key), piece.access ?? ""));
    if (value.constants !== undefined && !piece.isNumber) return value;
    const text: Value = { ...value, constants: undefined, prefix: undefined, refs: [], text: true };
    if (piece.isQuoted) return withCleared(text, lines);
    return piece.isNumber ? numberText(text, injection) : text;
  });
  return assembleText(machine, parts);
}

/** What `%d` makes of a value. */
function numberText(text: Value, injection: number): Value {
  return text.labels === 0 ? { ...text, paths: PLACE.paths } : withCleared(text, injection);
}

/** The kinds that `%d` and `%r` in a template make their values harmless for, by place. */
export function harmlessPlaces(machine: Machine, template: string): readonly number[] {
  const injection = machine.models.kindMask(["injection"]);
  const places = (percentPieces(template) ?? []).filter((piece) => !("text" in piece));
  return places.map((piece) =>
    "text" in piece ? 0 : piece.isNumber ? injection : piece.isQuoted ? quotedKinds(machine) : 0,
  );
}

/** As Python writes a text down, it is one line. */
export function quotedKinds(machine: Machine): number {
  return machine.models.kindMask(["log", "header"]);
}

/** `{0[key]}` and `{user.name}`: what a field reads of its value. */
function access(machine: Machine, node: number, value: Value, path: string): Value {
  let read = value;
  for (const [text, attribute, item] of path.matchAll(/\.(\w+)|\[([^\]]+)\]/g)) {
    const key = constantValue(/^\d+$/.test(item ?? "") ? Number(item) : (item ?? ""));
    read =
      attribute === undefined
        ? itemOf(machine, node, read, key, text)
        : readMember(machine, node, read, attribute, text);
  }
  return read;
}

function percentPieces(template: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let position = 0;
  let at = 0;
  for (const match of template.matchAll(
    /%(?:\((\w+)\))?[-#0 +]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlL]?([diouxXeEfFgGcrsab%])/g,
  )) {
    if (match[0].includes("*")) return undefined;
    pieces.push({ text: template.slice(at, match.index) });
    at = match.index + match[0].length;
    if (match[2] === "%") pieces.push({ text: "%" });
    else {
      const isNumber = "diouxXeEfFgGc".includes(match[2]);
      pieces.push({ key: match[1] ?? position++, isNumber, isQuoted: "ra".includes(match[2]) });
    }
  }
  pieces.push({ text: template.slice(at) });
  return pieces;
}

function bracePieces(template: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let position = 0;
  let at = 0;
  // How wide a field is, another one may say: `{name:>{width}}`.
  const fields = /\{\{|\}\}|\{([^{}:!]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]+\})*))?\}/g;
  for (const match of template.matchAll(fields)) {
    const between = template.slice(at, match.index);
    if (/[{}]/.test(between)) return undefined;
    pieces.push({ text: between });
    at = match.index + match[0].length;
    if (match[1] === undefined) {
      pieces.push({ text: match[0][0] });
      continue;
    }
    const name = /^\w*/.exec(match[1])?.[0] ?? "";
    const key = name === "" ? position++ : /^\d+$/.test(name) ? Number(name) : name;
    const access = match[1].slice(name.length);
    const isNumber = match[3] !== undefined && /[bcdeEfFgGnoxX%]$/.test(match[3]);
    pieces.push({ key, access, isNumber, isQuoted: match[2] === "r" || match[2] === "a" });
  }
  if (template.slice(at).includes("{")) return undefined;
  pieces.push({ text: template.slice(at) });
  return pieces;
}

/** `Template("$name").substitute(name=name)`: a template of Python's own as one of `format`. */
export function bracesOf(template: string): string {
  const escaped = template.replace(/[{}]/g, "$&$&");
  return escaped.replace(/\$(?:\$|(\w+)|\{\{(\w+)\}\})/g, (text, bare?: string, braced?: string) =>
    text === "$$" ? "$" : `{${bare ?? braced}}`,
  );
}
