import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { valueOfKey } from "../values/container-key.ts";
import { isWritten } from "../values/marks.ts";
import { emptyShape, sequenceShape } from "../values/shape.ts";
import { refValue, type Value } from "../values/value.ts";
import { DECODERS, decode, decodeQuery } from "./codecs.ts";
import { copyOf } from "./stdlib-containers.ts";

/** A pair of functions of which the second gives back what the first was given: what it is written in. */
const WRITERS: ReadonlyMap<string, string> = new Map([
  ...["pickle", "cPickle", "_pickle", "dill", "cloudpickle"].map((name) => [`${name}.dumps`, "pickle"] as const),
  ["marshal.dumps", "marshal"],
  ...["json", "simplejson", "ujson", "rapidjson", "orjson"].map((name) => [`${name}.dumps`, "json"] as const),
  ["plistlib.dumps", "plist"],
  ...["toml", "tomli_w"].map((name) => [`${name}.dumps`, "toml"] as const),
  ["msgpack.packb", "msgpack"],
  ["msgpack.dumps", "msgpack"],
  ["jsonpickle.encode", "jsonpickle"],
  ["jsonpickle.dumps", "jsonpickle"],
  ["yaml.dump", "yaml"],
  ["yaml.safe_dump", "yaml"],
  ["xmlrpc.client.dumps", "xmlrpc"],
  ...["b64", "standard_b64", "urlsafe_b64", "b32", "b16", "b85", "a85"].map(
    (name) => [`base64.${name}encode`, name] as const,
  ),
  ["binascii.hexlify", "hex"],
  ["binascii.b2a_hex", "hex"],
  ["binascii.b2a_base64", "b64"],
  ["urllib.parse.quote", "quote"],
  ["urllib.parse.quote_plus", "quote_plus"],
  ["html.escape", "html"],
  ["urllib.parse.urlencode", "query"],
  ...["zlib", "gzip", "bz2", "lzma"].map((name) => [`${name}.compress`, name] as const),
]);

const READERS: ReadonlyMap<string, string> = new Map([
  ...["pickle", "cPickle", "_pickle", "dill", "cloudpickle"].map((name) => [`${name}.loads`, "pickle"] as const),
  ["marshal.loads", "marshal"],
  ...["json", "simplejson", "ujson", "rapidjson", "orjson"].map((name) => [`${name}.loads`, "json"] as const),
  ["plistlib.loads", "plist"],
  ...["toml", "tomllib", "tomli"].map((name) => [`${name}.loads`, "toml"] as const),
  ["msgpack.unpackb", "msgpack"],
  ["msgpack.loads", "msgpack"],
  ["jsonpickle.decode", "jsonpickle"],
  ["jsonpickle.loads", "jsonpickle"],
  ...["load", "safe_load", "full_load", "unsafe_load"].map((name) => [`yaml.${name}`, "yaml"] as const),
  ["xmlrpc.client.loads", "xmlrpc"],
  ...["b64", "standard_b64", "urlsafe_b64", "b32", "b16", "b85", "a85"].map(
    (name) => [`base64.${name}decode`, name] as const,
  ),
  ["binascii.unhexlify", "hex"],
  ["binascii.a2b_hex", "hex"],
  ["bytes.fromhex", "hex"],
  ["binascii.a2b_base64", "b64"],
  ["urllib.parse.unquote", "quote"],
  ["urllib.parse.unquote_plus", "quote_plus"],
  ["html.unescape", "html"],
  ...["zlib", "gzip", "bz2", "lzma"].map((name) => [`${name}.decompress`, name] as const),
]);

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
  const kept = isPair
    ? refValue(machine.allocate(sequenceShape("tuple", [given[0].value, given[1].value])), "dynamic")
    : given[0].value;
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
  return kept === undefined ? undefined : copyOf(machine, kept, NESTING);
}

/** `parse_qs(urlencode(fields))`: a list of one for each field; of `parse_qsl`, pairs. */
function readQueryBack(machine: Machine, { args, name }: Call): Value | undefined {
  const [given] = args.positional;
  const fields = given && machine.onlyShape(keptIn(machine, given.value, "query"));
  if (fields?.kind !== "dict" || fields.rest !== undefined) return undefined;
  const list = (kind: "list" | "tuple", values: readonly Value[]) =>
    refValue(machine.allocate(sequenceShape(kind, values)), "dynamic");
  const pairs = [...fields.entries].map(([key, value]) => [key, { ...deep(machine, value), refs: [] }] as const);
  if (name === "parse_qsl")
    return list(
      "list",
      pairs.map(([key, value]) => list("tuple", [valueOfKey(machine, key), value])),
    );
  const entries = new Map(pairs.map(([key, value]) => [key, list("list", [value])]));
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
