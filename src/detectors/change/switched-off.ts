import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { type NamedValue, namedValues } from "../shared/named-values.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { lostTokenChecks } from "./jwt-options.ts";

/** Settings of a project's own that asked for a protection by their name, and that the change turns round. */
export const switchedOff: ChangeDetector = {
  kind: "change",
  name: "switched-off",
  prepare: () => ({
    concerns: ({ removed, added }) =>
      (/\bTrue\b/.test(removed) && /\bFalse\b/.test(added)) ||
      (/\bFalse\b/.test(removed) && /\bTrue\b/.test(added)) ||
      /talisman|_policy|_options|cookie|verify_|require/i.test(added),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  if (isDevelopmentPath(head.path)) return;
  const then = switchesOf(base);
  const now = switchesOf(head);
  for (const [key, after] of now) {
    const before = then.get(key);
    if (before === undefined || before.isOn === after.isOn || before.rest !== after.rest || after.isOn !== !after.asks)
      continue;
    // Another one for the same is on from now on: encryption from the start in place of encryption on request.
    const isExchanged = [...now].some(
      ([other, one]) =>
        other !== key &&
        one.scope === after.scope &&
        one.topic === after.topic &&
        one.isOn === one.asks &&
        then.get(other)?.isOn !== one.isOn,
    );
    if (isExchanged) continue;
    yield { node: after.node, fields: { name: after.name, value: after.isOn ? "True" : "False" } };
  }
  yield* byArguments(sides);
  for (const { name, value, node } of lostTokenChecks(sides)) yield { node, fields: { name, value } };
}

interface Switch {
  readonly name: string;
  readonly node: number;
  readonly scope: string;
  /** What it is about: `csrf`. */
  readonly topic: string;
  /** What it has to be to protect. */
  readonly asks: boolean;
  readonly isOn: boolean;
  /** What is written around the truth value: `env.bool("CSRF", …)`. */
  readonly rest: string;
}

/** By where they stand and what they are called; what a file says twice is left out. */
function switchesOf(facts: ModuleFacts): ReadonlyMap<string, Switch> {
  const found = new Map<string, Switch | undefined>();
  for (const named of namedValues(facts.syntax)) {
    const one = switchOf(facts, named);
    if (one === undefined) continue;
    const key = `${one.scope} ${holderOf(facts.syntax, named)} ${named.how} ${named.name}`;
    found.set(key, found.has(key) ? undefined : one);
  }
  return new Map([...found].flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const])));
}

function switchOf(facts: ModuleFacts, { how, name, lastName, value }: NamedValue): Switch | undefined {
  const { syntax } = facts;
  if (how === "compared") return undefined;
  const meaning = meaningOf(lastName);
  if (meaning === undefined) return undefined;
  const truths: number[] = [];
  for (let at = value; at < syntax.next[value]; at++)
    if (syntax.kind[at] === Kind.true || syntax.kind[at] === Kind.false) truths.push(at);
  const [truth, ...others] = truths;
  if (truth === undefined || others.length > 0) return undefined;
  const scope = facts.scopeOf(value);
  // A variable of a function begins as one and becomes the other.
  const isLocal = how === "assigned" && name === lastName && isFunction(facts, scope);
  if (isLocal || MAY_BE_DEVELOPMENT.test(scope) || isUnderDebugGuard(syntax, value)) return undefined;
  const rest =
    syntax.text.slice(syntax.start[value], syntax.start[truth]) +
    syntax.text.slice(syntax.end[truth], syntax.end[value]);
  return { name, node: value, scope, ...meaning, isOn: syntax.kind[truth] === Kind.true, rest };
}

function isFunction(facts: ModuleFacts, scope: string): boolean {
  return factIndex(facts).functionNamed(scope) !== undefined;
}

/** The call that takes a keyword, the name of the dictionary that has an entry. */
function holderOf(syntax: SyntaxArrays, { how, value }: NamedValue): string {
  if (how === "keyword") {
    const call = ancestorOfKind(syntax, value, Kind.call);
    return call === NONE ? "" : textOf(syntax, childByField(syntax, call, Field.function));
  }
  if (how !== "entry") return "";
  const target = ancestorOfKind(syntax, value, Kind.assignment, Kind.call, Kind.block);
  if (target === NONE || syntax.kind[target] === Kind.block) return "";
  return textOf(syntax, childByField(syntax, target, syntax.kind[target] === Kind.call ? Field.function : Field.left));
}

