import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, childOfKind, isInside, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { Triggers } from "../../rules/triggers.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { answerStatus, mentionsStatus } from "../shared/answer-status.ts";
import { caughtTypes } from "../shared/caught-types.ts";
import { callsIn, leavesRecord } from "../shared/leaves-a-record.ts";
import { literalText } from "../shared/literal.ts";
import { recordingCalls } from "../shared/log-calls.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  outcome: z.enum(["sign-in-failed", "access-denied", "signature-refused", "input-refused", "error-answered"]),
  /** Only in files that write to a log elsewhere: where none does, logging is done in one place for all. */
  "only-where-logged": z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** Calls that compare a password or another credential with what is stored. */
const CHECKS: ReadonlySet<string> = new Set(
  (
    "check_password check_password_hash verify_password verify_credentials verify_totp verify_otp authenticate " +
    "authenticate_user checkpw check_credentials validate_credentials verify_user verify_login"
  ).split(" "),
);

/** Calls that look at who signed a request; beside them those of a name such as `verify_webhook`. */
const SIGNATURE_CHECKS: ReadonlySet<string> = new Set(["compare_digest", "constant_time_compare", "construct_event"]);

const TRIGGERS: Readonly<Record<Options["outcome"], Triggers>> = {
  "sign-in-failed": { names: [...CHECKS, "verify"] },
  // What says so is a number, however it is written, or a name such as `HTTPForbidden` or `HTTP_403_FORBIDDEN`.
  "access-denied": { names: ["403", "0x193", "0o623", "0b110010011"], words: ["forbidden", "403"] },
  "signature-refused": {
    names: [...SIGNATURE_CHECKS],
    words: ["signature", "webhook", "hmac"],
    and: { names: [...SIGNATURE_CHECKS], words: ["verify", "check", "validate", "valid"] },
  },
  "input-refused": { nodes: [Kind.except_clause] },
  "error-answered": { nodes: [Kind.except_clause] },
};

/** `verify` of the password libraries. */
const HASHERS = /(?:argon2|passlib|pwd_context|password_hasher|bcrypt|pbkdf2)/i;

const SIGNATURE_CHECK_NAME = /^(?:verify|check|validate|is_valid)_(?:\w+_)?(?:signature|webhook|hmac)$/;
const SIGNATURE_ERRORS = /Signature\w*(?:Error|Exception)?$|^Webhook\w*Verification\w*Error$/;

const REFUSED_WORDS = /\b(?:invalid|incorrect|wrong|bad|unknown|failed)\b/i;
const CREDENTIAL_WORDS = /\b(?:password|credentials?|login|log-in|sign-in|username|user name|e-?mail)\b/i;

const BROAD = new Set(["Exception", "BaseException", "any exception"]);
const VALIDATION =
  /(?:Validation|Invalid|Decode|Parse|Schema|Multiple|Unprocessable)\w*(?:Error|Exception)?$|^ValueError$/;

