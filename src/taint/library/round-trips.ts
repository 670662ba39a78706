import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { valueOfKey } from "../values/container-key.ts";
import { isWritten } from "../values/marks.ts";
import { newList, newTuple } from "../values/new-sequence.ts";
import { emptyShape, sequenceShape } from "../values/shape.ts";
import { refValue, type Value } from "../values/value.ts";
import { DECODERS, decode, decodeQuery } from "./codecs.ts";
import { literalJson } from "./literal-documents.ts";
import { copyOf } from "./stdlib-containers.ts";

interface Format {
  readonly name: string;
  readonly writers: readonly string[];
  readonly readers: readonly string[];
}

const NO_MORE = { writers: [], readers: [] };

/** Formats by what writes them and by what reads them back, by API path. */
const FORMATS: readonly Format[] = [
  inModules("pickle", ["pickle", "cPickle", "_pickle", "dill", "cloudpickle"]),
  inModules("marshal", ["marshal"]),
  inModules("json", ["json", "simplejson", "ujson", "rapidjson", "orjson"], {
    writers: ["json.JSONEncoder().encode"],
    readers: ["json.JSONDecoder().decode"],
  }),
  inModules("plist", ["plistlib"]),
  inModules("xmlrpc", ["xmlrpc.client"]),
  { name: "toml", writers: ["toml.dumps", "tomli_w.dumps"], readers: ["toml.loads", "tomllib.loads", "tomli.loads"] },
  { name: "msgpack", writers: ["msgpack.packb", "msgpack.dumps"], readers: ["msgpack.unpackb", "msgpack.loads"] },
  {
    name: "jsonpickle",
    writers: ["jsonpickle.encode", "jsonpickle.dumps"],
    readers: ["jsonpickle.decode", "jsonpickle.loads"],
  },
  {
    name: "yaml",
    writers: ["yaml.dump", "yaml.safe_dump"],
    readers: ["yaml.load", "yaml.safe_load", "yaml.full_load", "yaml.unsafe_load"],
  },
  ...["standard_b64", "urlsafe_b64", "b32", "b16", "b85", "a85"].map((name) => ({
    name,
    writers: [`base64.${name}encode`],
    readers: [`base64.${name}decode`],
  })),
  {
    name: "b64",
    writers: ["base64.b64encode", "binascii.b2a_base64"],
    readers: ["base64.b64decode", "binascii.a2b_base64"],
  },
  {
    name: "hex",
    writers: ["binascii.hexlify", "binascii.b2a_hex"],
    readers: ["binascii.unhexlify", "binascii.a2b_hex", "bytes.fromhex"],
  },
  { name: "quote", writers: ["urllib.parse.quote"], readers: ["urllib.parse.unquote"] },
  { name: "quote_plus", writers: ["urllib.parse.quote_plus"], readers: ["urllib.parse.unquote_plus"] },
  { name: "html", writers: ["html.escape"], readers: ["html.unescape"] },
  // `readQueryBack` reads it.
  { name: "query", writers: ["urllib.parse.urlencode"], readers: [] },
  ...["zlib", "gzip", "bz2", "lzma"].map((name) => ({
    name,
    writers: [`${name}.compress`],
    readers: [`${name}.decompress`],
  })),
];

/** Modules of which each writes by `dumps` and reads by `loads`, and what one has written the others read. */
function inModules(name: string, modules: readonly string[], also: Omit<Format, "name"> = NO_MORE): Format {
  return {
    name,
    writers: [...modules.map((module) => `${module}.dumps`), ...also.writers],
    readers: [...modules.map((module) => `${module}.loads`), ...also.readers],
  };
}

const WRITERS = new Map(FORMATS.flatMap(({ name, writers }) => writers.map((path) => [path, name] as const)));
const READERS = new Map(FORMATS.flatMap(({ name, readers }) => readers.map((path) => [path, name] as const)));

/** Among the paths of a text: in what it is written, and the list of one that keeps what was written. */
const WRITTEN = /^written\.(\w+)\(\)#(\d+)$/;

/** Containers inside containers that are read back apart. */
const NESTING = 4;

/** `json.dumps(value)`: the text remembers what it was made of, as long as nothing is done to it but `encode` and `decode`. */
export function withWritten(machine: Machine, { args }: Call, value: Value, path: string): Value {
  const format = WRITERS.get(path);
  const given = args.positional;
  if (format === undefined || given.length === 0 || args.hasSplat) return value;
  const isPair = format === "xmlrpc" && given.length > 1;
  const kept = isPair ? newTuple(machine, [given[0].value, given[1].value]) : given[0].value;
  const ref = machine.allocate(sequenceShape("list", [kept]));
  return { ...value, text: true, paths: [...value.paths.slice(0, 3), `written.${format}()#${ref}`] };
}

/** What was written into a text in a format; undefined where nothing is known of it. */
function keptIn(machine: Machine, { paths }: Value, format: string | undefined): Value | undefined {
  const written = paths.filter(isWritten);
  const [, by, ref] = WRITTEN.exec(written[0] ?? "") ?? [];
  return written.length === 1 && by === format ? machine.shape(Number(ref))?.entries.get(0) : undefined;
}

/** `json.loads(text)` of a text that was written here: a copy of what it was made of. */
function readBack(machine: Machine, { args, callee }: Call): Value | undefined {
  const [given] = args.positional;
  // What a hook makes of it is not what was written.
  if (given === undefined || [...args.keywords.keys()].some((name) => /hook|^cls$/.test(name))) return undefined;
  const kept = keptIn(machine, given.value, READERS.get(callee.paths[0]));
  if (kept === undefined)
    return READERS.get(callee.paths[0]) === "json" ? literalJson(machine, given.value) : undefined;
  return copyOf(machine, kept, NESTING);
}

/** `parse_qs(urlencode(fields))`: a list of one for each field; of `parse_qsl`, pairs. */
function readQueryBack(machine: Machine, { args, name }: Call): Value | undefined {
  const [given] = args.positional;
  const fields = given && machine.onlyShape(keptIn(machine, given.value, "query"));
  if (fields?.kind !== "dict" || fields.rest !== undefined) return undefined;
  const pairs = [...fields.entries].map(([key, value]) => [key, { ...deep(machine, value), refs: [] }] as const);
  if (name === "parse_qsl")
    return newList(
      machine,
      pairs.map(([key, value]) => newTuple(machine, [valueOfKey(machine, key), value])),
    );
  const entries = new Map(pairs.map(([key, value]) => [key, newList(machine, [value])]));
  return refValue(machine.allocate({ ...emptyShape("dict"), entries }), "dynamic");
}

/** What reads or decodes a text, by API path: back to what was written here, else to what was in it. */
export const READING_FUNCTIONS: readonly (readonly [string, (machine: Machine, call: Call) => Value | undefined])[] = [
  ...[...READERS.keys()].map((path) => [path, readBack] as const),
  ...DECODERS.map(
    (path) => [path, (machine: Machine, call: Call) => readBack(machine, call) ?? decode(machine, call)] as const,
  ),
  ...["parse_qs", "parse_qsl"].map(
    (name) =>
      [
        `urllib.parse.${name}`,
        (machine: Machine, call: Call) => readQueryBack(machine, call) ?? decodeQuery(machine, call),
      ] as const,
  ),
];