const MAY_BE_DEVELOPMENT = /dev|test|debug|local/i;

/** What a setting is about, by a word of its name. */
const TOPICS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    csrf: "csrf xsrf",
    access:
      "auth authentication authorization authorisation login permission permissions signature mfa otp totp captcha",
    tls: "ssl tls https certificate certificates cert certs hostname peer",
    escaping: "autoescape escaping sanitize sanitise sanitization sanitizer",
    limit: "ratelimit ratelimits throttle throttling",
    cookie: "httponly",
  }).flatMap(([topic, words]) => words.split(" ").map((word) => [word, topic] as const)),
);

/** Words by which a name asks for what it is about, and those by which it does without. */
const ASKS = new Set(
  "require requires required enforce enforced enforces verify verifies verification validate validation check checks checked protect protected protection enabled needed mandatory only force strict".split(
    " ",
  ),
);
const DOES_WITHOUT = new Set("disable disabled skip skips bypass exempt ignore insecure without".split(" "));

/** Names that ask without such a word. */
const WHOLE =
  /^(?:\w+_)?(?:autoescape|auto_escape|csrf|check_hostname|cookie_(?:secure|httponly|http_only)|rotate_refresh_tokens|blacklist_after_rotation)$/i;

/** What may be switched off without anything being open: that people can sign in, sign up or are asked again. */
const IS_FEATURE =
  /^(?:enable_|\w*_)?(?:login|mfa|otp|totp|captcha)_enabled$|^(?:auto|social|show|has|is|can|allow)_|_(?:ok|done|failed|error|errors|passed|result)$/i;

function meaningOf(name: string): Pick<Switch, "topic" | "asks"> | undefined {
  if (IS_FEATURE.test(name)) return undefined;
  const words = nameWords(name.replace(/rate_?limit(?:ing|s)?/i, "ratelimit"));
  const topic = words.map((word) => TOPICS.get(word)).find((one) => one !== undefined);
  if (WHOLE.test(name)) return { topic: topic ?? "page", asks: true };
  if (topic === undefined || words.length > MOST_WORDS) return undefined;
  if (words.some((word) => DOES_WITHOUT.has(word))) return { topic, asks: false };
  const isUsed = topic === "tls" && words.includes("use");
  const isEnabled =
    words[0] === "enable" &&
    (topic === "csrf" || topic === "limit" || words.includes("auth") || words.includes("authentication"));
  return isUsed || isEnabled || words.some((word) => ASKS.has(word)) ? { topic, asks: true } : undefined;
}

/** A longer name says more than whether something is on. */
const MOST_WORDS = 5;

/** Arguments of extensions that protect unless they are told not to. */
const ARGUMENTS: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [
    /^flask_talisman\.(?:talisman\.)?Talisman(?:\(\)\.init_app)?$/,
    new Set(
      "content_security_policy frame_options referrer_policy x_content_type_options session_cookie_secure session_cookie_http_only".split(
        " ",
      ),
    ),
  ],
];

function* byArguments({ base, head }: ChangeSides): Generator<Detection> {
  for (const [callee, keywords] of ARGUMENTS) {
    const [before, ...others] = base.calls.filter((call) => isCalled(call, callee));
    if (before === undefined || others.length > 0) continue;
    for (const after of head.calls.filter((call) => isCalled(call, callee)))
      for (const { keyword = "", node, value } of after.args) {
        if (!keywords.has(keyword) || !isOff(value.constants) || before.doubleSplat) continue;
        const was = before.args.find((one) => one.keyword === keyword);
        const isPolicy = was !== undefined && base.syntax.kind[was.node] === Kind.dictionary;
        if (was !== undefined && !isPolicy && (was.value.constants.length === 0 || isOff(was.value.constants)))
          continue;
        yield { node, fields: { name: `${lastPart(after.name)} ${keyword}`, value: textOf(head.syntax, node) } };
      }
  }
}

function isCalled({ callee }: CallFact, pattern: RegExp): boolean {
  return callee.some((path) => pattern.test(path));
}

function isOff(constants: readonly unknown[]): boolean {
  return constants.length > 0 && constants.every((one) => one === null || one === false);
}
