import { isFound } from "../calls/found.ts";
import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { formatBraces, quotedKinds } from "../expressions/format.ts";
import { inPlaces } from "../expressions/iteration.ts";
import { iteratorOf } from "../expressions/special-methods.ts";
import { isHost } from "../guards/guard-places.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { constantPrefix, isWhole } from "../values/fixed-host.ts";
import { isWritten, pathMarksOf } from "../values/marks.ts";
import { onlyText } from "../values/only-text.ts";
import { itemsOf } from "../values/own-items.ts";
import { assembleText, splitAtSeparator, withMark } from "../values/path-parts.ts";
import { lengthOf, sequenceShape } from "../values/shape.ts";
import {
  type Constant,
  constantsValue,
  constantValue,
  DYNAMIC,
  EVERYTHING,
  PLACE,
  refValue,
  TRUTH,
  UNKNOWN,
  type Value,
  withCleared,
} from "../values/value.ts";
import { isEnding } from "./endings.ts";
import { foldOne } from "./fold-text.ts";
import { checkFormat } from "./format-strings.ts";
import { linesOf, splitConstant } from "./split-constant.ts";

/** Methods whose text holds what the receiver holds. */
const SAME_TEXT: ReadonlySet<string> = new Set(
  (
    "strip lstrip rstrip lower upper title capitalize casefold swapcase encode decode expandtabs ljust rjust center zfill " +
    "translate removeprefix removesuffix hex tobytes"
  ).split(" "),
);
const PARTS: ReadonlySet<string> = new Set(["split", "rsplit", "splitlines", "partition", "rpartition"]);
const QUESTIONS: ReadonlySet<string> = new Set(
  (
    "startswith endswith isdigit isalpha isalnum isnumeric isdecimal isidentifier islower " +
    "isupper isspace isprintable isascii istitle"
  ).split(" "),
);

/** Questions whose answer is a number. */
const PLACES: ReadonlySet<string> = new Set(["find", "rfind", "index", "rindex", "count"]);

/** Whether a method of that name gives what the text holds. */
export function isTextMethod(name: string): boolean {
  return SAME_TEXT.has(name) || PARTS.has(name) || name === "replace" || name === "format" || name === "join";
}

/** A method of a text, by name; undefined when the receiver cannot be one, or the name is no method of it. */
export function textMethod(machine: Machine, call: Call, receiver: Value): Value | undefined {
  const isText =
    receiver.text ||
    receiver.constants !== undefined ||
    ((receiver.paths.length === 0 || isFound(receiver)) && receiver.refs.length === 0);
  if (!isText) return undefined;
  const { name, args } = call;
  const folded = fold(call, receiver);
  if (folded !== undefined) return carry(folded, [receiver]);
  if (name === "join" && args.positional.length === 1)
    return joinText(machine, receiver, iteratorOf(machine, call.node, args.positional[0].value));
  if (name === "format" && (receiver.text || receiver.constants !== undefined)) {
    checkFormat(machine, call, receiver);
    const keywords = new Map([...args.keywords].map(([key, { value }]) => [key, value]));
    const others = args.others.map(({ value }) => value);
    return formatBraces(
      machine,
      call.node,
      receiver,
      args.positional.map(({ value }) => value),
      keywords,
      others,
    );
  }
  if (name === "format_map") {
    checkFormat(machine, call, receiver);
    const mapping = args.positional[0]?.value;
    const own = machine.onlyShape(mapping);
    const shape = own === undefined ? undefined : (machine.onlyShape(itemsOf(own)) ?? own);
    const isKnown = shape?.kind === "dict" && shape.rest === undefined;
    const entries = isKnown ? [...shape.entries].map(([key, value]) => [String(key), value] as const) : [];
    return formatBraces(
      machine,
      call.node,
      receiver,
      [],
      new Map(entries),
      isKnown || mapping === undefined ? [] : [mapping],
    );
  }
  if (name === "replace") return replace(machine, call, receiver);
  if (name === "hex" && receiver.labels !== 0)
    return withCleared({ ...receiver, constants: undefined, text: true }, machine.models.kindMask(["injection"]));
  const text: Value = { ...receiver, constants: undefined, callables: [], paths: [], text: true };
  if (SAME_TEXT.has(name)) return sameText(machine, call, receiver, text);
  const isAtSpaces = name === "split" && args.positional.every(({ value }) => value.constants?.[0] === " ");
  const words = isAtSpaces ? splitWords(machine, receiver) : splitBeginning(machine, call, receiver);
  if (words !== undefined) return words;
  if (PARTS.has(name)) {
    // What comes before the port is the host as well.
    const isBeforePort = isHost(receiver) && args.positional[0]?.value.constants?.[0] === ":";
    const part: Value = { ...text, prefix: undefined, paths: isBeforePort ? receiver.paths : [] };
    const names = splitAtSeparator(machine, call, part);
    if (names !== undefined) return names;
    return refValue(machine.allocate(sequenceShape("list", [], part)), receiver.constancy);
  }
  if (PLACES.has(name)) return placeInBeginning(call, receiver) ?? PLACE;
  return QUESTIONS.has(name) ? TRUTH : undefined;
}

