import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";

/** Names of what stays valid for long after the address was written down. */
const SECRET =
  /^(?:\w*_)?(?:password|passwd|pwd|passphrase|client_secret|sessionid|session_token|ssn|social_security(?:_number)?|card_?number|credit_card(?:_number)?|cvv)$/i;

/** `?user=x&password=` right before a value is written in. */
const WRITTEN = /[?&](\w+)=(?:$|\{(?!\{)|%[s(])/g;

/** Addresses of databases, in which a password has its place. */
const OTHER_SCHEME = /^(?!https?:)[\w+.]+:/i;

const CLIENTS = /^(?:requests|httpx|niquests|aiohttp)\b.*\.get$/;

/** The query of the request that is answered. */
const QUERY = /(?:^|\.)(?:request|req)\.(?:args|GET|query|query_params|rel_url\.query)$/;

/** Passwords and the like in the query of an address: written into it, sent in it, or expected there. */
export const secretInUrl: ModuleDetector = {
  kind: "module",
  name: "secret-in-url",
  triggers: {
    literals: "password passwd pwd passphrase secret sessionid session ssn social card cardnumber credit cvv".split(
      " ",
    ),
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.string)) {
    const name = nameWrittenIn(textOf(syntax, node));
    if (name !== undefined && isCompleted(facts, node)) yield { node, fields: { name } };
  }
  for (const call of facts.calls) {
    if (call.callee.some((path) => CLIENTS.test(path))) {
      const sent = call.args.find(({ keyword }) => keyword === "params")?.value.entries?.keys() ?? [];
      const name = [...sent].find((key) => typeof key === "string" && SECRET.test(key));
      if (name !== undefined) yield { node: call.node, fields: { name: String(name) } };
    }
    const [first] = call.args;
    if (/\.(?:get|getlist)$/.test(call.name) && QUERY.test(call.name.replace(/\.\w+$/, "")) && first !== undefined) {
      const name = literalText(syntax, first.node);
      if (name !== undefined && SECRET.test(name)) yield { node: call.node, fields: { name } };
    }
  }
  for (const node of nodesOfKind(syntax, Kind.subscript)) {
    if (!QUERY.test(textOf(syntax, childByField(syntax, node, Field.value)))) continue;
    const name = literalText(syntax, childByField(syntax, node, Field.subscript));
    if (name !== undefined && SECRET.test(name)) yield { node, fields: { name } };
  }
}

function nameWrittenIn(literal: string): string | undefined {
  // Most literals have none of it.
  if (!literal.includes("=")) return undefined;
  const text = literal.replace(/^\w*(?:"""|'''|"|')/, "").replace(/(?:"""|'''|"|')$/, "");
  if (OTHER_SCHEME.test(text)) return undefined;
  return [...text.matchAll(WRITTEN)].map(([, name = ""]) => name).find((name) => SECRET.test(name));
}

/** A value is written in: by an f-string, by `%` or `format`, or behind a `+`. */
function isCompleted({ syntax }: ModuleFacts, node: number): boolean {
  if (/=["']*$/.test(textOf(syntax, node))) {
    const parent = syntax.parent[node];
    return syntax.kind[parent] === Kind.binary_operator;
  }
  return /^\w*f/i.test(textOf(syntax, node)) || /%[s(]/.test(textOf(syntax, node)) || isFormatted(syntax, node);
}

function isFormatted(syntax: ModuleFacts["syntax"], node: number): boolean {
  const parent = syntax.parent[node];
  return syntax.kind[parent] === Kind.attribute && textOf(syntax, parent).endsWith(".format");
}
