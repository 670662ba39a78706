import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { assembleText } from "../values/path-parts.ts";
import { constantValue, DYNAMIC, type Value, withCleared } from "../values/value.ts";
import { inOrder } from "./sequences.ts";

/** `urlunsplit((scheme, host, path, query, fragment))`: put together in order, so that whoever chose the path chose no host. */
export function unsplitUrl(machine: Machine, { args }: Call): Value | undefined {
  const [given] = args.positional;
  const shape = machine.onlyShape(given?.value);
  const [scheme, host, ...others] = [...(inOrder(shape)?.entries.values() ?? [])].map((part) => deep(machine, part));
  // Without a host, a path that begins with two slashes has one.
  if (scheme === undefined || host === undefined || host.constants?.includes("")) return undefined;
  const rest = others.flatMap((part) => [constantValue("/"), part]);
  return assembleText(machine, [scheme, constantValue("://"), host, ...rest]);
}

/** What the six, or five, parts of an address are, in order. */
const PARTS = {
  ParseResult: ["", "", "", "params", "query", "fragment"],
  SplitResult: ["", "", "", "query", "fragment"],
};

/** `ParseResult(scheme, host, path, params, query, fragment)`: an address that is taken apart, by what decides about its host. */
export function addressInParts(machine: Machine, { args, name }: Call): Value {
  const mask = machine.models.kindMask(["redirect", "ssrf"]);
  const names: readonly string[] = name === "SplitResult" ? PARTS.SplitResult : PARTS.ParseResult;
  const given = args.positional.map(({ value }, at) => {
    const part = deep(machine, value);
    return BEHIND_PATH.has(names[at] ?? "") ? withCleared(part, mask) : part;
  });
  const named = [...args.keywords].map(([key, { value }]) => {
    const part = deep(machine, value);
    return BEHIND_PATH.has(key) ? withCleared(part, mask) : part;
  });
  const others = args.others.map(({ value }) => deep(machine, value));
  return carry({ ...DYNAMIC, paths: [`urllib.parse.${name}()`] }, [...given, ...named, ...others]);
}

/** `url_concat(url, {"page": page})`: the arguments become the query of the address. */
export function addQuery(machine: Machine, { args }: Call): Value | undefined {
  const url = args.positional[0] ?? args.keywords.get("url");
  const query = args.positional[1] ?? args.keywords.get("args");
  if (url === undefined || query === undefined) return undefined;
  const added = withCleared(deep(machine, query.value), machine.models.kindMask(["redirect", "ssrf"]));
  return assembleText(machine, [deep(machine, url.value), constantValue("?"), added]);
}

/** Parts of an address that stand behind its host and path. */
const BEHIND_PATH: ReadonlySet<string> = new Set(
  "args fragment fragment_args fragment_path params query query_params".split(" "),
);

/** `furl(url, args={"page": page})`, `urlparse(url)._replace(query=query)`: a query or a fragment chooses no host. */
export function addressOfParts(machine: Machine, { args, callee, receiver }: Call): Value {
  const mask = machine.models.kindMask(["redirect", "ssrf"]);
  const parts = [...args.keywords].map(([name, { value }]) => {
    const part = deep(machine, value);
    return BEHIND_PATH.has(name) ? withCleared(part, mask) : part;
  });
  const others = [...args.positional, ...args.others].map(({ value }) => deep(machine, value));
  const paths = receiver?.paths ?? callee.paths.map((path) => `${path}()`);
  return carry({ ...DYNAMIC, paths }, [...(receiver === undefined ? [] : [receiver]), ...others, ...parts]);
}
