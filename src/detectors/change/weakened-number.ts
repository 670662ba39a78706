import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { isUnderDebugGuard } from "../shared/guarded-by.ts";
import { type NamedValue, namedValues } from "../shared/named-values.ts";
import { secondsOf } from "../shared/seconds.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

/** Numbers on which a protection depends, and that the change makes weaker: fewer rounds, a shorter key, a longer life. */
export const weakenedNumber: ChangeDetector = {
  kind: "change",
  name: "weakened-number",
  prepare: () => ({ concerns: ({ removed, added }) => NAMES.test(removed) && NAMES.test(added), detect }),
};

const NAMES =
  /iterations?|rounds|_cost|\bcost=|factor|key_?(?:size|length|bits)|passw\w*len|len\w*passw|min\w*passw|passw\w*min|lifetime|expir|ttl|max_age|timeout|valid|attempts|tries|failure|threshold|pbkdf2_hmac|gensalt|\b[RD]SA\.generate/i;

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

/** What a number is for, by its name, and when less or more of it is weaker. */
interface Sort {
  readonly name: RegExp;
  /** What is around it has to say as well: the name itself, the call or the class. */
  readonly about: RegExp;
  readonly isWeaker: (before: number, after: number) => boolean;
  /** In words. */
  readonly weaker: string;
}

const DAY = 86_400;

const SORTS: readonly Sort[] = [
  {
    name: /^(?:log_rounds|bcrypt_(?:log_)?rounds|cost|work_factor|time_cost|memory_cost|n_rounds)$|_(?:log_rounds|work_factor|time_cost|memory_cost)$/i,
    about: /bcrypt|scrypt|argon|hash|kdf|password/i,
    isWeaker: (before, after) => after > 0 && after < before,
    weaker: "stolen hashes can be tried faster",
  },
  {
    name: /(?:^|_)(?:iterations?|rounds)$/i,
    about: /pbkdf2|hash|kdf|password|derive|crypt/i,
    isWeaker: (before, after) => after > 0 && after * 4 <= before * 3,
    weaker: "stolen hashes can be tried faster",
  },
  {
    name: /(?:^|_)key_?(?:size|length|bits)$/i,
    about: /./,
    isWeaker: (before, after) => after > 0 && after < before && before >= 128,
    weaker: "the key is easier to break",
  },
  {
    name: /^(?:password_?(?:min|minimum)(?:_?len(?:gth)?)?|(?:min|minimum)_?password(?:_?len(?:gth)?)?|password_?(?:min_?)?len(?:gth)?_?min)$/i,
    about: /./,
    isWeaker: (before, after) => after < before && after < 12,
    weaker: "shorter passwords are accepted",
  },
  {
    name: /(?:access|reset|session|login|id|bearer|api|jwt|auth|invite|invitation|magic|verification|otp|confirm\w*)_?(?:token|link|code|password)?\w*_(?:lifetime|expir\w*|ttl|max_age|timeout|valid\w*)(?:_(?:seconds|secs|minutes|hours|days))?$|^(?:token|jwt|otp)_(?:lifetime|expir\w*|ttl|max_age)(?:_(?:seconds|secs|minutes|hours|days))?$/i,
    about: /^(?!.*refresh)/i,
    isWeaker: (before, after) => before > 0 && after >= before * 8 && after >= 7 * DAY,
    weaker: "who gets hold of one can use it longer",
  },
  {
    name: /(?:max|maximum|allowed)_(?:failed_)?(?:login|password|otp|pin|code|auth)_?(?:attempts|failures|tries|retries)$|^axes_failure_limit$|(?:login|lockout)_(?:attempts?|failure)_?(?:limit|threshold)$/i,
    about: /./,
    isWeaker: (before, after) => before > 0 && after >= before * 5,
    weaker: "somebody can try more often",
  },
];

interface Measure {
  readonly name: string;
  readonly node: number;
  /** Seconds of what is a time. */
  readonly value: number;
  readonly sort: Sort;
}

function measuresOf(facts: ModuleFacts): ReadonlyMap<string, Measure> {
  const found = new Map<string, Measure | undefined>();
  const add = (key: string, one: Measure) => found.set(key, found.has(key) ? undefined : one);
  for (const named of namedValues(facts.syntax)) {
    const one = measureOf(facts, named);
    if (one !== undefined)
      add(`${facts.scopeOf(named.value)} ${aroundOf(facts, named)} ${named.how} ${named.name}`, one);
  }
  for (const one of givenByPlace(facts)) add(`${facts.scopeOf(one.node)} ${one.name}()`, one);
  return new Map([...found].flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const])));
}

function measureOf(facts: ModuleFacts, named: NamedValue): Measure | undefined {
  const { how, lastName, value: node } = named;
  if (how === "compared" || isUnderDebugGuard(facts.syntax, node)) return undefined;
  const sort = SORTS.find(({ name }) => name.test(lastName));
  if (sort === undefined || !sort.about.test(`${lastName} ${aroundOf(facts, named)} ${facts.scopeOf(node)}`))
    return undefined;
  const fact = facts.value(node);
  const number = fact === undefined ? undefined : secondsOf(facts, node, fact);
  if (number === undefined) return undefined;
  const unit = /_(minutes|hours|days)$/i.exec(lastName)?.[1]?.toLowerCase();
  return { name: named.name, node, value: number * (unit === undefined ? 1 : (UNITS[unit] ?? 1)), sort };
}

const UNITS: Readonly<Record<string, number>> = { minutes: 60, hours: 3_600, days: DAY };

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
  const owner = facts.definitions.find(
    ({ kind, qualifiedName }) => kind === "class" && qualifiedName === facts.scopeOf(value),
  );
  return owner?.bases.map(({ node }) => textOf(syntax, node)).join(" ") ?? "";
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
