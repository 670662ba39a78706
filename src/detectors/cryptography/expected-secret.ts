import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands } from "../shared/literal.ts";
import { makingCall } from "../shared/making-call.ts";
import { containsPhrase, nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";

/** Ends of names that mean a credential wherever they stand. */
const CREDENTIALS = phrases(
  "api key|apikey|api token|api secret|access token|auth token|bearer token|reset token|session token|csrf token|xsrf token|" +
    "refresh token|verification token|confirmation token|activation token|invite token|secret|secret key|shared secret|" +
    "client secret|webhook secret|access key|otp|otp code|mfa code|reset code|verification code|signature|hmac",
);

/** Ends that mean one only beside something else that says so: parsers and pages have tokens too. */
const AMBIGUOUS = phrases("token|password|passwd|passphrase|key|digest|mac");

const SIGNATURES = phrases("signature|sig|hmac|mac|received|provided|given|presented|submitted|supplied|otp|totp|code");

/** Words before it with which a name means what has to be presented: `expected_token`. */
const EXPECTED = new Set([
  "expected",
  "stored",
  "valid",
  "correct",
  "real",
  "actual",
  "required",
  "configured",
  "saved",
]);

/** Words with which a name means one of two that are looked at for a change: `old_token`. */
const VERSIONS = new Set([
  "old",
  "new",
  "previous",
  "prev",
  "last",
  "next",
  "first",
  "other",
  "public",
  "hash",
  "hashed",
]);

/** Functions that are named after letting somebody in. */
const AUTHENTICATES =
  /(?:^|_|\b)(?:auth\w*|login|log_in|signin|sign_in|verify\w*|validate\w*|check\w*|allow\w*|permit\w*|guard\w*|protect\w*|require\w*|is_valid\w*|can_\w+)$|(?:auth|login|verify|valid|check|allow)\w*_(?:key|token|secret|signature|code|otp|client|user|request|caller|webhook|password)\w*$/i;

/** Labels of what others send. */
const OUTSIDE = new Set(["remote", "upload", "api", "queue", "argv"]);

/** Parts of programs whose tokens, keys and signatures are those of a language. */
const LANGUAGE = /pars|lex|token(?:is|iz)|grammar|syntax|compil|scanner|inspect|schema|migrat|test/i;

/** The side of a comparison that is a secret by its name, where the other may be what somebody presents to be let in. */
export function expectedSecret(facts: ModuleFacts, comparison: number, one: number, other: number): number | undefined {
  const { syntax } = facts;
  const scope = facts.scopeOf(comparison);
  if (LANGUAGE.test(scope) || /__(?:eq|ne|hash)__$/.test(scope) || !decides(syntax, comparison)) return undefined;
  for (const [side, presented] of [[one, other] as const, [other, one] as const]) {
    if (!isPresented(facts, presented, side) || isReplaced(facts, side, scope)) continue;
    if (isSigned(facts, side) && endsWithOne(wordsOf(syntax, presented) ?? [], SIGNATURES)) return side;
    if (isExpected(facts, side, scope)) return side;
  }
  return undefined;
}

/** What a function of the project gives that is named after signing or a one-time password: `self.sign(body)`, `totp(secret)`. */
function isSigned({ syntax }: ModuleFacts, node: number): boolean {
  if (syntax.kind[node] !== Kind.call) return false;
  const name = lastNameOf(syntax, childByField(syntax, node, Field.function)) ?? "";
  return /^_*(?:(?:compute|calculate|calc|make|create|generate|get|build|expected)_)?(?:sign|signature|hmac|mac|[ht]otp)(?:_\w+)?$/i.test(
    name,
  );
}

/** A condition on which the function gives or refuses something, or its answer. */
function decides(syntax: SyntaxArrays, comparison: number): boolean {
  const statement = ancestorOfKind(
    syntax,
    comparison,
    Kind.return_statement,
    Kind.if_statement,
    Kind.block,
    Kind.lambda,
  );
  return syntax.kind[statement] === Kind.return_statement || syntax.kind[statement] === Kind.if_statement;
}

/** `expected_digest = hashlib.sha256(data).hexdigest()`: without a key anybody can make it. */
function isChecksum(facts: ModuleFacts, node: number): boolean {
  const made = makingCall(facts, node);
  const digest = made?.callee.find((path) => /^hashlib\.\w+\(\)\.(?:hex)?digest$/.test(path));
  if (made === undefined || digest === undefined) return false;
  // What was given by `update` is not looked for.
  const text = textOf(facts.syntax, made.node);
  if (!/\)\.(?:hex)?digest\(\)$/.test(text) || /\(\)\.(?:hex)?digest\(\)$/.test(text)) return false;
  return !nameWords(text.slice(0, 400)).some((word) => KEYED.has(word));
}

