import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { behindHost, constantPrefix, withBeginning } from "./fixed-host.ts";
import type { PathMark, TextMark } from "./marks.ts";
import { betweenQuotes } from "./quoted-text.ts";
import { sequenceShape } from "./shape.ts";
import { concatenate } from "./text.ts";
import { refValue, type Value, withCleared } from "./value.ts";

const BOTH: readonly PathMark[] = ["path.WithoutParent()", "path.Relative()"];

/** Without `..` and relative, both together, make a value harmless as a path. */
export function withMark(machine: Machine, value: Value, mark: TextMark): Value {
  if (value.labels === 0) return value;
  const marked = value.paths.includes(mark) ? value : { ...value, paths: [mark, ...value.paths].slice(0, 4) };
  return BOTH.every((one) => marked.paths.includes(one)) ? cleared(machine, marked) : marked;
}

/**
 * Text put together from parts in order. One without `..` that something else stands in front of leads nowhere but below that, and one behind
 * the host of an address to no other host.
 */
export function assembleText(machine: Machine, parts: readonly Value[]): Value {
  const text = withBeginning(
    machine,
    concatenate(betweenQuotes(machine, belowOthers(machine, behindHost(machine, parts)))),
    parts,
  );
  const beginning = constantPrefix(text);
  const made = text.labels === 0 ? madeHarmless(machine, parts) : undefined;
  if (made !== undefined) return { ...text, paths: [made] };
  const named = isFamily(parts) ? withCleared(text, machine.models.kindMask(["reflection"])) : text;
  // A formula is what begins like one.
  const options = behindName(parts, machine.models.kindMask(["argument"]));
  const isNoFormula = beginning !== undefined && !/^[=+\-@\t\r\n]/.test(beginning);
  return withCleared(named, options | (isNoFormula ? machine.models.kindMask(["csv"]) : 0));
}

/** `f"{ref}:{path}"`: what stands behind a part that is no option, and a sign, is none either. */
function behindName(parts: readonly Value[], mask: number): number {
  const [first, sign] = parts;
  const isBehind = first !== undefined && first.labels !== 0 && (first.cleared & mask) === mask;
  return isBehind && (sign?.constants?.every((one) => /^[^-]/.test(String(one))) ?? false) ? mask : 0;
}

/** Of a text nobody outside has a part in: the sanitizer that all of its parts but constants come from, `shlex.quote()`. */
function madeHarmless(machine: Machine, parts: readonly Value[]): string | undefined {
  const others = parts.filter(({ constancy }) => constancy !== "constant");
  const [path, ...more] = new Set(others.flatMap(({ paths }) => (paths.length === 1 ? paths : [NOT_KNOWN])));
  const isSanitizer = path?.endsWith("()") === true && machine.models.sanitizes(path.slice(0, -2)) !== 0;
  return isSanitizer && more.length === 0 ? path : undefined;
}

const NOT_KNOWN = "";

/** `f"{provider}_client_id"`: a constant end says which family of names it is of, as a constant beginning does. */
function isFamily(parts: readonly Value[]): boolean {
  const constants = parts.length > 1 ? (parts.at(-1)?.constants ?? []) : [];
  return (
    constants.length > 0 && constants.every((constant) => /^(?:_[A-Za-z0-9]\w+|[A-Z]\w{2,})$/.test(String(constant)))
  );
}

function belowOthers(machine: Machine, parts: readonly Value[]): readonly Value[] {
  if (!parts.some(({ paths }) => paths.includes("path.WithoutParent()"))) return parts;
  return parts.map((part, index) => {
    const isBelow = part.paths.includes("path.WithoutParent()") && parts.slice(0, index).some(isFixed);
    return isBelow ? cleared(machine, part) : part;
  });
}

function isFixed({ labels, constants }: Value): boolean {
  return labels === 0 && !(constants?.includes("") ?? false);
}

/** `os.path.normpath("/" + path)`: of an absolute path no `..` is left. */
export function normalizePath(machine: Machine, { args, callee }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  if (given === undefined || given.labels === 0 || given.prefix?.startsWith("/") !== true) return undefined;
  const path: Value = { ...given, constants: undefined, paths: [`${callee.paths[0]}()`], text: true };
  return withMark(machine, path, "path.WithoutParent()");
}

/** `os.path.split(path)`: the folder, and a name without a separator. */
export function splitPath(machine: Machine, { args }: Call): Value | undefined {
  const [given] = args.positional;
  if (given === undefined) return undefined;
  const part: Value = { ...given.value, constants: undefined, prefix: undefined, paths: [], text: true };
  return refValue(machine.allocate(sequenceShape("tuple", [part, cleared(machine, part)])), "dynamic");
}

/** The parts of a text that is split at the separator of paths: names, unless it is split a few times only. */
export function splitAtSeparator(machine: Machine, { name, args }: Call, part: Value): Value | undefined {
  const [separator, most] = args.positional;
  // What has no dot has no two of them either.
  if (
    separator?.value.constants?.[0] === "." &&
    most === undefined &&
    !args.keywords.has("maxsplit") &&
    name !== "rpartition"
  ) {
    const plain = withMark(machine, part, "path.WithoutParent()");
    return name === "partition"
      ? refValue(machine.allocate(sequenceShape("list", [plain, separator.value, part])), "dynamic")
      : refValue(machine.allocate(sequenceShape("list", [], plain)), "dynamic");
  }
  if (separator?.value.constants?.[0] !== "/" && !separator?.value.paths.includes("os.sep")) return undefined;
  const plain = cleared(machine, part);
  const list = (...values: Value[]) => refValue(machine.allocate(sequenceShape("list", values)), "dynamic");
  if (name === "partition") return list(plain, separator.value, part);
  if (name === "rpartition") return list(part, separator.value, plain);
  if (most === undefined) return refValue(machine.allocate(sequenceShape("list", [], plain)), "dynamic");
  if (most.value.constants?.[0] !== 1) return undefined;
  return name === "rsplit" ? list(part, plain) : list(plain, part);
}

function cleared(machine: Machine, value: Value): Value {
  return withCleared(value, machine.models.kindMask(["path"]));
}
