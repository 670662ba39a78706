import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import {
  ancestorOfKind,
  childByField,
  childOfKind,
  children,
  childrenByField,
  NONE,
  textOf,
} from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { literalText, operands } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { isMismatch, isVerifier } from "../shared/verifier.ts";

const ASKS = new Set([
  "is",
  "has",
  "have",
  "can",
  "may",
  "check",
  "verify",
  "validate",
  "authenticate",
  "authorize",
  "ensure",
  "test",
]);

const ACCESS = new Set([
  "allowed",
  "permitted",
  "authorized",
  "authorised",
  "authenticated",
  "authenticate",
  "authorize",
  "auth",
  "permission",
  "permissions",
  "perm",
  "access",
  "login",
  "logged",
  "token",
  "signature",
  "password",
  "credential",
  "credentials",
  "admin",
  "superuser",
  "owner",
  "role",
  "jwt",
  "session",
  "csrf",
  "captcha",
  "otp",
  "mfa",
  "totp",
  "trusted",
  "certificate",
  "licensed",
]);

/** What `can_…` asks when it is about rights. */
const ACTIONS = new Set([
  "access",
  "edit",
  "view",
  "see",
  "delete",
  "manage",
  "modify",
  "login",
  "publish",
  "approve",
  "administer",
  "download",
]);

/** In these, yes is the refusal: `is_blocked`, `is_token_revoked`. */
const REFUSALS = new Set([
  "blocked",
  "banned",
  "revoked",
  "blacklisted",
  "blocklisted",
  "denied",
  "locked",
  "expired",
  "forbidden",
  "suspended",
]);

/** What may be revoked, locked or expired as well, and lets nobody in. */
const THINGS = new Set(["task", "job", "file", "cache", "lease", "row", "record", "entry", "database", "queue"]);

