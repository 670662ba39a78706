import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
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
  /** Names of the calls that stand behind a refusal in its block: what it protects; none where it is the last. */
  readonly behind?: readonly string[];
}

/** Names of calls that look at data or at who asks, and of those that make data harmless. */
export interface KnownProtections {
  /** API paths of functions that escape or clean what they are given. */
  readonly sanitizers: ReadonlySet<string>;
  /** Names of functions of the project that do nothing but refuse. */
  readonly checks?: ReadonlySet<string>;
}

const WHOLE_NAMES = new Set([
  "is_valid",
  "full_clean",
  "validate_on_submit",
  "url_has_allowed_host_and_scheme",
  "construct_event",
  "checkpw",
  "check_password",
]);

/** `validate_name`, `verify_signature`, `authorize`. */
const FIRST_WORDS = new Set(["validate", "verify", "authorize", "authorise"]);

/** `sanitize_html`, `maybe_sanitize_url`, `redact_headers`. */
const CLEANING_WORDS = new Set(["sanitize", "sanitise", "sanitized", "sanitised", "redact", "scrub", "escape"]);

/** Methods and functions that ask whether a path lies within a folder; what they are called on is the data. */
const CONTAINMENT = new Set(["is_relative_to", "commonpath"]);

/** `self.ratelimiters["user"].hit`, `login_limiter.test`: what counts how often somebody tries. */
const COUNTS =
  /(?:rate_?limit|limiter|throttle)\w*(?:\[[^\]]*\])?\.(?:hit|test|check|acquire|allow|is_allowed|consume)$/i;

/** What ends a session that somebody else may know, before it is somebody's. */
const RENEWS_SESSION = /(?:^|\.)session\.(?:clear|flush|cycle_key|regenerate|renew|rotate|invalidate)$/;

/** Names that begin like a check and are none: of files, types, interfaces, tests and networks. */
const NO_CHECK = /_mock|schema_version|^verify_ssl$|^validate_assignment$|^verify(?:Object|Class)$/;

/** Words in the name of an exception that turns somebody away, or data that was tampered with. */
const REFUSING_WORDS = new Set(
  (
    "security permission forbidden unauthorized unauthorised unauthenticated authentication authorization suspicious " +
    "untrusted tampered tampering signature csrf traversal disallowed throttled ratelimited"
  ).split(" "),
);
const REFUSALS = new Set(["AccessDenied", "NotAuthorized", "NotAuthenticated", "PermissionDenied", "ValidationError"]);
const ANSWERING = new Set(["abort", "HTTPException", "HTTPError"]);
const STATUS = /^(?:40[13]|413|429)$/;

/** What pretends that there is nothing, and is a refusal where the condition asks who is there or what they hold. */
const HIDING = /^(?:(?:HTTP)?NotFound|Http404)$/;
const ASKS_WHO =
  /\b(?:session\.user|request\.user|current_user|user|g\.user|auth_subject)\b|token|secret|private|permission|\bcan_|restrict\(/;

/** What turns away data that was tampered with, whatever it raises. */
const COMPARES_DIGEST = /(?:digest\(\)|checksum|signature)\W.*(?:!=|==)|(?:!=|==).*(?:digest\(\)|checksum|signature)/is;

/** The protections in the bodies of functions, by the function's qualified name; `""` is the module. */
export function protectionsIn(facts: ModuleFacts, known: KnownProtections): ReadonlyMap<string, readonly Protection[]> {
  const checks = facts.calls.filter((call) => isProtecting(call, known));
  const found = [...checks.map((call) => asProtection(facts, call)), ...refusalsIn(facts)];
  return Map.groupBy(found, ({ scope }) => scope);
}

/** Whether a call is a check by its name, or a sanitizer by its API path. */
export function isProtecting({ name, callee }: CallFact, { sanitizers, checks }: KnownProtections): boolean {
  if (checks?.has(lastPart(name)) === true) return true;
  return (
    isCheck(lastPart(name)) ||
    COUNTS.test(name) ||
    RENEWS_SESSION.test(name) ||
    callee.some((path) => sanitizers.has(path))
  );
}

/** The variables that a call is about: what it is called on, and what it is given. */
export function subjectsOf(facts: ModuleFacts, { node, name, args }: CallFact): ReadonlySet<string> {
  const { syntax } = facts;
  const callee = childByField(syntax, node, Field.function);
  const object =
    callee !== NONE && syntax.kind[callee] === Kind.attribute ? identifiersIn(facts, callee).slice(0, -1) : [];
  const given = args.flatMap((arg) => variablesIn(facts, arg.node));
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
    if (condition !== NONE)
      found.push({
        ...asCondition(facts, condition),
        subjects: asSubjects(variablesIn(facts, condition)),
        turnsAway: turnsAway(facts, at),
      });
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
  return [...raisedIn(facts), ...answersIn(facts), ...passedOverIn(facts)].flatMap(({ node, said }) => {
    const { syntax } = facts;
    const above = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause, Kind.function_definition);
    const condition = above === NONE ? NONE : conditionOf(facts, above);
    if (condition === NONE) return [];
    const behind = callsBehind(facts, above);
    return [{ scope: facts.scopeOf(node), said, key: said, ...asCondition(facts, condition), behind }];
  });
}