/** Security events of a request handler that are answered and leave no trace on the side of the service. */
export const unloggedOutcome: ModuleDetector = {
  kind: "module",
  name: "unlogged-outcome",
  ...withOptions(Options, { triggers: (options) => TRIGGERS[options.outcome], detect }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const isOfHandlers = options.outcome === "input-refused" || options.outcome === "error-answered";
  if (isOfHandlers && answeringClauses(facts.syntax).length === 0) return;
  if (isLoggedForAll(facts) || (options["only-where-logged"] && recordingCalls(facts).length === 0)) return;
  for (const definition of facts.definitions) {
    if (definition.kind !== "function") continue;
    const found = eventOf(facts, definition, options);
    if (found !== undefined) yield found;
  }
}

function eventOf(facts: ModuleFacts, definition: DefinitionFact, { outcome }: Options): Detection | undefined {
  switch (outcome) {
    case "sign-in-failed":
      return signInFailed(facts, definition);
    case "access-denied":
      return accessDenied(facts, definition);
    case "signature-refused":
      return signatureRefused(facts, definition);
    case "input-refused":
      return handled(
        facts,
        definition,
        ({ types, status }) => status < 500 && types.some((type) => VALIDATION.test(type)),
      );
    case "error-answered":
      return handled(facts, definition, ({ types, status }) => status >= 500 && types.some((type) => BROAD.has(type)));
  }
}

/** Django writes refusals and failed answers to `django.request` itself; a hook for all answers may log them. */
function isLoggedForAll(facts: ModuleFacts): boolean {
  if (
    facts.imports.some(
      ({ module }) => module === "django" || module.startsWith("django.") || module.startsWith("rest_framework"),
    )
  )
    return true;
  return facts.definitions.some(
    (definition) =>
      definition.decorators.some(({ name }) =>
        /(?:errorhandler|exception_handler|after_request|middleware|teardown_request)\b/.test(name),
      ) && leavesRecord(facts, definition.node),
  );
}

function signInFailed(facts: ModuleFacts, definition: DefinitionFact): Detection | undefined {
  const check = callsIn(facts, definition.node).find(
    (call) => isCredentialCheck(call) && isOwn(facts, definition, call.node),
  );
  if (check === undefined || leavesRecord(facts, definition.node)) return undefined;
  const refusal = statements(facts.syntax, definition)
    .filter((statement) => statement > check.node || isInside(facts.syntax, check.node, statement))
    .find((statement) => refusesSignIn(facts.syntax, statement) && isOwn(facts, definition, statement));
  if (refusal === undefined) return undefined;
  return { node: refusal, fields: { function: definition.name, check: check.name } };
}

function isCredentialCheck({ name, callee }: CallFact): boolean {
  const last = name.split(".").at(-1) ?? "";
  return CHECKS.has(last) || (last === "verify" && [name, ...callee].some((path) => HASHERS.test(path)));
}

function refusesSignIn(syntax: SyntaxArrays, statement: number): boolean {
  const status = answerStatus(syntax, statement);
  if (status !== undefined) return status === 401 || status === 403 || status === 400;
  // An error of the project is answered, and may be logged, where it is caught.
  if (syntax.kind[statement] === Kind.raise_statement) return false;
  for (let node = statement; node < syntax.next[statement]; node++) {
    const text = syntax.kind[node] === Kind.string ? literalText(syntax, node) : undefined;
    if (text !== undefined && REFUSED_WORDS.test(text) && CREDENTIAL_WORDS.test(text)) return true;
  }
  return false;
}

function accessDenied(facts: ModuleFacts, definition: DefinitionFact): Detection | undefined {
  const { syntax } = facts;
  if (!mentionsStatus(syntax, definition.node, 403)) return undefined;
  const refusal = statements(syntax, definition).find(
    (statement) =>
      answerStatus(syntax, statement) === 403 &&
      !isAboutForm(syntax, statement) &&
      isOwn(facts, definition, statement) &&
      ancestorOfKind(syntax, statement, Kind.if_statement, Kind.else_clause) > definition.node,
  );
  if (refusal === undefined || callsIn(facts, definition.node).some(isCredentialCheck)) return undefined;
  return leavesRecord(facts, definition.node) ? undefined : { node: refusal, fields: { function: definition.name } };
}

/** Under a condition about the characters of a name, whoever asks: `if name.startswith("."): abort(403)`. */
function isAboutForm(syntax: SyntaxArrays, statement: number): boolean {
  const branch = ancestorOfKind(syntax, statement, Kind.if_statement, Kind.function_definition);
  if (branch === NONE || syntax.kind[branch] !== Kind.if_statement) return false;
  const asked = textOf(syntax, childByField(syntax, branch, Field.condition));
  return /\.startswith\(\s*\(?\s*["'][._\-/~]{1,3}["']|["']\.\.["']\s+in\b/.test(asked) && !ABOUT_WHO.test(asked);
}

const ABOUT_WHO = /user|role|perm|token|session|auth|owner|admin|member|address|origin|host/i;

function signatureRefused(facts: ModuleFacts, definition: DefinitionFact): Detection | undefined {
  const { syntax } = facts;
  const check = callsIn(facts, definition.node).find(
    ({ name, node }) => isSignatureCheck(name) && isOwn(facts, definition, node),
  );
  if (check === undefined) return undefined;
  const refusal = statements(syntax, definition).find((statement) => {
    const status = answerStatus(syntax, statement);
    const isRefusal = status === 400 || status === 401 || status === 403;
    const branch = isRefusal && isOwn(facts, definition, statement) && branchOf(syntax, statement, check.node);
    return branch !== false && branch !== undefined && !leavesRecord(facts, branch);
  });
  return refusal === undefined
    ? undefined
    : { node: refusal, fields: { function: definition.name, check: check.name } };
}

function isSignatureCheck(name: string): boolean {
  const last = lastPart(name);
  return SIGNATURE_CHECKS.has(last) || SIGNATURE_CHECK_NAME.test(last);
}

/** What a statement stands in: the branch whose condition holds the check, or the handler of its error. */
function branchOf(syntax: SyntaxArrays, statement: number, check: number): number | undefined {
  const branch = ancestorOfKind(syntax, statement, Kind.if_statement);
  if (branch !== NONE && isInside(syntax, check, branch) && check < statement) return branch;
  const clause = ancestorOfKind(syntax, statement, Kind.except_clause);
  if (clause === NONE || !isInside(syntax, check, syntax.parent[clause])) return undefined;
  return caughtTypes(syntax, clause).types.some((type) => SIGNATURE_ERRORS.test(type)) ? clause : undefined;
}

interface Handled {
  readonly types: readonly string[];
  readonly status: number;
}

/** An exception that is answered where it is caught, and neither logged nor raised again nor handed on. */
function handled(
  facts: ModuleFacts,
  definition: DefinitionFact,
  isWanted: (handled: Handled) => boolean,
): Detection | undefined {
  const { syntax } = facts;
  for (const { clause, block, answer } of answeringClauses(syntax)) {
    if (!isInside(syntax, clause, definition.node) || !isOwn(facts, definition, clause)) continue;
    if (leavesRecord(facts, clause) || raisesAgain(syntax, block)) continue;
    const { types, name } = caughtTypes(syntax, clause);
    const status = answerStatus(syntax, answer) ?? 0;
    if (!isWanted({ types, status }) || (name !== undefined && isHandedOn(facts, block, name))) continue;
    return { node: answer, fields: { function: definition.name, exception: types.join(", "), status: String(status) } };
  }
  return undefined;
}

/** The `except` clauses of a file with a statement that answers. */
const answeringClauses: (
  syntax: SyntaxArrays,
) => readonly { readonly clause: number; readonly block: number; readonly answer: number }[] = oncePer((syntax) =>
  [...nodesOfKind(syntax, Kind.except_clause)].flatMap((clause) => {
    const block = childOfKind(syntax, clause, Kind.block);
    const answer = statementsIn(syntax, block).find((statement) => answerStatus(syntax, statement) !== undefined);
    return answer === undefined ? [] : [{ clause, block, answer }];
  }),
);

function raisesAgain(syntax: SyntaxArrays, block: number): boolean {
  return statementsIn(syntax, block).some(
    (statement) => syntax.kind[statement] === Kind.raise_statement && answerStatus(syntax, statement) === undefined,
  );
}

/** Whether the exception goes to a call that is no part of the answer. */
function isHandedOn(facts: ModuleFacts, block: number, name: string): boolean {
  const { syntax } = facts;
  return callsIn(facts, block).some((call) => {
    const isAnswer = ancestorOfKind(syntax, call.node, Kind.return_statement, Kind.raise_statement) > block;
    const isText = ["str", "repr", "jsonify", "type", "isinstance"].includes(call.name);
    return !isAnswer && !isText && call.args.some((argument) => textOf(syntax, argument.node) === name);
  });
}

const STATEMENTS: ReadonlySet<number> = new Set([
  Kind.return_statement,
  Kind.raise_statement,
  Kind.expression_statement,
]);

function statements(syntax: SyntaxArrays, definition: DefinitionFact): readonly number[] {
  return statementsIn(syntax, definition.node);
}

function statementsIn(syntax: SyntaxArrays, node: number): readonly number[] {
  const found: number[] = [];
  if (node === NONE) return found;
  for (let at = node; at < syntax.next[node]; at++) if (STATEMENTS.has(syntax.kind[at])) found.push(at);
  return found;
}

/** Whether a node belongs to the function itself, not to one defined in it. */
function isOwn(facts: ModuleFacts, definition: DefinitionFact, node: number): boolean {
  return facts.scopeOf(node) === definition.qualifiedName;
}