/** A check of access in which an exception ends in the answer that lets the caller in. */
export const failOpen: ModuleDetector = {
  kind: "module",
  name: "fail-open",
  triggers: { nodes: [Kind.except_clause], and: { words: [...ACCESS, ...ACTIONS, ...REFUSALS, "user", "identity"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const definition of facts.definitions) {
    if (definition.kind !== "function") continue;
    const grant = grantOf(definition.name);
    if (grant !== undefined) yield* openHandlers(facts.syntax, definition, grant, () => true);
    else if (isVerifier(definition.name)) yield* openHandlers(facts.syntax, definition, "True", isMismatch);
    yield* grantingHandlers(facts.syntax, definition);
  }
}

type Answer = "True" | "False";

/** The answer that lets in, for a function that is named as a check of access. */
function grantOf(name: string): Answer | undefined {
  const words = nameWords(name);
  const [first = ""] = words;
  if (!ASKS.has(first)) return undefined;
  if (words.some((word) => REFUSALS.has(word))) return words.some((word) => THINGS.has(word)) ? undefined : "False";
  const rest = words.slice(first === "authenticate" || first === "authorize" ? 0 : 1);
  if (first === "can" || first === "may") return rest.some((word) => ACTIONS.has(word)) ? "True" : undefined;
  return rest.some((word) => ACCESS.has(word)) ? "True" : undefined;
}

function* openHandlers(
  syntax: SyntaxArrays,
  definition: DefinitionFact,
  grant: Answer,
  isMeant: (caught: string) => boolean,
): Generator<Detection> {
  for (let node = definition.node; node < syntax.next[definition.node]; node++) {
    if (syntax.kind[node] !== Kind.except_clause) continue;
    if (ancestorOfKind(syntax, node, Kind.function_definition, Kind.lambda) !== functionNode(syntax, definition))
      continue;
    const caught = caughtBy(syntax, node);
    const end = isMeant(caught) ? openEnd(syntax, node, grant) : undefined;
    if (end === undefined) continue;
    const fields = {
      function: definition.name,
      answer: grant,
      refusal: grant === "True" ? "False" : "True",
      exception: caught,
    };
    const [answer] = syntax.kind[end] === Kind.return_statement ? operands(syntax, end) : [];
    yield { node: end, ...(answer !== undefined && { value: answer }), fields };
  }
}

/** A handler that answers with somebody who has rights: `return {"name": "guest", "admin": True}`. */
function* grantingHandlers(syntax: SyntaxArrays, definition: DefinitionFact): Generator<Detection> {
  if (!nameWords(definition.name).some((word) => ACCESS.has(word) || word === "user" || word === "identity")) return;
  for (let node = definition.node; node < syntax.next[definition.node]; node++) {
    if (syntax.kind[node] !== Kind.except_clause) continue;
    const block = childOfKind(syntax, node, Kind.block);
    const last = block === NONE ? undefined : operands(syntax, block).at(-1);
    if (last === undefined || syntax.kind[last] !== Kind.return_statement) continue;
    const [answer] = operands(syntax, last);
    const right = answer === undefined ? undefined : rightIn(syntax, answer);
    if (right === undefined) continue;
    const fields = { function: definition.name, answer: right, refusal: "None", exception: caughtBy(syntax, node) };
    yield { node: last, fields };
  }
}

const RIGHTS = /^(?:is_?)?(?:admin|superuser|staff|authenticated|authorized|allowed|root)$/i;

/** An entry of a dict that is written out and gives a right. */
function rightIn(syntax: SyntaxArrays, node: number): string | undefined {
  if (syntax.kind[node] !== Kind.dictionary) return undefined;
  const given = operands(syntax, node).find((pair) => {
    const [key, value] = operands(syntax, pair);
    if (key === undefined || value === undefined) return false;
    const name = literalText(syntax, key) ?? "";
    const isAdmin =
      /^roles?$/i.test(name) && /["'](?:admin|administrator|root|superuser)["']/i.test(textOf(syntax, value));
    return isAdmin || (RIGHTS.test(name) && syntax.kind[value] === Kind.true);
  });
  return given === undefined ? undefined : textOf(syntax, given);
}

function functionNode(syntax: SyntaxArrays, definition: DefinitionFact): number {
  const inner = childByField(syntax, definition.node, Field.definition);
  return inner === NONE ? definition.node : inner;
}

/** The last statement of a handler after which the function answers `grant`. */
function openEnd(syntax: SyntaxArrays, handler: number, grant: Answer): number | undefined {
  const block = childOfKind(syntax, handler, Kind.block);
  const last = block === NONE ? undefined : operands(syntax, block).at(-1);
  if (last === undefined || caughtBy(syntax, handler).includes("ImportError")) return undefined;
  if (syntax.kind[last] === Kind.return_statement) return returns(syntax, last, grant) ? last : undefined;
  if (leaves(syntax, last)) return undefined;
  return answersAfter(syntax, handler, grant) ? last : undefined;
}

/** Whether control that goes past the handler meets `return True`, or returns a name that was set to `True` before. */
function answersAfter(syntax: SyntaxArrays, handler: number, grant: Answer): boolean {
  const attempt = syntax.parent[handler];
  const siblings = operands(syntax, syntax.parent[attempt]);
  const at = siblings.indexOf(attempt);
  const after = siblings[at + 1];
  if (after === undefined || syntax.kind[after] !== Kind.return_statement || hasFinallyReturn(syntax, attempt))
    return false;
  if (returns(syntax, after, grant))
    return refusesInside(syntax, attempt, grant) || isMismatch(caughtBy(syntax, handler));
  const [answer] = operands(syntax, after);
  if (answer === undefined || syntax.kind[answer] !== Kind.identifier) return false;
  const name = textOf(syntax, answer);
  const before = siblings.slice(0, at).findLast((statement) => assignsTo(syntax, statement, name) !== NONE);
  if (before === undefined || assignedWithin(syntax, handler, name)) return false;
  return textOf(syntax, assignsTo(syntax, before, name)) === grant && assignedWithin(syntax, attempt, name);
}

/** Whether the attempt itself can refuse: otherwise the function is not a check. */
function refusesInside(syntax: SyntaxArrays, attempt: number, grant: Answer): boolean {
  const body = childByField(syntax, attempt, Field.body);
  for (let node = body; node < syntax.next[body]; node++) {
    if (syntax.kind[node] === Kind.return_statement && !returns(syntax, node, grant)) return true;
  }
  return false;
}

function returns(syntax: SyntaxArrays, statement: number, answer: Answer): boolean {
  const [value] = operands(syntax, statement);
  return value !== undefined && syntax.kind[value] === (answer === "True" ? Kind.true : Kind.false);
}

function leaves(syntax: SyntaxArrays, statement: number): boolean {
  const kind = syntax.kind[statement];
  if (kind === Kind.raise_statement || kind === Kind.continue_statement || kind === Kind.break_statement) return true;
  return (
    kind === Kind.expression_statement &&
    /^(?:abort|sys\.exit|exit|self\.fail|fail|flask\.abort)\b/.test(textOf(syntax, statement))
  );
}

function hasFinallyReturn(syntax: SyntaxArrays, attempt: number): boolean {
  const clause = childOfKind(syntax, attempt, Kind.finally_clause);
  return clause !== NONE && /\breturn\b/.test(textOf(syntax, clause));
}

/** The value of `name = value`, when the statement is one, or NONE. */
function assignsTo(syntax: SyntaxArrays, statement: number, name: string): number {
  const assignment = childOfKind(syntax, statement, Kind.assignment);
  if (assignment === NONE || textOf(syntax, childByField(syntax, assignment, Field.left)) !== name) return NONE;
  return childByField(syntax, assignment, Field.right);
}

function assignedWithin(syntax: SyntaxArrays, node: number, name: string): boolean {
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] !== Kind.assignment) continue;
    if (childrenByField(syntax, at, Field.left).some((target) => textOf(syntax, target) === name)) return true;
  }
  return false;
}

/** "`Exception`", or "any exception" for a bare `except:`. */
function caughtBy(syntax: SyntaxArrays, handler: number): string {
  const caught = children(syntax, handler).find(
    (child) => operands(syntax, handler).includes(child) && syntax.kind[child] !== Kind.block,
  );
  if (caught === undefined) return "any exception";
  const type = syntax.kind[caught] === Kind.as_pattern ? (operands(syntax, caught)[0] ?? caught) : caught;
  return `\`${textOf(syntax, type)}\``;
}
