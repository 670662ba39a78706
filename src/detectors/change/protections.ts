import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { nameWords } from "../shared/name-words.ts";
import { asSubjects, variablesIn } from "./conditions.ts";
import { identifiersIn } from "./guards.ts";
import { loopedOver } from "./looped-over.ts";
import type { Protection } from "./protection.ts";
import { refusalsIn } from "./refusals.ts";
import { usedUpIn } from "./used-up.ts";

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
const CLEANING_WORDS = new Set([
  "sanitize",
  "sanitise",
  "sanitized",
  "sanitised",
  "redact",
  "scrub",
  "escape",
  "neutralize",
  "neutralized",
  "neutralise",
  "neutralised",
]);

/** Methods and functions that ask whether a path lies within a folder; what they are called on is the data. */
const CONTAINMENT = new Set(["is_relative_to", "commonpath"]);

/** `self.ratelimiters["user"].hit`, `login_limiter.test`: what counts how often somebody tries. */
const COUNTS =
  /(?:rate_?limit|limiter|throttle)\w*(?:\[[^\]]*\])?\.(?:hit|test|check|acquire|allow|is_allowed|consume)$/i;

/** `self.auth.check`, `acl.allows`: an object that is there to say who may. */
const ASKS_WHO =
  /(?:^|[._])(?:auth|authenticator|authorizer|acl|policy|permissions?)\.(?:check|verify|allows?|permits?|is_allowed)$/i;

/** What ends a session that somebody else may know, before it is somebody's, and after it was. */
const RENEWS_SESSION =
  /(?:^|\.)session\.(?:clear|flush|cycle_key|regenerate|renew|rotate|invalidate)$|(?:^|[._])(?:revoke|invalidate)_(?:all_|other_)?(?:sessions|tokens)$/;
const SIGNS_OUT = /^django\.contrib\.auth\.logout$|^flask_login\.(?:utils\.)?logout_user$/;

function renewsSession({ name, callee }: CallFact): boolean {
  return RENEWS_SESSION.test(name) || callee.some((path) => SIGNS_OUT.test(path));
}

/** Rights of the process, and of the files that it makes, which are given up before it works for others. */
const GIVES_UP = /^os\.(?:setgroups|initgroups|set(?:res|re|e)?[ug]id|chroot|umask)$/;

/** `path.relative_to(ROOT)` on a line of its own, which raises where the path lies elsewhere. */
function staysWithin({ syntax }: ModuleFacts, { name, node }: CallFact): boolean {
  return lastPart(name) === "relative_to" && syntax.kind[syntax.parent[node]] === Kind.expression_statement;
}

/** `os.chmod(path, 0o600)`, `key.chmod(0o400)`: nobody but its owner may read or change a file. */
function makesPrivate({ name, args }: CallFact): boolean {
  if (!/^f?chmod$/.test(lastPart(name))) return false;
  const modes = (args.at(-1)?.value.constants ?? []).filter((one) => typeof one === "number");
  return modes.length > 0 && modes.every((mode) => (mode & 0o077) === 0);
}

/** `headers.pop("Authorization", None)` on a line of its own: what nobody else may see is taken out before it goes on. */
function takesOutSecret({ syntax }: ModuleFacts, { name, node, args }: CallFact): boolean {
  if (lastPart(name) !== "pop" || syntax.kind[syntax.parent[node]] !== Kind.expression_statement) return false;
  const [key] = args[0]?.value.constants ?? [];
  return typeof key === "string" && SECRET_KEY.test(key);
}

const SECRET_KEY = /^(?:proxy[-_])?authorization$|^(?:set[-_])?cookie$|passw|secret|token|api[-_]?key|credential/i;

/** Names that begin like a check and are none: of files, types, interfaces, tests and networks. */
const NO_CHECK = /_mock|schema_version|^verify_ssl$|^validate_assignment$|^verify(?:Object|Class)$/;

/** The protections in the bodies of functions, by the function's qualified name; `""` is the module. */
export function protectionsIn(facts: ModuleFacts, known: KnownProtections): ReadonlyMap<string, readonly Protection[]> {
  const checks = facts.calls.filter(
    (call) => isProtecting(call, known) || staysWithin(facts, call) || takesOutSecret(facts, call),
  );
  const found = [...checks.map((call) => asProtection(facts, call, known)), ...refusalsIn(facts), ...countersIn(facts)];
  return Map.groupBy([...found, ...usedUpIn(facts)], ({ scope }) => scope);
}

/** `account.failures += 1`: without it no limit is ever reached. */
function countersIn(facts: ModuleFacts): readonly Protection[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.augmented_assignment)].flatMap((node) => {
    const said = textOf(syntax, node);
    if (!/^[\w.]*\.(?:\w+_)?(?:failures|failed_\w+|attempts|tries)\s*\+=/.test(said)) return [];
    const key = said.split("+=")[0]?.trim() ?? said;
    return [{ scope: facts.scopeOf(node), said, key, subjects: asSubjects(variablesIn(facts, node)) }];
  });
}

