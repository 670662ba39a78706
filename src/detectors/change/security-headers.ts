import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";

/** Headers by which an answer tells a browser to protect its page, and what browsers do without. */
export const SECURITY_HEADERS: ReadonlyMap<string, string> = new Map([
  ["Strict-Transport-Security", "browsers may come back without HTTPS"],
  ["Content-Security-Policy", "scripts that do not belong to a page are run in it"],
  ["X-Frame-Options", "other sites can show the page in a frame"],
  ["X-Content-Type-Options", "browsers guess what an answer is, and may run what somebody uploaded"],
  ["Referrer-Policy", "other sites may learn the whole address of the page before"],
  ["Permissions-Policy", "frames and scripts of others may ask for the camera and the like"],
  ["Cross-Origin-Opener-Policy", "windows of other sites keep a hold of the page"],
  ["Cross-Origin-Embedder-Policy", "the page takes in what other sites have not offered"],
  ["Cross-Origin-Resource-Policy", "other sites can take in the answer"],
]);

/** All headers of a library that sends them in one call. */
export const OF_LIBRARY = "secure";

/** A header that a module sends. */
export interface SentHeader {
  /** As `SECURITY_HEADERS` has it; `OF_LIBRARY` for those of a library. */
  readonly header: string;
  readonly node: number;
  /** The variable, call or name that it is put into: `response`, `HttpResponse`, `HEADERS`. */
  readonly into: string;
}

/** The headers that a module puts into answers with a value that protects, in source order. */
export function sentHeaders(facts: ModuleFacts): readonly SentHeader[] {
  if (!MENTIONS.test(facts.text)) return [];
  return [...written(facts), ...attributes(facts), ...ofLibrary(facts)].toSorted((a, b) => a.node - b.node);
}

/** The headers that a module names at all, but where it takes one out, reads it or compares it. */
export function mentionedHeaders(facts: ModuleFacts): ReadonlySet<string> {
  const { syntax } = facts;
  const found = new Set([...attributes(facts), ...ofLibrary(facts)].map(({ header }) => header));
  for (const [node, header] of namesIn(syntax)) if (!isTakenOut(syntax, node)) found.add(header);
  return found;
}

/** What a text holds that sends one. */
const MENTIONS = /-security|-options|[-_]policy|\bsecure\b/i;

const CANONICAL = new Map([...SECURITY_HEADERS.keys()].map((name) => [name.toLowerCase(), name]));

/** `content_security_policy` of Werkzeug's answers, and keywords of functions that set it. */
const AS_ATTRIBUTE = new Map(
  [...SECURITY_HEADERS.keys()].map((name) => [name.toLowerCase().replaceAll("-", "_"), name]),
);

