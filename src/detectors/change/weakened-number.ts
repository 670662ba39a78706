import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { type NamedValue, namedValues } from "../shared/named-values.ts";
import { secondsOf } from "../shared/seconds.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { askedSizes, gradedArguments } from "./graded-arguments.ts";
import { type Measure, SORTS, type Sort } from "./number-sorts.ts";
import { askedLengths, grades, rates } from "./rates.ts";

/** Numbers on which a protection depends, and that the change makes weaker: fewer rounds, a shorter key, a longer life. */
export const weakenedNumber: ChangeDetector = {
  kind: "change",
  name: "weakened-number",
  prepare: () => ({ concerns: ({ removed, added }) => NAMES.test(removed) && NAMES.test(added), detect }),
};

const NAMES =
  /iterations?|rounds|_cost|\bcost=|factor|key_?(?:size|length|bits)|passw|len\(|lifetime|expir|ttl|max_|maximum|timeout|valid|attempts|tries|failure|threshold|lockout|cool|ssl_?mode|\bacl\b|_acl\b|samesite|cert_reqs|verify_mode|session_protection|digits|code_len|leeway|\bl[et]=|min_length|limit|\brate|\d\s*(?:\/|per )|pbkdf2_hmac|hmac|sha|digest|0o|chmod|mkdir|umask|\bopen\(|toleran|page_?size|paginate|permissions|skew|drift|window|gensalt|(?:amqp|redis|ldap|mqtt|wss?|nats|tls|http)s?:|\b[RD]SA\.generate/i;

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  if (isDevelopmentPath(head.path)) return;
  const then = measuresOf(base);
  for (const [key, after] of measuresOf(head)) {
    const before = then.get(key);
    if (before === undefined || !after.sort.isWeaker(before.value, after.value)) continue;
    const { syntax: was } = base;
    yield {
      node: after.node,
      fields: {
        name: after.name,
        before: textOf(was, before.node),
        after: textOf(head.syntax, after.node),
        weaker: after.sort.weaker,
      },
    };
  }
}

function measuresOf(facts: ModuleFacts): ReadonlyMap<string, Measure> {
  const found = new Map<string, Measure | undefined>();
  const add = (key: string, one: Measure) => found.set(key, found.has(key) ? undefined : one);
  for (const named of namedValues(facts.syntax)) {
    const one = measureOf(facts, named);
    if (one !== undefined)
      add(`${facts.scopeOf(named.value)} ${aroundOf(facts, named)} ${named.how} ${named.name}`, one);
  }
  for (const one of [...rates(facts), ...askedLengths(facts), ...askedSizes(facts), ...grades(facts)])
    add(`${facts.scopeOf(one.node)} ${one.name} ${one.sort.weaker}`, one);
  for (const one of [...givenByPlace(facts), ...gradedArguments(facts)])
    add(`${facts.scopeOf(one.node)} ${one.name}() ${one.sort.weaker}`, one);
  return new Map([...found].flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const])));
}

function measureOf(facts: ModuleFacts, named: NamedValue): Measure | undefined {
  const { how, lastName, value: node } = named;
  const sort = how === "compared" ? undefined : SORTS.find(({ name }) => name.test(lastName));
  if (
    sort === undefined ||
    isUnderDebugGuard(facts.syntax, node) ||
    !sort.about.test(`${lastName} ${aroundOf(facts, named)} ${facts.scopeOf(node)} ${holderOf(facts, named)}`)
  )
    return undefined;
  const fact = facts.value(node);
  const number = fact === undefined ? undefined : secondsOf(facts, node, fact);
  if (number === undefined) return undefined;
  const unit = /_(minutes|hours|days)$/i.exec(lastName)?.[1]?.toLowerCase();
  return { name: named.name, node, value: number * (unit === undefined ? 1 : (UNITS[unit] ?? 1)), sort };
}

const UNITS: Readonly<Record<string, number>> = { minutes: 60, hours: 3_600, days: 86_400 };

/** The call that takes a keyword, the dictionary of an entry, the classes that one builds on. */
function aroundOf(facts: ModuleFacts, { how, value }: NamedValue): string {
  const { syntax } = facts;
  if (how === "keyword" || how === "entry") {
    const around = ancestorOfKind(syntax, value, Kind.call, Kind.assignment);
    if (around === NONE) return "";
    return textOf(
      syntax,
      childByField(syntax, around, syntax.kind[around] === Kind.call ? Field.function : Field.left),
    );
  }
  const owner = factIndex(facts).classNamed(facts.scopeOf(value));
  return owner?.bases.map(({ node }) => textOf(syntax, node)).join(" ") ?? "";
}

/** The name that a call's keyword is for; of a constant of the module the file's own. */
function holderOf({ syntax, path, scopeOf }: ModuleFacts, { how, value }: NamedValue): string {
  if (how !== "keyword") return scopeOf(value) === "" ? path : "";
  const holder = ancestorOfKind(
    syntax,
    value,
    Kind.assignment,
    Kind.typed_parameter,
    Kind.typed_default_parameter,
    Kind.block,
  );
  return holder === NONE || syntax.kind[holder] === Kind.block ? "" : (textOf(syntax, holder).split(/[=:]/)[0] ?? "");
}

/** Arguments of well-known functions, by their place. */
const PLACES: readonly (readonly [RegExp, number, Sort | undefined])[] = [
  [/^hashlib\.pbkdf2_hmac$/, 3, SORTS[1]],
  [/^bcrypt\.gensalt$/, 0, SORTS[0]],
  [/^(?:Crypto|Cryptodome)\.PublicKey\.(?:RSA|DSA)\.generate$/, 0, SORTS[2]],
];

function givenByPlace({ calls }: ModuleFacts): readonly Measure[] {
  return calls.flatMap(({ callee, name, args }) =>
    PLACES.flatMap(([pattern, place, sort]) => {
      const argument = args.find(({ position }) => position === place);
      const [value, ...others] = argument?.value.constants ?? [];
      if (sort === undefined || argument === undefined || typeof value !== "number" || others.length > 0) return [];
      return callee.some((path) => pattern.test(path)) ? [{ name, node: argument.node, value, sort }] : [];
    }),
  );
}
