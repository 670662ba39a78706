import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Arguments } from "../expressions/arguments.ts";
import type { Machine } from "./machine.ts";
import { checkCallSinks } from "./sinks.ts";

/** What a session of a client for HTTP answers with a context of its own. */
const VERBS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "head", "options", "request"]);

const AROUND: ReadonlySet<number> = new Set([Kind.as_pattern, Kind.with_item, Kind.with_clause]);

/** `async with session.get(url) as answer:` of a session that was handed over: the call sends a request. */
export function checkAwaitedRequest(machine: Machine, node: number, name: string, args: Arguments): void {
  if (!VERBS.has(name) || !isEnteredAsync(machine, node) || !isClient(machine, node)) return;
  checkCallSinks(machine, node, [`aiohttp.ClientSession().${name}`], args, undefined);
}

/** Pools and locks have a `get` as well: the object is named for what it does, `self.http_session`, `app["client"]`. */
function isClient({ syntax }: Machine, node: number): boolean {
  const object = childByField(syntax, childByField(syntax, node, Field.function), Field.object);
  return object !== NONE && CLIENT.test(textOf(syntax, object).slice(-MAX_NAME));
}

const CLIENT = /(?:session|client|http|requests?)_?["'\])]*$/i;

/** Of the end of an object, as it is written. */
const MAX_NAME = 60;

function isEnteredAsync({ syntax }: Machine, node: number): boolean {
  if (syntax.kind[node] !== Kind.call) return false;
  let around = syntax.parent[node];
  while (AROUND.has(syntax.kind[around])) around = syntax.parent[around];
  return (
    syntax.kind[around] === Kind.with_statement &&
    /^async\s/.test(syntax.text.slice(syntax.start[around], syntax.start[around] + 6))
  );
}
