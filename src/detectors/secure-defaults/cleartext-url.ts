import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, children, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { defaultOf } from "../shared/default-of.ts";
import { operands, unwrap } from "../shared/literal.ts";
import { isLocalHost } from "../shared/local-host.ts";

/** Calls that send a request, by where the address stands. */
const REQUESTS: readonly { readonly callee: RegExp; readonly position: number; readonly keyword: string }[] = [
  {
    callee:
      /^(?:requests|requests\.api|httpx|niquests|curl_cffi\.requests|requests\.[sS]ession\(\)|httpx\.(?:Async)?Client\(\)|aiohttp\.ClientSession\(\))\.(?:get|post|put|patch|delete|head|options)$/,
    position: 0,
    keyword: "url",
  },
  {
    callee:
      /^(?:requests|requests\.api|httpx|niquests|aiohttp|requests\.[sS]ession\(\)|httpx\.(?:Async)?Client\(\)|aiohttp\.ClientSession\(\)|urllib3|urllib3\.PoolManager\(\))\.(?:request|stream|urlopen)$/,
    position: 1,
    keyword: "url",
  },
  { callee: /^requests\.(?:models\.)?Request$/, position: 1, keyword: "url" },
  { callee: /^urllib\.request\.(?:urlopen|urlretrieve|Request)$/, position: 0, keyword: "url" },
  {
    callee: /^urllib\.request\.(?:build_opener|OpenerDirector|URLopener|FancyURLopener)\(\)\.(?:open|retrieve)$/,
    position: 0,
    keyword: "fullurl",
  },
  { callee: /^httpx\.(?:Async)?Client$|^aiohttp\.ClientSession$/, position: -1, keyword: "base_url" },
];

const Options = z.strictObject({
  scheme: z.enum(["http", "ftp"]),
  /** Only requests that carry a password or a token. */
  credentials: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;
type Scheme = Options["scheme"];

/** Requests whose address begins with a scheme that encrypts nothing and a host that is known and not nearby. */
export const cleartextUrl: ModuleDetector = {
  kind: "module",
  name: "cleartext-url",
  triggers: { roots: ["requests", "httpx", "niquests", "curl_cffi", "aiohttp", "urllib3", "urllib"] },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { scheme, credentials }: Options): Generator<Detection> {
  for (const call of facts.calls) {
    if (credentials && !carriesCredentials(call)) continue;
    const address = addressOf(call);
    const start = address && beginning(facts, address.node);
    if (start === undefined) continue;
    const host = plainHost(scheme, start.text, start.isComplete);
    if (host === undefined || isLocalHost(host)) continue;
    yield {
      node: call.node,
      fields: { callee: call.name, name: call.name, host },
      ...(start.node !== undefined && { value: start.node }),
    };
  }
}

function carriesCredentials({ args }: CallFact): boolean {
  return args.some(({ keyword, value }) => {
    if (keyword === "auth") return !value.constants.includes(null);
    const names = keyword === "headers" ? [...(value.entries?.keys() ?? [])] : [];
    return names.some((name) => /^(?:authorization|cookie|x-api-key|x-auth-token)$/i.test(String(name)));
  });
}

function addressOf(call: CallFact): ArgumentFact | undefined {
  const request = REQUESTS.find(({ callee }) => call.callee.some((path) => callee.test(path)));
  if (request === undefined) return undefined;
  return call.args.find(({ position, keyword }) => position === request.position || keyword === request.keyword);
}

interface Beginning {
  readonly text: string;
  /** The literal that it is written in, where it stands in the call. */
  readonly node?: number;
  readonly isComplete: boolean;
}

/** What a text is known to begin with: the whole of a constant, the first part of an f-string or a concatenation. */
function beginning(facts: ModuleFacts, argument: number): Beginning | undefined {
  const { syntax } = facts;
  const node = unwrap(syntax, argument);
  if (syntax.kind[node] === Kind.string) {
    const parts = children(syntax, node);
    const [, first] = parts;
    if (first === undefined || syntax.kind[first] !== Kind.string_content) return undefined;
    return { text: textOf(syntax, first), node, isComplete: parts.length === 3 };
  }
  const constants = facts.value(node)?.constants ?? [];
  const [constant] = constants;
  if (typeof constant === "string" && constants.length === 1) return { text: constant, isComplete: true };
  const fallback = defaultOf(facts, node);
  if (fallback !== undefined) {
    const start = beginning(facts, fallback);
    return start && { text: start.text, isComplete: start.isComplete };
  }
  if (syntax.kind[node] === Kind.binary_operator) {
    const left = beginning(facts, childByField(syntax, node, Field.left));
    return left && { ...left, isComplete: false };
  }
  if (syntax.kind[node] === Kind.concatenated_string) {
    const [first] = operands(syntax, node);
    const start = first === undefined ? undefined : beginning(facts, first);
    return start && { ...start, isComplete: false };
  }
  return undefined;
}

/** The host of an address; undefined where the text ends before it is whole. */
function plainHost(wanted: Scheme, text: string, isComplete: boolean): string | undefined {
  const found = /^(https?|ftp):\/\/(?:[^/?#@\s]*@)?(\[[^\]]*\]|[\w.-]+)([:/?#]?)/i.exec(text);
  if (found === null || (found[3] === "" && !isComplete)) return undefined;
  return found[1].toLowerCase() === wanted ? found[2].toLowerCase() : undefined;
}