function callsBehind({ syntax, calls }: ModuleFacts, branch: number): readonly string[] {
  const statement = syntax.kind[branch] === Kind.elif_clause ? syntax.parent[branch] : branch;
  const last = syntax.next[syntax.parent[statement]];
  return calls.filter(({ node }) => node >= syntax.next[statement] && node < last).map(({ name }) => name);
}

interface Refusal {
  readonly node: number;
  readonly said: string;
}

function* raisedIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.raise_statement)) {
    const raised = raisedName(facts, node);
    const isRefused =
      isRefusal(raised) ||
      (HIDING.test(raised) && isConditionOf(facts, node, ASKS_WHO)) ||
      isConditionOf(facts, node, COMPARES_DIGEST);
    if (isRefused) yield { node, said: `raise ${raised}` };
  }
}

function* answersIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax, calls } = facts;
  for (const call of calls) {
    const name = lastPart(call.name);
    const isReturned = syntax.kind[syntax.parent[call.node]] === Kind.return_statement;
    if (isReturned && /Forbidden|Unauthori[sz]ed/.test(name)) yield { node: call.node, said: name };
    else if (ANSWERING.has(name) || isReturned) {
      const code = statusOf(facts, call);
      if (code !== undefined) yield { node: call.node, said: `${name}(${code})` };
    }
  }
  for (const node of nodesOfKind(syntax, Kind.return_statement)) {
    const answer = firstNamedChild(syntax, node);
    if (answer === NONE || syntax.kind[answer] !== Kind.expression_list) continue;
    const code = namedChildren(syntax, answer)
      .map((part) => textOf(syntax, part))
      .find((part) => STATUS.test(part));
    if (code !== undefined) yield { node, said: `return ${code}` };
  }
}

/** 401 or 403, as a number or by its name: `status.HTTP_403_FORBIDDEN`. */
function statusOf({ syntax }: ModuleFacts, { name, args }: CallFact): string | undefined {
  const status = args.find(({ position, keyword = "" }) =>
    keyword === "" ? position === 0 && ANSWERING.has(lastPart(name)) : /^status(?:_code)?$/.test(keyword),
  );
  if (status === undefined) return undefined;
  const [code, ...others] = status.value.constants;
  if (code !== undefined) return others.length === 0 && STATUS.test(`${code}`) ? `${code}` : undefined;
  return NAMED_STATUS.exec(textOf(syntax, status.node))?.[0];
}

const NAMED_STATUS =
  /(?<=HTTP_)(?:40[13]|413|429)(?=_)|\b(?:FORBIDDEN|UNAUTHORIZED|TOO_MANY_REQUESTS|(?:CONTENT|REQUEST_ENTITY)_TOO_LARGE)$/;

/** `if not order.can_access(user): continue`: what somebody may not see is passed over. */
function* passedOverIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax } = facts;
  for (const { node, name } of facts.calls) {
    const called = lastPart(name);
    if (!ASKS_WHETHER.test(called)) continue;
    const branch = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause, Kind.block);
    if (branch === NONE || conditionOf(facts, branch) === NONE || node >= syntax.next[conditionOf(facts, branch)])
      continue;
    const [first = NONE] = namedChildren(syntax, childByField(syntax, branch, Field.consequence));
    if (first !== NONE && ENDS.has(syntax.kind[first])) yield { node: first, said: called };
  }
}

const ASKS_WHETHER = /^(?:can|may)_|^has_(?:\w+_)?perm|^has_access$|^is_(?:allowed|permitted|authori[sz]ed)$/;

function isConditionOf(facts: ModuleFacts, node: number, pattern: RegExp): boolean {
  const above = ancestorOfKind(facts.syntax, node, Kind.if_statement, Kind.elif_clause, Kind.function_definition);
  const condition = above === NONE ? NONE : conditionOf(facts, above);
  return condition !== NONE && pattern.test(textOf(facts.syntax, condition));
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
  if (/^TooMany|RateLimit/.test(exception)) return true;
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

/** The variables of an expression, and what it reads of the object itself: `self.order` of `self.order.total`. */
export function variablesIn(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  const own: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.identifier || textOf(syntax, at) !== "self") continue;
    const above = syntax.parent[at];
    const isCalled = syntax.field[above] === Field.function;
    if (syntax.kind[above] === Kind.attribute && !isCalled) own.push(textOf(syntax, above));
  }
  return [...rootsIn(facts, node), ...own.filter((name) => name !== "self.request")];
}

/** The variables of an expression: no attributes, no names of keywords, nothing that is imported but the session of Flask. */
function rootsIn(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  const imported = importedNames(facts);
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.identifier || syntax.field[at] === Field.attribute || syntax.field[at] === Field.name)
      continue;
    const name = textOf(syntax, at);
    if (syntax.field[at] !== Field.function && !imported.has(name)) found.push(name);
  }
  return found;
}

const importedNames: (facts: ModuleFacts) => ReadonlySet<string> = oncePer(
  ({ imports }) => new Set(imports.flatMap(({ alias, member }) => (member === "session" ? [] : [alias]))),
);

function asSubjects(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((one) => one !== "self" && one !== "cls" && one !== "request"));
}
