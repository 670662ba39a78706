import { STANDARD_LIBRARY } from "../../python/standard-library.ts";
import { textOf } from "../../python/walk.ts";
import { type Argument, type Arguments, allArguments, findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { proveInside } from "../guards/guard-places.ts";
import { narrow } from "../guards/narrow.ts";
import { routePartMask } from "../guards/route-types.ts";
import { checkedKinds } from "../guards/validator-masks.ts";
import { type BuiltinFunction, builtinFunction } from "../library/builtins.ts";
import { memberPaths, readPaths, shorten } from "../library/library.ts";
import { withPattern } from "../library/match-groups.ts";
import { matchedKinds } from "../library/matched-text.ts";
import { dumpOfUnknown } from "../library/record-values.ts";
import { withWritten } from "../library/round-trips.ts";
import { isTextMethod } from "../library/text-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { deep, through } from "../values/carry.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { argumentOver, handedOver } from "../values/name-labels.ts";
import { DYNAMIC, type Value, withCleared } from "../values/value.ts";
import { callBack, runCallable } from "./call-back.ts";
import { callMethod } from "./call-method.ts";
import { toFound } from "./found.ts";
import { answered, finds, isQuestion, ofReceiver, rendered, withDeclaredFields } from "./unknown-answer.ts";

/** A call whose callee is known by its API path: the models say what it means, and what they do not say is passed on. */
export function callLibrary(machine: Machine, call: Call): Value {
  const { callee, args, receiver, node } = call;
  const { models } = machine;
  const { paths } = callee;
  const yielded = callBack(machine, call);
  proveConverted(machine, call);
  if (call.name === "relative_to") proveInside(machine, node);
  if (yielded !== undefined) return yielded;
  for (const path of paths) {
    if (models.isNoreturn(path)) {
      machine.state.alive = false;
      return DYNAMIC;
    }
    const builtin: BuiltinFunction | undefined = builtinFunction(path);
    const value = builtin?.(machine, call);
    if (value !== undefined) return clear(machine, value, path);
  }
  if (
    receiver !== undefined &&
    (receiver.refs.length > 0 || receiver.text) &&
    !paths.some((path) => isModelled(machine, path))
  ) {
    const ofMethod = callMethod(machine, call, receiver);
    if (ofMethod !== undefined) return ofMethod;
  }
  const dump = receiver === undefined ? undefined : dumpOfUnknown(machine, call, receiver);
  if (dump !== undefined && !paths.some((path) => isModelled(machine, path))) return dump;
  if (receiver !== undefined && isReplacement(call)) {
    const replaced = callMethod(machine, call, { ...receiver, paths: [], text: true });
    if (replaced !== undefined) return replaced;
  }
  const results = [...memberPaths(machine, paths, "()"), ...lookedUp(machine, call)].slice(0, 4);
  const isOpaque =
    paths.every((path) => models.isOpaque(path)) || (isQuestion(call.name) && !isKnownResult(machine, results));
  const from = isOpaque ? [] : passedOn(machine, call);
  const text = textOf(machine.syntax, node);
  const constancy = isConstantCall(paths, args) ? "constant" : "dynamic";
  let value: Value = { ...readPaths(machine, node, results, text, from), constancy };
  if (receiver?.text && receiver.labels !== 0) value = { ...value, text: true };
  if (receiver !== undefined && call.name === "get" && args.positional[0] !== undefined)
    value = withCleared(value, routePartMask(machine, receiver, keyOfConstant(args.positional[0].value)));
  if (value.labels !== 0 && paths.some((path) => models.givesText(path))) value = { ...value, text: true };
  for (const path of paths)
    value = withPattern(withCleared(clear(machine, value, path), matchedKinds(machine, call, path)), call, path);
  for (const path of paths) value = withWritten(machine, call, value, path);
  if (value.labels !== 0 && isAnswer(machine, paths)) value = withCleared(value, models.kindMask(["html"]));
  if (value.labels !== 0 && hasNumericType(args))
    value = { ...value, cleared: value.cleared | models.kindMask(["injection"]), text: false };
  if (value.labels !== 0 && !isDescribed(machine, paths) && finds(call.name, from)) value = toFound(value);
  value = withDeclaredFields(machine, call, value);
  return value.origin === from[0]?.origin && value.labels !== 0
    ? through(machine, node, "propagator", () => `\`${shorten(text)}\` passes it on`, value)
    : value;
}

/** `parse_qs(query)["name"][0].replace("\\n", "")`: only text has a method of that name that takes two texts. */
function isReplacement({ name, args, receiver }: Call): boolean {
  if (name !== "replace" || receiver?.labels === 0 || (receiver?.refs.length ?? 0) > 0) return false;
  return args.positional.length === 2 && args.positional.every(({ value }) => value.text);
}

/** `environ.get("QUERY_STRING", "")` reads what `environ["QUERY_STRING"]` does. */
function lookedUp(machine: Machine, { name, receiver, args }: Call): readonly string[] {
  const key = name === "get" ? args.positional[0]?.value.constants?.[0] : undefined;
  return receiver === undefined || typeof key !== "string" ? [] : memberPaths(machine, receiver.paths, `[${key}]`);
}

/**
 * What object-relational mappers find by a value holds what is stored, and not the value: `Order.objects.get(pk=number)`,
 * `Order.query.filter_by(id=number).first()`.
 */
const LOOKS_UP =
  /(?:(?:\.(?:objects|query(?:\(\))?)|^django\.db\.models\.Manager\(\))(?:\.\w+(?:\(\))?)*\.(?:filter|filter_by|exclude|where|with_parent|a?get|get_by_\w+|get_for_\w+|get_or_404|a?first|first_or_404|a?last|one|one_or_none|one_or_404|order_by|options|join|select_related|prefetch_related)|^django\.shortcuts\.a?get_(?:object|list)_or_404)$/;

/** Whether a call as it is written (`Order.query.filter_by(…)`) finds something stored, where its path is not known: of a class of the project. */
export function looksUp(written: string): boolean {
  let path = written.replaceAll(/\s+/g, "");
  for (let before = ""; before !== path; ) {
    before = path;
    path = path.replaceAll(/\([^()]*\)/g, "");
  }
  return LOOKS_UP.test(path);
}

/** Functions of text and numbers that give the same for the same, whenever they are called. */
const PURE =
  /^(?:base64|binascii|bz2|codecs|gzip|hashlib|html|json|lzma|os\.path|pprint|re|shlex|string|struct|textwrap|tomllib|unicodedata|urllib\.parse|zlib)\.(?!exists|get|is(?!abs))\w+$/;

/** A function of constants is one more: which, is not worked out. */
function isConstantCall(paths: readonly string[], args: Arguments): boolean {
  const given = allArguments(args);
  return (
    given.length > 0 &&
    paths.every((path) => PURE.test(path)) &&
    given.every(({ value }) => value.constancy === "constant")
  );
}

const CONVERTERS: ReadonlySet<string> = new Set([
  "int",
  "float",
  "uuid.UUID",
  "decimal.Decimal",
  ...["ip_address", "ip_network", "ip_interface", "IPv4Address", "IPv6Address", "IPv4Network", "IPv6Network"].map(
    (name) => `ipaddress.${name}`,
  ),
  "datetime.date.fromisoformat",
  "datetime.datetime.fromisoformat",
]);

/** A conversion that does not raise proves what it was given to be the text of a number, an address, a day; a check, what it lets through. */
function proveConverted(machine: Machine, { callee, args, node }: Call): void {
  const [path] = callee.paths;
  const [given] = args.positional;
  if (given === undefined || given.node === node || callee.paths.length !== 1 || given.value.labels === 0) return;
  const mask = CONVERTERS.has(path) ? machine.models.sanitizes(path) : checkedKinds(machine, path);
  if (mask !== 0) narrow(machine, given.node, mask);
}

/** `re.sub(pattern, function, text)`: what the function gives is in the text. */
function putInPlace(machine: Machine, node: number, paths: readonly string[], args: Arguments): Value[] {
  const path = paths.length === 1 ? /^re\.(Pattern\(\)\.)?subn?$/.exec(paths[0]) : null;
  const replacement = path === null ? undefined : findArgument(args, path[1] === undefined ? 1 : 0, ["repl"]);
  if (replacement === undefined || replacement.value.callables.length === 0) return [];
  const match = { node: replacement.node, value: DYNAMIC, keyword: undefined };
  const given = runCallable(machine, node, replacement.value, [match]);
  return given === undefined ? [] : [given];
}

function passedOn(machine: Machine, { node, callee: { paths }, name, args, receiver }: Call): Value[] {
  const isLookUp = paths.some((path) => LOOKS_UP.test(path)) || isAskedByKey(name, args);
  const all = isLookUp ? [] : allArguments(args);
  // What a statement finds by the values that are bound to it is what is stored.
  const isStatement = /^(?:execute|exec|scalars?)$/.test(name) && paths.some((path) => feedsSql(machine, path));
  const given = isStatement ? all.slice(0, 1) : all;
  const handed = [...given.map((one) => handedTo(machine, one)), ...putInPlace(machine, node, paths, args)];
  const values = isDescribed(machine, paths) ? handed : answered(machine, name, handed);
  if (receiver === undefined) return values;
  const of = isTextMethod(name) ? handedOver(machine, receiver) : ofReceiver(machine, receiver);
  return [isDescribed(machine, paths) ? of : rendered(machine, name, of), ...values];
}

/** What an argument hands on: what the name of a query is given chooses no host, and names that are written out are nobody's choice. */
function handedTo(machine: Machine, { value, keyword }: Argument): Value {
  const kinds = [
    ...(QUERIES.test(keyword ?? "") ? ["redirect", "ssrf"] : []),
    ...(isSpelledOut(machine, value) ? ["mass-assign"] : []),
  ];
  const handed = argumentOver(machine, value);
  return kinds.length === 0 ? handed : withCleared(deep(machine, handed), machine.models.kindMask(kinds));
}

/** Names of arguments that become the query or the fragment of an address: `link(url, query_params=request.GET)`. */
const QUERIES = /^(?:query(?:_?(?:args|dict|params|string))?|qs|params|fragment)$/;

function isSpelledOut(machine: Machine, { refs, labels }: Value): boolean {
  const shapes = refs.map((ref) => machine.shape(ref));
  return (
    labels === 0 && shapes.length > 0 && shapes.every((shape) => shape?.kind === "dict" && shape.rest === undefined)
  );
}

/** `queryset.get(pk=number)`: what holds records is asked for the one with that key, whichever class it is of. */
function isAskedByKey(name: string, { positional, keywords, others }: Arguments): boolean {
  if (!/^a?get$/.test(name) || positional.length + others.length > 0 || keywords.size === 0) return false;
  return [...keywords.keys()].every((keyword) => /^(?:pk|id|uuid|slug)$|\w__\w|_(?:id|pk|uuid|slug)$/.test(keyword));
}

function feedsSql({ models }: Machine, path: string): boolean {
  return models.sinks(path).some(({ feeds }) => feeds === "sql");
}

/** Whether they are of Python or of a library that models speak of; what an imported name is called makes it none of these. */
function isDescribed({ models }: Machine, paths: readonly string[]): boolean {
  return paths.every((path) => {
    if (models.isHeld(path)) return false;
    const [, root = path] = /^(\w+)/.exec(path) ?? [];
    return models.isLibrary(root) || STANDARD_LIBRARY.has(root) || !path.includes(".");
  });
}

/** What makes an answer is asked itself whether that is a page: who returns the answer sends no text. */
function isAnswer({ models }: Machine, paths: readonly string[]): boolean {
  return paths.some((path) =>
    models.sinks(path).some(({ feeds, port }) => feeds === "html" && port.kind === "argument"),
  );
}

function clear(machine: Machine, value: Value, path: string): Value {
  const mask = machine.models.sanitizes(path);
  return mask === 0 || value.labels === 0 ? value : { ...value, cleared: value.cleared | mask };
}

function isModelled(machine: Machine, path: string): boolean {
  const { models } = machine;
  return models.sanitizes(path) !== 0 || models.source(`${path}()`) !== undefined || models.isOpaque(path);
}

function isKnownResult(machine: Machine, results: readonly string[]): boolean {
  return results.some((path) => machine.models.source(path) !== undefined);
}

/** `request.args.get("page", type=int)`: whoever converts as it reads gets a number or nothing. */
function hasNumericType(args: Arguments): boolean {
  const type = findArgument(args, undefined, ["type"]);
  return type?.value.paths.some((path) => path === "int" || path === "float" || path === "uuid.UUID") === true;
}
