import { Field, Kind } from "../../python/kinds.ts";
import { childByField, children, textOf } from "../../python/walk.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { defaultOf } from "./default-of.ts";
import { operands, unwrap } from "./literal.ts";

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
  { callee: /^websockets\.(?:\w+\.)*connect$/, position: 0, keyword: "uri" },
  { callee: /^websocket\.(?:create_connection|WebSocketApp)$/, position: 0, keyword: "url" },
  { callee: /^httpx\.(?:Async)?Client$|^aiohttp\.ClientSession$/, position: -1, keyword: "base_url" },
];

/** The packages of these calls. */
export const REQUEST_ROOTS: readonly string[] = [
  "requests",
  "httpx",
  "niquests",
  "curl_cffi",
  "aiohttp",
  "urllib3",
  "urllib",
  "websockets",
  "websocket",
];

/** The argument that holds the address of a request; undefined for any other call. */
export function addressOf(call: CallFact): ArgumentFact | undefined {
  const request = REQUESTS.find(({ callee }) => call.callee.some((path) => callee.test(path)));
  if (request === undefined) return undefined;
  return call.args.find(({ position, keyword }) => position === request.position || keyword === request.keyword);
}

export interface Beginning {
  readonly text: string;
  /** The literal that it is written in, where it stands in the call. */
  readonly node?: number;
  readonly isComplete: boolean;
}

/** What a text is known to begin with: the whole of a constant, the first part of an f-string or a concatenation. */
export function beginning(facts: ModuleFacts, argument: number): Beginning | undefined {
  const { syntax } = facts;
  const node = unwrap(syntax, argument);
  if (syntax.kind[node] === Kind.string) return beginningOfString(facts, node);
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

/** The text up to the first value that is not known: `f"{BASE}/orders/{number}"` begins as `BASE` does, and goes on with `/orders/`. */
function beginningOfString(facts: ModuleFacts, node: number): Beginning | undefined {
  const { syntax } = facts;
  const parts = children(syntax, node).slice(1, -1);
  let text = "";
  for (const part of parts) {
    const isValue = syntax.kind[part] === Kind.interpolation;
    const expression = isValue ? operands(syntax, part)[0] : undefined;
    const start = expression === undefined ? undefined : beginning(facts, expression);
    text += isValue ? (start?.text ?? "") : textOf(syntax, part);
    if (isValue && start?.isComplete !== true) return text === "" ? undefined : { text, node, isComplete: false };
  }
  return text === "" ? undefined : { text, node, isComplete: true };
}
