import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { nameWords } from "../shared/name-words.ts";
import { identifiersIn, lastPart } from "./guards.ts";

/** Something in a function's own body that stands between data, or whoever sent it, and what the function does. */
export interface Protection {
  /** The qualified name of the function around it. */
  readonly scope: string;
  /** As it is written, for a message: `validate_amount`, `raise PermissionDenied`. */
  readonly said: string;
  /** What tells it from another one: the last part of a call's name, or the exception of a refusal. */
  readonly key: string;
  /** The variables that it is about. */
  readonly subjects: ReadonlySet<string>;
  /** The condition under which a refusal is given, without spaces. */
  readonly condition?: string;
}

/** Names of calls that look at data or at who asks, and of those that make data harmless. */
export interface KnownProtections {
  /** API paths of functions that escape or clean what they are given. */
  readonly sanitizers: ReadonlySet<string>;
}

const WHOLE_NAMES = new Set(["is_valid", "full_clean", "validate_on_submit", "url_has_allowed_host_and_scheme"]);

/** `validate_name`, `verify_signature`, `authorize`. */
const FIRST_WORDS = new Set(["validate", "verify", "authorize", "authorise"]);

/** `sanitize_html`, `maybe_sanitize_url`, `redact_headers`. */
const CLEANING_WORDS = new Set(["sanitize", "sanitise", "sanitized", "sanitised", "redact", "scrub"]);

/** Methods and functions that ask whether a path lies within a folder; what they are called on is the data. */
const CONTAINMENT = new Set(["is_relative_to", "commonpath"]);

/** Names that begin like a check and are none: of files, types, interfaces, tests and networks. */
const NO_CHECK = /_mock|schema_version|^verify_ssl$|^validate_assignment$|^verify(?:Object|Class)$/;

/** Words in the name of an exception that turns somebody away, or data that was tampered with. */
const REFUSING_WORDS = new Set(
  (
    "security permission forbidden unauthorized unauthorised unauthenticated authentication authorization suspicious " +
    "untrusted tampered tampering signature csrf traversal disallowed"
  ).split(" "),
);
const REFUSALS = new Set(["AccessDenied", "NotAuthorized", "NotAuthenticated", "PermissionDenied"]);
const ANSWERING = new Set(["abort", "HTTPException", "HTTPError"]);
const STATUS = /^40[13]$/;

/** The protections in the bodies of functions, by the function's qualified name; `""` is the module. */
export function protectionsIn(facts: ModuleFacts, known: KnownProtections): ReadonlyMap<string, readonly Protection[]> {
  const checks = facts.calls.filter((call) => isProtecting(call, known));
  const found = [...checks.map((call) => asProtection(facts, call)), ...refusalsIn(facts)];
  return Map.groupBy(found, ({ scope }) => scope);
}

/** Whether a call is a check by its name, or a sanitizer by its API path. */
export function isProtecting({ name, callee }: CallFact, { sanitizers }: KnownProtections): boolean {
  return isCheck(lastPart(name)) || callee.some((path) => sanitizers.has(path));
}

/** The variables that a call is about: what it is called on, and what it is given. */
export function subjectsOf(facts: ModuleFacts, { node, name, args }: CallFact): ReadonlySet<string> {
  const { syntax } = facts;
  const callee = childByField(syntax, node, Field.function);
  const object =
    callee !== NONE && syntax.kind[callee] === Kind.attribute ? identifiersIn(facts, callee).slice(0, -1) : [];
  const given = args.flatMap((arg) => rootsIn(facts, arg.node));
  const isAboutObject = given.length === 0 || WHOLE_NAMES.has(lastPart(name)) || CONTAINMENT.has(lastPart(name));
  return asSubjects([...(isAboutObject ? object.slice(0, 1) : []), ...given]);
}

/** A question that the code asks before it goes on. */
export interface Condition {
  /** Its text, without spaces. */
  readonly condition: string;
  readonly subjects: ReadonlySet<string>;
  /** Whether the way behind it ends: with an exception, an answer, the next round. */
  readonly turnsAway: boolean;
}

/** Each `if`, `elif`, `while`, `assert` and conditional expression of a body. */
export function conditionsIn(facts: ModuleFacts, body: number): readonly Condition[] {
  const { syntax } = facts;
  const found: Condition[] = [];
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const condition = conditionOf(facts, at);
    if (condition !== NONE) found.push({ ...asCondition(facts, condition), turnsAway: turnsAway(facts, at) });
  }
  return found;
}