/** `("key=" + value).find("=")`: where a constant stands first, if that is in the constant beginning. */
function placeInBeginning({ name, args }: Call, receiver: Value): Value | undefined {
  const searched = args.positional.length === 1 ? onlyText(args.positional[0].value) : undefined;
  const prefix = constantPrefix(receiver);
  if (prefix === undefined || searched === undefined || (name !== "find" && name !== "index")) return undefined;
  const at = prefix.indexOf(searched);
  return at === -1 || !isWhole(prefix.slice(0, at)) ? undefined : constantValue([...prefix.slice(0, at)].length);
}

/** `string.Formatter().format(text, …)`, `vformat(text, values, fields)`. */
export function formatByFormatter(machine: Machine, call: Call): Value | undefined {
  const [format, ...positional] = call.args.positional;
  if (format === undefined) return undefined;
  if (call.name === "vformat") return formatTogether(machine, call, format.value);
  return textMethod(machine, { ...call, args: { ...call.args, positional } }, format.value);
}

/** What is filled in stands in a sequence and in a mapping; where it is not known by place and key, all of it may be anywhere. */
function formatTogether(machine: Machine, { args, node }: Call, format: Value): Value {
  const [, values, fields] = args.positional.map(({ value }) => value);
  const order = inPlaces(machine, values);
  const shape = machine.onlyShape(fields);
  const isKnown = shape?.kind === "dict" && shape.rest === undefined;
  const keywords = isKnown ? [...shape.entries].map(([key, value]) => [String(key), value] as const) : [];
  const others = [...(order === undefined && values ? [values] : []), ...(isKnown || !fields ? [] : [fields])];
  const parts = others.map((value) => deep(machine, value));
  return formatBraces(machine, node, format, order ?? [], new Map(keywords), parts);
}

function joinText(machine: Machine, separator: Value, parts: Value): Value {
  const shape = machine.onlyShape(parts);
  if (shape === undefined || shape.kind === "dict" || lengthOf(shape) === undefined) {
    const element = elementOf(machine, parts) ?? carry(UNKNOWN, [deep(machine, parts)]);
    return carry({ ...DYNAMIC, constancy: element.constancy === "constant" ? "constant" : "dynamic", text: true }, [
      separator,
      element,
    ]);
  }
  const pieces = [...shape.entries.values()].flatMap((value, index) => (index === 0 ? [value] : [separator, value]));
  return assembleText(
    machine,
    pieces.map((piece) => deep(machine, piece)),
  );
}

/** The same text, less what was stripped, is still the host that it was, and has no more parent folders in it. */
function sameText(machine: Machine, { name, args }: Call, receiver: Value, text: Value): Value {
  if (isHost(receiver) || isEnding(receiver)) return { ...text, paths: receiver.paths };
  // What is stripped may be the constant beginning.
  const stripped = args.positional.length > 0 && /^l?strip$/.test(name) ? { ...text, prefix: undefined } : text;
  const marked = pathMarksOf(receiver).reduce((value, mark) => withMark(machine, value, mark), stripped);
  // Line breaks are written out as letters.
  const written = name === "encode" || name === "decode" ? receiver.paths.filter(isWritten) : [];
  if (written.length > 0) return { ...marked, paths: [...written, ...marked.paths].slice(0, 4) };
  const isLine = name === "encode" && /^unicode.?escape$/.test(String(args.positional[0]?.value.constants?.[0]));
  if (isLine) return withCleared(marked, quotedKinds(machine));
  const taken = /^l?strip$/.test(name) ? onlyText(args.positional[0]?.value) : undefined;
  if (taken?.includes("/") !== true) return marked;
  const relative = withMark(machine, marked, "path.Relative()");
  return taken.includes("\\") ? withMark(machine, relative, "text.WithoutSlash()") : relative;
}

/**
 * Taking out line breaks makes text harmless where lines matter, the entity for `<` where tags do, the quote of names written twice in
 * a statement, and without `..` no way leads up; other replacements are denylists and prove nothing.
 */
