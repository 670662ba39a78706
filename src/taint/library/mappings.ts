import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";
import { toDict } from "./to-dict.ts";

/** Mappings of libraries that begin as what they are given, and are read as they were filled. */
const MAPPINGS: readonly string[] = [
  "http.cookies.SimpleCookie",
  "wsgiref.headers.Headers",
  "requests.structures.CaseInsensitiveDict",
  "weakref.WeakValueDictionary",
];

/** Mappings that begin empty: what they are made with says how much they hold. */
const CACHES: readonly string[] = ["Cache", "LRUCache", "LFUCache", "TTLCache", "FIFOCache"].map(
  (name) => `cachetools.${name}`,
);

function mappingOf(machine: Machine, call: Call): Value {
  return { ...toDict(machine, call), paths: [`${call.callee.paths[0]}()`] };
}

function cacheOf(machine: Machine, call: Call): Value {
  return mappingOf(machine, { ...call, args: { ...call.args, positional: [], keywords: new Map(), others: [] } });
}

/** What makes a mapping of a library, by API path. */
export const MAPPING_FUNCTIONS: readonly (readonly [string, (machine: Machine, call: Call) => Value])[] = [
  ...MAPPINGS.map((path) => [path, mappingOf] as const),
  ...CACHES.map((path) => [path, cacheOf] as const),
];