const KEYED = new Set([
  "secret",
  "secrets",
  "key",
  "token",
  "password",
  "passwd",
  "salt",
  "pepper",
  "hmac",
  "signature",
  "auth",
]);

function isExpected(facts: ModuleFacts, node: number, scope: string): boolean {
  if (isChecksum(facts, node)) return false;
  const words = wordsOf(facts.syntax, node);
  if (words === undefined || words.some((word) => VERSIONS.has(word))) return false;
  const labels = facts.value(node)?.labels ?? [];
  const isCredential = endsWithOne(words, CREDENTIALS);
  const isAmbiguous = !isCredential && endsWithOne(words, AMBIGUOUS);
  if (!isCredential && !isAmbiguous) return false;
  if (labels.includes("env") && words.at(-1) !== "key") return true;
  const isKept = facts.syntax.kind[node] !== Kind.identifier;
  const isNamedSo = words.some((word) => EXPECTED.has(word));
  const authenticates = AUTHENTICATES.test(scope.split(".").at(-1) ?? "");
  if (isCredential) return isNamedSo || (isKept && authenticates);
  const isLookedUp = facts.syntax.kind[node] === Kind.call;
  return authenticates && (isLookedUp || (isNamedSo && !isKept)) && words.at(-1) !== "key";
}

/** What a caller brings: a parameter or a part of one, under a name that says secret too, and not another record's. */
function isPresented(facts: ModuleFacts, node: number, expected: number): boolean {
  const { syntax } = facts;
  const value = facts.value(node);
  if (value?.constancy === "constant" || value?.labels.includes("env")) return false;
  if (syntax.kind[node] === Kind.attribute && syntax.kind[expected] === Kind.attribute) return false;
  if (syntax.kind[node] === Kind.identifier && !isHandedIn(facts, node)) return false;
  const words = wordsOf(syntax, node);
  if (words === undefined || words.some((word) => VERSIONS.has(word) || EXPECTED.has(word))) return false;
  const isGiven = isSigned(facts, expected) && endsWithOne(words, SIGNATURES);
  return isGiven || endsWithOne(words, CREDENTIALS) || endsWithOne(words, AMBIGUOUS);
}

/** A parameter, a part of something, or what a look-up or a source gave; not what this function worked out. */
function isHandedIn(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  const given = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node)).at(-1);
  if (given === undefined || (facts.value(node)?.labels ?? []).some((label) => OUTSIDE.has(label))) return true;
  return syntax.kind[given.value] !== Kind.call || lookedUp(syntax, given.value) !== undefined;
}

/** `if self.token != token: self.token = token` looks for a change. */
function isReplaced(facts: ModuleFacts, node: number, scope: string): boolean {
  const name = textOf(facts.syntax, node);
  if (facts.syntax.kind[node] === Kind.identifier) return false;
  return factIndex(facts).assignmentsTo(scope, name).length > 0;
}

/** The words of a name, an attribute, an entry, or of what `.get("…")` looks up. */
function wordsOf(syntax: SyntaxArrays, node: number): readonly string[] | undefined {
  const name = syntax.kind[node] === Kind.call ? lookedUp(syntax, node) : lastNameOf(syntax, node);
  return name === undefined || syntax.kind[node] === Kind.string ? undefined : nameWords(name);
}

function lookedUp(syntax: SyntaxArrays, call: number): string | undefined {
  const callee = childByField(syntax, call, Field.function);
  if (callee === NONE || !/\.get$/.test(textOf(syntax, callee))) return undefined;
  const [key] = operands(syntax, childByField(syntax, call, Field.arguments));
  const text = key === undefined ? undefined : literalText(syntax, key);
  // `self._tokens.get(user)` gives one of the tokens.
  return text ?? lastNameOf(syntax, childByField(syntax, callee, Field.object))?.replace(/s$/, "");
}

function endsWithOne(words: readonly string[], ends: readonly (readonly string[])[]): boolean {
  return ends.some((phrase) => containsPhrase(words.slice(-phrase.length), phrase));
}

function phrases(list: string): readonly (readonly string[])[] {
  return list.split("|").map((phrase) => phrase.split(" "));
}