/** Values that ask a browser for nothing. */
const ASKS_NOTHING: ReadonlyMap<string, RegExp> = new Map([
  ["Strict-Transport-Security", /^(?:$|max-age="?0\b)/i],
  ["Content-Security-Policy", /^$/],
  ["X-Frame-Options", /^(?:$|allow)/i],
  ["X-Content-Type-Options", /^(?!nosniff$)/i],
  ["Referrer-Policy", /^(?:$|unsafe-url$)/i],
  ["Permissions-Policy", /^$/],
  ["Cross-Origin-Opener-Policy", /^(?:$|unsafe-none$)/i],
  ["Cross-Origin-Embedder-Policy", /^(?:$|unsafe-none$)/i],
  ["Cross-Origin-Resource-Policy", /^(?:$|cross-origin$)/i],
]);

const SETS = /^(?:set|setdefault|add|append|add_header|set_header|setHeader|header|putheader|__setitem__)$/;
const TAKES_OUT = /^(?:get|getlist|get_all|pop|popitem|remove|discard|__delitem__|delete|has_header|startswith|in_)$/;

function* namesIn(syntax: SyntaxArrays): Generator<readonly [number, string]> {
  for (const node of nodesOfKind(syntax, Kind.string)) {
    const header = CANONICAL.get((literalText(syntax, node) ?? "").toLowerCase());
    if (header !== undefined) yield [node, header];
  }
}

function* written(facts: ModuleFacts): Generator<SentHeader> {
  const { syntax } = facts;
  for (const [node, header] of namesIn(syntax)) {
    const place = placeOf(syntax, node);
    if (place === undefined || asksNothing(syntax, header, place.value)) continue;
    yield { header, node, into: place.into };
  }
}

interface Place {
  readonly value: number;
  readonly into: string;
}

/** Where a header's name stands for one that is sent: `response["…"] = value`, `headers.set("…", value)`, `{"…": value}`, `("…", value)`. */
function placeOf(syntax: SyntaxArrays, node: number): Place | undefined {
  const parent = syntax.parent[node];
  const above = syntax.parent[parent];
  switch (syntax.kind[parent]) {
    case Kind.subscript: {
      const isTarget = syntax.kind[above] === Kind.assignment && childByField(syntax, above, Field.left) === parent;
      const into = rootOf(syntax, childByField(syntax, parent, Field.value));
      return isTarget ? { value: childByField(syntax, above, Field.right), into } : undefined;
    }
    case Kind.pair:
      if (childByField(syntax, parent, Field.key) !== node) return undefined;
      return { value: childByField(syntax, parent, Field.value), into: holderOf(syntax, above) };
    case Kind.tuple: {
      const [first, value = NONE, ...others] = namedChildren(syntax, parent);
      const isPair = first === node && value !== NONE && others.length === 0 && !isCompared(syntax, parent);
      const isName = CANONICAL.has((literalText(syntax, value) ?? "").toLowerCase());
      return isPair && !isName ? { value, into: holderOf(syntax, above) } : undefined;
    }
    case Kind.argument_list: {
      const [first, value = NONE] = namedChildren(syntax, parent);
      const callee = childByField(syntax, above, Field.function);
      if (first !== node || value === NONE || callee === NONE || !SETS.test(lastPart(textOf(syntax, callee))))
        return undefined;
      return { value, into: rootOf(syntax, callee) };
    }
    default:
      return undefined;
  }
}

function asksNothing(syntax: SyntaxArrays, header: string, value: number): boolean {
  if (value === NONE) return true;
  const text = literalText(syntax, value);
  if (text === undefined) return syntax.kind[value] === Kind.none || syntax.kind[value] === Kind.false;
  return ASKS_NOTHING.get(header)?.test(text.trim()) === true;
}

/** `response.content_security_policy = …`, `response.cross_origin_opener_policy = COOP.SAME_ORIGIN`. */
function attributes({ assignments }: ModuleFacts): readonly SentHeader[] {
  return assignments.flatMap(({ name, node }) => {
    const header = AS_ATTRIBUTE.get(lastPart(name));
    return header === undefined || !name.includes(".") ? [] : [{ header, node, into: name.split(/[.[]/)[0] ?? "" }];
  });
}

/** `secure_headers.framework.flask(response)`, `secure_headers.set_headers(response)`. */
function ofLibrary({ calls, syntax }: ModuleFacts): readonly SentHeader[] {
  return calls.flatMap(({ callee, args: [first], node }) => {
    if (first === undefined || !callee.some((path) => LIBRARY.test(path))) return [];
    return [{ header: OF_LIBRARY, node, into: rootOf(syntax, first.node) }];
  });
}

const LIBRARY = /^secure\.(?:\w+\.)*\w+\(\)\.(?:framework\.\w+|set_headers(?:_async)?)$/;

/** `response` of `response.headers`. */
function rootOf(syntax: SyntaxArrays, node: number): string {
  return node === NONE ? "" : (/^[\w]+(?:\(\))?/.exec(textOf(syntax, node))?.[0].replace("()", "") ?? "");
}

/** What a display of headers goes into: the variable that is assigned to, else what is called. */
function holderOf(syntax: SyntaxArrays, display: number): string {
  for (let at = display; at > 0; at = syntax.parent[at]) {
    const kind = syntax.kind[at];
    if (kind === Kind.assignment) return rootOf(syntax, childByField(syntax, at, Field.left));
    if (kind === Kind.call) return rootOf(syntax, childByField(syntax, at, Field.function));
    if (kind === Kind.return_statement) return "return";
    if (kind === Kind.block || kind === Kind.module) return "";
  }
  return "";
}

/** `name in ("…", "…")`, `for name in ("…", "…")`. */
function isCompared(syntax: SyntaxArrays, node: number): boolean {
  const kind = syntax.kind[syntax.parent[node]];
  return kind === Kind.comparison_operator || kind === Kind.for_statement || kind === Kind.for_in_clause;
}

function isTakenOut(syntax: SyntaxArrays, node: number): boolean {
  const parent = syntax.parent[node];
  if (syntax.kind[parent] === Kind.comparison_operator) return true;
  const above = syntax.parent[parent];
  if (syntax.kind[parent] === Kind.subscript) return syntax.kind[above] === Kind.delete_statement;
  if (syntax.kind[parent] !== Kind.argument_list) return false;
  const callee = childByField(syntax, above, Field.function);
  return callee !== NONE && TAKES_OUT.test(lastPart(textOf(syntax, callee)));
}
