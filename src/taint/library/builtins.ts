import type { ProjectCallable } from "../calls/callables.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { batched, enumerate, filter, map, pairwise, reduce, starmap, zip } from "../expressions/iteration.ts";
import {
  getAttribute,
  getOwnAttribute,
  globalNames,
  localNames,
  setAttribute,
  setOwnAttribute,
} from "../expressions/named-attributes.ts";
import { enter } from "../expressions/special-methods.ts";
import { injection } from "../machine/injected.ts";
import type { Machine } from "../machine/machine.ts";
import { madeClass } from "../statements/announce-class.ts";
import { normalizePath, splitPath } from "../values/path-parts.ts";
import { emptyShape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import { callableValue, NONE_VALUE, pathValue, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { emptyQueue, toBuffer } from "./buffers.ts";
import { compilePattern, importNamed, joinPaths } from "./builtin-names.ts";
import { joinQuoted, normalizeText, splitCommand, toCharacter } from "./codecs.ts";
import { contextVariable, getContext, resetContext, setContext } from "./context-variables.ts";
import { lengthOfValue, madeOf, toInteger, toText } from "./conversions.ts";
import { defaultDict } from "./default-dict.ts";
import { SCHEMA_FUNCTIONS } from "./document-schemas.ts";
import { resultOf } from "./futures.ts";
import { callNamedMethod, getAttributes, getItems, madeMethod, makeGetter, OPERATOR_FUNCTIONS } from "./getters.ts";
import {
  accumulate,
  anyOf,
  counted,
  firstOf,
  groupBy,
  repeated,
  takeFirst,
  tee,
  truthOfElements,
} from "./iterators.ts";
import { TEMPLATE_FUNCTIONS } from "./literal-templates.ts";
import { localProxy } from "./local-proxy.ts";
import { MAPPING_FUNCTIONS } from "./mappings.ts";
import { formatMarkup } from "./markup.ts";
import { MATCH_FUNCTIONS } from "./match-groups.ts";
import { absolute, dividedBy, extremeOf, powerOf, rounded, sumOf } from "./number-functions.ts";
import { parsedNamespace, parsedOptions } from "./option-lists.ts";
import { fieldDefault, namespaceOf } from "./record-values.ts";
import { namedTuple, replaceFields } from "./records.ts";
import { READING_FUNCTIONS } from "./round-trips.ts";
import { fetchedRows, schemaRows } from "./schema-rows.ts";
import { SELECTION_FUNCTIONS } from "./selections.ts";
import { sliceOf } from "./sequences.ts";
import {
  asDict,
  asTuple,
  copy,
  copyDeeply,
  copyStream,
  countElements,
  exchangeOnHeap,
  gather,
  popFromHeap,
  print,
  pushOnHeap,
  redirectOutput,
  referred,
  referTo,
  rowWriter,
  writeRow,
} from "./stdlib-containers.ts";
import { formatByFormatter } from "./text-methods.ts";
import { fromKeys, toDict } from "./to-dict.ts";
import { toDeque, toSequence } from "./to-sequence.ts";
import { addQuery, addressInParts, addressOfParts, unsplitUrl } from "./urls.ts";
import { lxmlParser, setFeature } from "./xml-parsers.ts";

/** The meaning of a function of the standard library that handles containers, text or objects; undefined leaves it to the models. */
export type BuiltinFunction = (machine: Machine, call: Call) => Value | undefined;

export function builtinFunction(path: string): BuiltinFunction | undefined {
  return FUNCTIONS.get(path);
}

const FUNCTIONS: ReadonlyMap<string, BuiltinFunction> = new Map<string, BuiltinFunction>([
  ...["str", "unicode", "bytes", "repr", "ascii"].map((name) => [name, toText] as const),
  ["int", toInteger],
  ...["str", "bytes", "int", "float"].flatMap((name) =>
    [`${name}.__new__`, `${name}().__new__`].map((path) => [path, madeOf] as const),
  ),
  ...["list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "itertools.chain"].map(
    (name) => [name, toSequence] as const,
  ),
  ["collections.deque", toDeque],
  ["fnmatch.filter", toSequence],
  ...[
    "queue.Queue",
    "queue.SimpleQueue",
    "queue.LifoQueue",
    "queue.PriorityQueue",
    "asyncio.Queue",
    "multiprocessing.Queue",
  ].map((name) => [name, emptyQueue] as const),
  ...["io.StringIO", "io.BytesIO", "StringIO.StringIO", "bytearray"].map((name) => [name, toBuffer] as const),
  ["collections.Counter", countElements],
  ["getopt.getopt", parsedOptions],
  ["getopt.gnu_getopt", parsedOptions],
  ["argparse.ArgumentParser().parse_args", parsedNamespace],
  ...["flask_restful", "flask_restx", "flask_restplus"].map(
    (name) => [`${name}.reqparse.RequestParser().parse_args`, parsedNamespace] as const,
  ),
  ["chr", toCharacter],
  ...["dict", "collections.OrderedDict", "collections.ChainMap", "collections.UserDict"].map(
    (name) => [name, toDict] as const,
  ),
  ["collections.defaultdict", defaultDict],
  ...["configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser"].map(
    (name) => [name, (machine: Machine) => withPath(newDict(machine), "configparser.ConfigParser()")] as const,
  ),
  ...["types.SimpleNamespace", "argparse.Namespace", "threading.local", "django.db.models.Manager().create"].map(
    (name) => [name, toNamespace] as const,
  ),
  ["types.MappingProxyType", given],
  ["enumerate", enumerate],
  ...["zip", "itertools.zip_longest", "itertools.product"].map((name) => [name, zip] as const),
  ["map", map],
  ...["ThreadPoolExecutor", "ProcessPoolExecutor"].map((name) => [`concurrent.futures.${name}().map`, map] as const),
  ["concurrent.futures.Future().result", resultOf],
  ["concurrent.futures.as_completed", given],
  ["itertools.starmap", starmap],
  ["filter", filter],
  ["functools.reduce", reduce],
  ...["next", "anext"].map((name) => [name, firstOf] as const),
  ...["min", "max"].map(
    (name) => [name, (machine: Machine, call: Call) => extremeOf(machine, call) ?? anyOf(machine, call)] as const,
  ),
  ...["random.choice", "secrets.choice"].map((name) => [name, anyOf] as const),
  ["sum", sumOf],
  ["abs", absolute],
  ["round", rounded],
  ["divmod", dividedBy],
  ["pow", powerOf],
  ["itertools.islice", takeFirst],
  ...["fastapi.Depends", "fastapi.Security", "fastapi.params.Depends"].map((name) => [name, injection] as const),
  ["getattr", getAttribute],
  ["setattr", setAttribute],
  ["object.__setattr__", setOwnAttribute],
  ["object.__getattribute__", getOwnAttribute],
  ["globals", globalNames],
  ["locals", localNames],
  ...["itemgetter", "attrgetter", "methodcaller"].map((name) => [`operator.${name}`, makeGetter] as const),
  ["operator.itemgetter()", getItems],
  ["operator.attrgetter()", getAttributes],
  ["operator.methodcaller()", callNamedMethod],
  ["contextvars.ContextVar", contextVariable],
  ["contextvars.ContextVar().set", setContext],
  ["contextvars.ContextVar().get", getContext],
  ["contextvars.ContextVar().reset", resetContext],
  ["dict.fromkeys", fromKeys],
  ["collections.namedtuple", namedTuple],
  ...["dataclasses.field", "pydantic.Field", "attr.ib", "attrs.field", "attr.field"].map(
    (name) => [name, fieldDefault] as const,
  ),
  ...["dataclasses.asdict", "attr.asdict", "attrs.asdict"].map((name) => [name, asDict] as const),
  ["vars", (machine, { args }) => namespaceOf(machine, args.positional[0]?.value ?? UNKNOWN)],
  ...["dataclasses.astuple", "attr.astuple", "attrs.astuple"].map((name) => [name, asTuple] as const),
  ["dataclasses.replace", replaceFields],
  ["copy.replace", replaceFields],
  ["len", lengthOfValue],
  ...["any", "all"].map((name) => [name, truthOfElements] as const),
  ["itertools.pairwise", pairwise],
  ["itertools.batched", batched],
  ["types.MethodType", madeMethod],
  ["functools.partial", partial],
  ["functools.partialmethod", partial],
  ...["contextlib.ExitStack().enter_context", "contextlib.AsyncExitStack().enter_context"].map(
    (name) => [name, enterContext] as const,
  ),
  ["contextlib.AsyncExitStack().enter_async_context", enterContext],
  ["type.__new__", madeClass],
  ["type().__new__", madeClass],
  ["weakref.ref", referTo],
  ["weakref.ref()", referred],
  ["weakref.proxy", given],
  ["copy.copy", copy],
  ["shutil.copyfileobj", copyStream],
  ["typing.NewType", newType],
  ["typing.NewType()", given],
  ...MAPPING_FUNCTIONS,
  ["copy.deepcopy", copyDeeply],
  ["heapq.heappush", pushOnHeap],
  ["heapq.heappop", popFromHeap],
  ...["heapq.heappushpop", "heapq.heapreplace"].map((name) => [name, exchangeOnHeap] as const),
  ["asyncio.gather", gather],
  // What is awaited is what its function gives, wherever it runs.
  ...["run", "create_task", "ensure_future", "shield", "wait_for"].map((name) => [`asyncio.${name}`, given] as const),
  ...["AbstractEventLoop().run_until_complete", "AbstractEventLoop().create_task", "TaskGroup().create_task"].map(
    (name) => [`asyncio.${name}`, given] as const,
  ),
  ["itertools.tee", tee],
  ...SELECTION_FUNCTIONS,
  ["itertools.accumulate", accumulate],
  ["itertools.repeat", repeated],
  ["typing.cast", (_machine, { args }) => args.positional[1]?.value],
  ["contextlib.nullcontext", (machine, call) => lent(machine, given(machine, call) ?? NONE_VALUE)],
  ...OPERATOR_FUNCTIONS,
  ["itertools.groupby", groupBy],
  ...["insort", "insort_left", "insort_right"].map((name) => [`bisect.${name}`, pushOnHeap] as const),
  ...["format", "vformat"].map((name) => [`string.Formatter().${name}`, formatByFormatter] as const),
  ["contextlib.redirect_stdout", redirectOutput],
  ["slice", sliceOf],
  ["shelve.open", (machine) => withPath(newDict(machine), "shelve.Shelf()")],
  ["range", counted],
  ["print", print],
  ...["writer", "DictWriter"].map((name) => [`csv.${name}`, rowWriter] as const),
  ...["writerow", "writerows"].map((name) => [`csv.Writer().${name}`, writeRow] as const),
  ["shlex.join", joinQuoted],
  ...["ParseResult", "SplitResult"].map((name) => [`urllib.parse.${name}`, addressInParts] as const),
  ...["urlunsplit", "urlunparse"].map((name) => [`urllib.parse.${name}`, unsplitUrl] as const),
  ["tornado.httputil.url_concat", addQuery],
  ...["furl.furl", "urllib.parse.urlparse()._replace", "urllib.parse.urlsplit()._replace"].map(
    (name) => [name, addressOfParts] as const,
  ),
  ["django.utils.html.format_html", formatMarkup],
  ["django.utils.html.format_html_join", formatMarkup],
  ...TEMPLATE_FUNCTIONS,
  ...SCHEMA_FUNCTIONS,
  ["werkzeug.local.LocalProxy", localProxy],
  ["shlex.split", splitCommand],
  ...READING_FUNCTIONS,
  ["unicodedata.normalize", normalizeText],
  ["contextlib.closing", closing],
  ["os.path.join", joinPaths],
  ["os.path.split", splitPath],
  ["os.path.normpath", normalizePath],
  ["__import__", importNamed],
  ["importlib.import_module", importNamed],
  ["re.compile", compilePattern],
  ["dbapi.Connection().execute", schemaRows],
  ["dbapi.Cursor().execute", schemaRows],
  ...["fetchone", "fetchall", "fetchmany"].map((name) => [`dbapi.Cursor().${name}`, fetchedRows] as const),
  ...MATCH_FUNCTIONS,
  ["lxml.etree.XMLParser", lxmlParser],
  ["xml.sax.make_parser().setFeature", setFeature],
  ["xml.sax.OpenParser().setFeature", setFeature],
]);

/** What `with` binds, as in a generator that yields it. */
function lent(machine: Machine, value: Value): Value {
  return refValue(machine.allocate(sequenceShape("list", [value])), "dynamic");
}

/** `contextlib.closing(connection)`: what `with` binds lies in it as in a list of one. */
function closing(machine: Machine, call: Call): Value | undefined {
  const held = given(machine, call);
  return held && withPath(lent(machine, held), "contextlib.closing()");
}

/** Gives back what it is given. */
function given(_machine: Machine, { args }: Call): Value | undefined {
  return args.positional[0]?.value;
}

/** `typing.NewType("Name", str)`: a function that gives back what it is given. */
function newType(): Value {
  return pathValue(["typing.NewType()"]);
}

function newDict(machine: Machine): Value {
  return refValue(machine.allocate(emptyShape("dict")), "dynamic");
}

function toNamespace(machine: Machine, { args }: Call): Value {
  let shape = emptyShape("object");
  for (const [key, { value }] of args.keywords) shape = withEntry(shape, key, value);
  for (const { value } of args.others) shape = withRest(shape, value);
  return refValue(machine.allocate(shape), "dynamic");
}

function enterContext(machine: Machine, { args, node }: Call): Value | undefined {
  const [given] = args.positional;
  return given === undefined ? undefined : enter(machine, node, given.value);
}

function partial(_machine: Machine, { args, callee }: Call): Value | undefined {
  const [target, ...rest] = args.positional;
  if (target === undefined) return undefined;
  const keywords = new Map([...args.keywords].map(([key, { value }]) => [key, value]));
  const positional = rest.map(({ value }) => value);
  const isMethod = callee.paths[0] === "functools.partialmethod";
  return callableValue({ kind: "partial", target: target.value, positional, keywords, isMethod } as ProjectCallable);
}

function withPath(value: Value, path: string): Value {
  return { ...value, paths: [path] };
}