const ENDS: ReadonlySet<number> = new Set([
  Kind.raise_statement,
  Kind.return_statement,
  Kind.continue_statement,
  Kind.break_statement,
  Kind.assert_statement,
]);

function turnsAway({ syntax }: ModuleFacts, node: number): boolean {
  for (let at = node; at < syntax.next[node]; at++) {
    if (ENDS.has(syntax.kind[at]) || (syntax.kind[at] === Kind.call && ANSWERING.has(calledName(syntax, at))))
      return true;
  }
  return false;
}

function isCheck(name: string): boolean {
  if (WHOLE_NAMES.has(name) || CONTAINMENT.has(name)) return true;
  const words = nameWords(name);
  const [first = ""] = words;
  const isNamed = FIRST_WORDS.has(first) || words.some((word) => CLEANING_WORDS.has(word)) || isGuardName(name);
  return isNamed && !NO_CHECK.test(name);
}

function asProtection(facts: ModuleFacts, call: CallFact): Protection {
  const subjects = subjectsOf(facts, call);
  return { scope: facts.scopeOf(call.node), said: call.name, key: lastPart(call.name), subjects };
}

/** `if …: raise PermissionDenied`, `if …: abort(403)`: what is refused under a condition. */
function refusalsIn(facts: ModuleFacts): readonly Protection[] {
  return [...raisedIn(facts), ...answersIn(facts)].flatMap(({ node, said }) => {
    const { syntax } = facts;
    const above = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause, Kind.function_definition);
    const condition = above === NONE ? NONE : conditionOf(facts, above);
    if (condition === NONE) return [];
    return [{ scope: facts.scopeOf(node), said, key: said, ...asCondition(facts, condition) }];
  });
}

interface Refusal {
  readonly node: number;
  readonly said: string;
}

function* raisedIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax } = facts;
  for (let node = 0; node < syntax.kind.length; node++) {
    if (syntax.kind[node] !== Kind.raise_statement) continue;
    const raised = raisedName(facts, node);
    if (isRefusal(raised)) yield { node, said: `raise ${raised}` };
  }
}

function* answersIn({ calls }: ModuleFacts): Generator<Refusal> {
  for (const { node, name, args } of calls) {
    if (!ANSWERING.has(lastPart(name))) continue;
    const status = args.find(({ position, keyword }) => position === 0 || keyword === "status_code");
    const [code, ...others] = status?.value.constants ?? [];
    if (others.length === 0 && STATUS.test(`${code}`)) yield { node, said: `${lastPart(name)}(${code})` };
  }
}

function raisedName({ syntax }: ModuleFacts, node: number): string {
  const value = firstNamedChild(syntax, node);
  if (value === NONE) return "";
  return syntax.kind[value] === Kind.call ? calledName(syntax, value) : lastPart(textOf(syntax, value));
}

function calledName(syntax: SyntaxArrays, call: number): string {
  return lastPart(textOf(syntax, childByField(syntax, call, Field.function)));
}

function isRefusal(exception: string): boolean {
  return REFUSALS.has(exception) || nameWords(exception).some((word) => REFUSING_WORDS.has(word));
}

function conditionOf({ syntax }: ModuleFacts, node: number): number {
  const kind = syntax.kind[node];
  if (kind === Kind.if_statement || kind === Kind.elif_clause || kind === Kind.while_statement) {
    return childByField(syntax, node, Field.condition);
  }
  return kind === Kind.assert_statement || kind === Kind.conditional_expression ? node : NONE;
}

function asCondition(facts: ModuleFacts, node: number): Omit<Condition, "turnsAway"> {
  return { condition: textOf(facts.syntax, node).replace(/\s+/g, ""), subjects: asSubjects(rootsIn(facts, node)) };
}

/** The variables of an expression: no attributes, no names of keywords. */
function rootsIn({ syntax }: ModuleFacts, node: number): readonly string[] {
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.identifier || syntax.field[at] === Field.attribute || syntax.field[at] === Field.name)
      continue;
    if (syntax.field[at] !== Field.function) found.push(textOf(syntax, at));
  }
  return found;
}

function asSubjects(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((one) => one !== "self" && one !== "cls" && one !== "request"));
}
