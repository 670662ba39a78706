import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { namedValues } from "../shared/named-values.ts";
import { ASKED_LENGTH, type Measure, RATE } from "./number-sorts.ts";

/** `5/m`, `10 per minute`, `100/15minutes`. */
const WRITTEN = /^\s*(\d+)\s*(?:\/|per)\s*(\d*)\s*(s|sec|second|m|min|minute|h|hour|d|day)s?\s*$/i;
const SECONDS: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3_600],
  ["d", 86_400],
]);

/** Texts that say how often something may be asked for, by what they are given to. */
export function rates(facts: ModuleFacts): readonly Measure[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.string)].flatMap((node) => {
    const [, count, times, unit = ""] = WRITTEN.exec(literalText(syntax, node) ?? "") ?? [];
    if (count === undefined) return [];
    const seconds = (SECONDS.get(unit[0]?.toLowerCase() ?? "") ?? 1) * Number(times || 1);
    const name = givenTo(facts, node);
    return RATE.name.test(name) ? [{ name, node, value: Number(count) / seconds, sort: RATE }] : [];
  });
}

/** The key of an entry and the dictionary's name, the keyword and the call, the variable: as much as tells it from others. */
function givenTo({ syntax }: ModuleFacts, node: number): string {
  const parts: string[] = [];
  for (let at = syntax.parent[node]; at > 0; at = syntax.parent[at]) {
    const kind = syntax.kind[at];
    if (kind === Kind.block || kind === Kind.module) break;
    const named = NAMES.get(kind);
    const name = named === undefined ? NONE : childByField(syntax, at, named);
    if (name !== NONE) parts.unshift(textOf(syntax, name));
    if (kind === Kind.decorated_definition) parts.unshift(nameOfDefinition({ syntax }, at));
  }
  return parts.join(" ");
}

const NAMES: ReadonlyMap<number, number> = new Map([
  [Kind.pair, Field.key],
  [Kind.keyword_argument, Field.name],
  [Kind.call, Field.function],
  [Kind.assignment, Field.left],
]);

function nameOfDefinition({ syntax }: Pick<ModuleFacts, "syntax">, node: number): string {
  return textOf(syntax, childByField(syntax, childByField(syntax, node, Field.definition), Field.name));
}

/** `if len(password) < 12`: the number that the length of a password is compared with. */
export function askedLengths(facts: ModuleFacts): readonly Measure[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.comparison_operator)].flatMap((node) => {
    const [, what = "", written] = /^len\((.+)\)\s*(?:<|>=)\s*(\d+)$/.exec(textOf(syntax, node)) ?? [];
    if (written === undefined) return [];
    const isOfPassword = ASKED_LENGTH.name.test(what) || ASKED_LENGTH.name.test(facts.scopeOf(node));
    const isAsked = ancestorOfKind(syntax, node, Kind.if_statement, Kind.return_statement, Kind.block) !== NONE;
    if (!isOfPassword || !isAsked) return [];
    return [{ name: `len(${what})`, node, value: Number(written), sort: ASKED_LENGTH }];
  });
}

/** Words that ask for more or less, by the name they are given to: from nothing to everything. */
const GRADES: readonly (readonly [RegExp, readonly RegExp[], string])[] = [
  [
    /^ssl_?mode$/i,
    [
      /^disabled?$/i,
      /^allow$/i,
      /^prefer(?:red)?$/i,
      /^required?$/i,
      /^verify[_-]ca$/i,
      /^verify[_-](?:full|identity)$/i,
    ],
    "whoever sits in between is noticed less",
  ],
  [
    /^(?:ssl_)?cert_reqs$|^verify_mode$/i,
    [/^(?:ssl\.)?(?:CERT_)?NONE$/i, /^(?:ssl\.)?(?:CERT_)?OPTIONAL$/i, /^(?:ssl\.)?(?:CERT_)?REQUIRED$/i],
    "certificates are asked for less",
  ],
  [
    /(?:^|_)(?:url|uri|dsn|broker|backend|endpoint|server)s?$/i,
    [
      /^(?:f?["'])?(?:amqp|redis|ldap|mqtt|ws|nats|http):\/\/(?!localhost|127\.|\[?::1)/,
      /^(?:f?["'])?(?:amqps|rediss|ldaps|mqtts|wss|tls|https):\/\//,
    ],
    "what is sent travels in the clear",
  ],
  [
    /^(?:acl|predefined_acl|x-amz-acl|default_acl)$/i,
    [
      /^public-?read-?write$/i,
      /^public-?read$/i,
      /^authenticated-?read$/i,
      /^(?:private|bucket-?owner-?(?:read|full-?control)|project-?private)$/i,
    ],
    "people whom nobody named may read it",
  ],
  [/(?:^|_)samesite$/i, [/^None$/i, /^(?:Lax|Strict)$/i], "requests of other sites carry the cookie"],
  [/^session_protection$/i, [/^None$/, /^basic$/, /^strong$/], "a session that somebody else took is noticed less"],
];

export function grades(facts: ModuleFacts): readonly Measure[] {
  const { syntax } = facts;
  return namedValues(syntax).flatMap(({ how, name, lastName, value: node }) => {
    const [, words, weaker] = GRADES.find(([pattern]) => how !== "compared" && pattern.test(lastName)) ?? [];
    if (words === undefined || weaker === undefined) return [];
    const written = literalText(syntax, node) ?? textOf(syntax, node);
    const value = words.findIndex((word) => word.test(written));
    return value < 0 ? [] : [{ name, node, value, sort: { ...RATE, isWeaker: isLess, weaker } }];
  });
}

function isLess(before: number, after: number): boolean {
  return after < before;
}