function replace(machine: Machine, { args }: Call, receiver: Value): Value {
  const [search, replacement] = args.positional;
  const text: Value = { ...receiver, constants: undefined, prefix: undefined, callables: [], paths: [], text: true };
  const result = carry(text, replacement === undefined ? [] : [replacement.value]);
  if (search?.value.constants?.[0] === ".." && !(replacement?.value.constants?.[0] === "."))
    return withMark(machine, result, "path.WithoutParent()");
  const isLineBreak = search?.value.constants?.every(
    (constant) => constant === "\n" || constant === "\r\n" || constant === "\r",
  );
  if (isLineBreak === true && search?.value.constants?.length !== 0)
    return withCleared(result, machine.models.kindMask(["log", "header"]));
  const inPlace = onlyText(replacement?.value);
  const isSeparator = search?.value.constants?.[0] === "/" || search?.value.paths.includes("os.sep") === true;
  if (isSeparator && inPlace !== undefined && !/[/\\]/.test(inPlace))
    return withCleared(result, machine.models.kindMask(["path"]));
  const isEntity = search?.value.constants?.[0] === "<" && isTagBegin(inPlace ?? "");
  if (isEntity) return withCleared(result, machine.models.kindMask(["html"]));
  const mark = onlyText(search?.value) ?? "";
  if (isTagBegin(mark) && inPlace === "<" && result.cleared !== EVERYTHING)
    return { ...result, cleared: result.cleared & ~machine.models.kindMask(["html"]) };
  return QUOTES.has(mark) && inPlace === mark + mark ? withCleared(result, machine.models.kindMask(["sql"])) : result;
}

/** The entity for `<`: written in its place it ends all tags, and taken back it lets them begin again. */
function isTagBegin(text: string): boolean {
  return /^(?:&(?:lt|#0*60|#x0*3c);|\\u003c)$/i.test(text);
}

/** What ends a name in SQL; within a name, it is written twice. */
const QUOTES: ReadonlySet<string> = new Set(['"', "`", "]"]);

/** `("ls " + name).split()`: the words of the constant beginning are known, what follows is in no place of its own. */
export function splitWords(machine: Machine, text: Value): Value | undefined {
  if (text.constants?.length === 1 && !/["'\\]/.test(String(text.constants[0]))) {
    const words = String(text.constants[0]).trim().split(/\s+/);
    return refValue(machine.allocate(sequenceShape("list", words.map(constantValue))), "constant");
  }
  const beginning = text.prefix?.replace(/\S*$/, "") ?? "";
  if (beginning.trim() === "" || /["'\\]/.test(beginning)) return undefined;
  const words = beginning.trim().split(/\s+/).map(constantValue);
  const rest: Value = { ...text, constants: undefined, prefix: undefined, callables: [], paths: [], text: true };
  return refValue(machine.allocate(sequenceShape("list", words, rest)), text.constancy);
}

/** `("key=" + value).partition("=")`, `.split("=", 1)`: what stands before the separator in the constant beginning is constant. */
function splitBeginning(machine: Machine, { name, args }: Call, text: Value): Value | undefined {
  const [at, most] = args.positional.map(({ value }) => value);
  const isByLine = name === "splitlines" && at === undefined;
  const separator = isByLine ? "\n" : onlyText(at);
  const whole = onlyText(text);
  if (whole !== undefined && isByLine) return linesOf(machine, whole);
  if (whole !== undefined && separator) return splitConstant(machine, name, whole, separator, most);
  const beginning = constantPrefix(text);
  if (!text.text || beginning === undefined || !separator || !(isByLine || /^(?:partition|split)$/.test(name)))
    return undefined;
  const limit = most === undefined ? Number.POSITIVE_INFINITY : most.constants?.[0];
  const parts = beginning.split(separator);
  if (parts.length < 2 || args.keywords.size > 0 || typeof limit !== "number" || limit < 1) return undefined;
  const isPartition = name === "partition";
  const known = isPartition ? 1 : Math.min(parts.length - 1, limit);
  const left = parts.slice(known).join(separator);
  const rest: Value = { ...text, prefix: left === "" ? undefined : left, callables: [], paths: [] };
  const words = parts.slice(0, known).map(constantValue);
  // With as many parts as there may be at most, the last one is all that is left.
  const isWhole = isPartition || known === limit;
  const shape = isPartition
    ? sequenceShape("tuple", [...words, constantValue(separator), rest])
    : sequenceShape("list", isWhole ? [...words, rest] : words, isWhole ? undefined : rest);
  return refValue(machine.allocate(shape), text.constancy);
}

function fold({ name, args }: Call, receiver: Value): Value | undefined {
  if (receiver.constants === undefined || args.hasSplat || args.keywords.size > 0) return undefined;
  const given: Constant[] = [];
  for (const { value } of args.positional) {
    if (value.constants?.length !== 1) return undefined;
    given.push(value.constants[0]);
  }
  const results: Constant[] = [];
  for (const text of receiver.constants) {
    if (typeof text !== "string") return undefined;
    const result = foldOne(text, name, given);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results.length === 0 ? undefined : constantsValue(results);
}