/** Whether a call is a check by its name, or a sanitizer by its API path. */
export function isProtecting(call: CallFact, { sanitizers, checks }: KnownProtections): boolean {
  const { name, callee } = call;
  if (checks?.has(lastPart(name)) === true) return true;
  return (
    isCheck(lastPart(name)) ||
    makesPrivate(call) ||
    COUNTS.test(name) ||
    ASKS_WHO.test(name) ||
    renewsSession(call) ||
    callee.some((path) => sanitizers.has(path) || GIVES_UP.test(path))
  );
}

/** The variables that a call is about: what it is called on, and what it is given. A session is everybody's. */
export function subjectsOf(facts: ModuleFacts, call: CallFact): ReadonlySet<string> {
  const { syntax } = facts;
  const { node, name, args } = call;
  if (renewsSession(call)) return new Set();
  const callee = childByField(syntax, node, Field.function);
  const object =
    callee !== NONE && syntax.kind[callee] === Kind.attribute ? identifiersIn(facts, callee).slice(0, -1) : [];
  // A module is nothing that a check is about.
  const isModule = facts.imports.some(({ alias }) => alias === object[0]);
  const given = args.flatMap((arg) => variablesIn(facts, arg.node));
  const isAboutObject =
    given.length === 0 || WHOLE_NAMES.has(lastPart(name)) || /^(?:is_)?relative_to$|^commonpath$/.test(lastPart(name));
  return asSubjects([...(isAboutObject && !isModule ? object.slice(0, 1) : []), ...given]);
}

function isCheck(name: string): boolean {
  if (WHOLE_NAMES.has(name) || CONTAINMENT.has(name)) return true;
  const words = nameWords(name);
  const [first = ""] = words;
  const isNamed = FIRST_WORDS.has(first) || words.some((word) => CLEANING_WORDS.has(word)) || isGuardName(name);
  return isNamed && !NO_CHECK.test(name);
}

function asProtection(facts: ModuleFacts, call: CallFact, { sanitizers }: KnownProtections): Protection {
  const { syntax } = facts;
  const { node, name, args, callee } = call;
  const own = subjectsOf(facts, call);
  const found = own.size > 0 ? own : installedIn(facts, call);
  const subjects = new Set([...found, ...loopedOver(facts, node, found)]);
  const isAboutWho =
    renewsSession(call) ||
    callee.some((path) => GIVES_UP.test(path)) ||
    (subjects.size === 0 && args.some((one) => IS_REQUEST.test(textOf(syntax, one.node))));
  const [first] = args;
  const isSanitizer = callee.some((path) => sanitizers.has(path));
  const cleaned = first === undefined ? NONE : decoded(facts, first.node);
  const isPart = cleaned !== NONE && syntax.kind[cleaned] !== Kind.identifier;
  const cleans = isSanitizer && isPart ? cleanedText(facts, cleaned) : undefined;
  const isForShell = callee.some((path) => /^(?:shlex|pipes)\./.test(path));
  const about = {
    ...(isAboutWho && { isAboutWho }),
    ...(isForShell && { isForShell }),
    ...(cleans !== undefined && { cleans }),
  };
  return { scope: facts.scopeOf(node), said: name, key: lastPart(name), subjects, ...about };
}

/** `token` of `token.encode()` and of `str(token)`: the same text, for what takes bytes or nothing but text. */
function decoded({ syntax }: ModuleFacts, node: number): number {
  const callee = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : NONE;
  if (callee !== NONE && textOf(syntax, callee) === "str")
    return firstNamedChild(syntax, childByField(syntax, node, Field.arguments));
  const isEncoded =
    callee !== NONE && syntax.kind[callee] === Kind.attribute && /\.encode$/.test(textOf(syntax, callee));
  return isEncoded ? childByField(syntax, callee, Field.object) : node;
}

/** What is cleaned, without spaces: of a call as far as its bracket, for it may be told more. */
function cleanedText({ syntax }: ModuleFacts, node: number): string {
  const isCall = syntax.kind[node] === Kind.call;
  const written = textOf(syntax, isCall ? childByField(syntax, node, Field.function) : node).replace(/\s+/g, "");
  return isCall ? `${written}(` : written;
}

/** The variable that is told to use what the call makes: `handler` of `handler.addFilter(Redact())`. */
function installedIn(facts: ModuleFacts, { node }: CallFact): ReadonlySet<string> {
  const { syntax } = facts;
  const around = syntax.parent[syntax.parent[node]];
  if (syntax.kind[syntax.parent[node]] !== Kind.argument_list || syntax.kind[around] !== Kind.call) return new Set();
  const callee = childByField(syntax, around, Field.function);
  return syntax.kind[callee] === Kind.attribute ? asSubjects(identifiersIn(facts, callee).slice(0, 1)) : new Set();
}

const IS_REQUEST = /^(?:self\.)?request(?:\.(?:headers|cookies|META)\b.*)?$/s;
