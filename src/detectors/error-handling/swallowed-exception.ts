import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childOfKind, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { answerStatus } from "../shared/answer-status.ts";
import { caughtTypes } from "../shared/caught-types.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { isMismatch, isVerifier } from "../shared/verifier.ts";

const Options = z.strictObject({
  /**
   * `anything`: handlers of all exceptions that do nothing. `access-check`: any handler that goes on after a failed check. `privileges`: one
   * that goes on with the rights that were to be given up.
   */
  of: z.enum(["anything", "access-check", "privileges"]),
});

const BROAD = new Set(["Exception", "BaseException", "any exception"]);

/** What a function that raises when somebody may not pass is called: `verify_token`, `check_permission`. */
const ASKS = new Set("verify check validate require ensure enforce assert authorize authorise authenticate".split(" "));
const ACCESS = new Set(
  (
    "token jwt signature permission permissions access auth authorization credentials password csrf session admin role " +
    "roles scope scopes owner ownership certificate hmac mac webhook user otp mfa totp origin license"
  ).split(" "),
);

/** Calls by which a process gives up rights, and that fail where it may not. */
const GIVES_UP = [
  "os.setuid",
  "os.setreuid",
  "os.setresuid",
  "os.setgid",
  "os.setregid",
  "os.setresgid",
  "os.setgroups",
  "os.initgroups",
  "os.chroot",
];

/** Exceptions that are caught and forgotten. */
export const swallowedException: ModuleDetector = {
  kind: "module",
  name: "swallowed-exception",
  triggers: (raw) => TRIGGERS[Options.parse(raw).of],
  prepare: (raw) => {
    const { of } = Options.parse(raw);
    return DETECT[of];
  },
};

const TRIGGERS = {
  anything: { nodes: [Kind.except_clause] },
  "access-check": { nodes: [Kind.except_clause], and: { words: [...ASKS, "decode", "loads", "unsign", "construct"] } },
  privileges: { calls: GIVES_UP },
};

const DETECT = { anything: detectEmpty, "access-check": detectChecks, privileges: detectPrivileges };

function* detectEmpty({ syntax }: ModuleFacts): Generator<Detection> {
  for (const clause of nodesOfKind(syntax, Kind.except_clause)) {
    const { types } = caughtTypes(syntax, clause);
    const [only, ...more] = statementsOf(syntax, clause);
    if (!types.some((type) => BROAD.has(type)) || only === undefined || more.length > 0 || !doesNothing(syntax, only))
      continue;
    const statement = syntax.kind[only] === Kind.continue_statement ? "continue" : "pass";
    yield { node: clause, fields: { exception: types.join(", "), statement } };
  }
}

function* detectChecks(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const clause of nodesOfKind(syntax, Kind.except_clause)) {
    if (!goesOn(facts, clause)) continue;
    const exception = caughtTypes(syntax, clause).types.join(", ");
    const isNo = isMismatch(exception);
    if (isNo && answersYesAfter(facts, syntax.parent[clause])) continue;
    const check = checkIn(facts, syntax.parent[clause], isNo);
    if (check !== undefined) yield { node: clause, fields: { check, exception } };
  }
}

/** `return True` behind the attempt, in a function that is named as a check: what `fail-open` speaks of. */
function answersYesAfter(facts: ModuleFacts, attempt: number): boolean {
  const { syntax } = facts;
  if (!isVerifier(facts.scopeOf(attempt).split(".").at(-1) ?? "")) return false;
  const after = syntax.next[attempt];
  return syntax.kind[after] === Kind.return_statement && textOf(syntax, after) === "return True";
}

/** What fails for another reason than that the process may not: there are other handlers for those. */
const FAILS = new Set(["OSError", "PermissionError", "EnvironmentError", "IOError", ...BROAD]);

function* detectPrivileges(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const calls = [...factIndex(facts).calledAs(GIVES_UP)];
  for (const clause of nodesOfKind(syntax, Kind.except_clause)) {
    const { types } = caughtTypes(syntax, clause);
    if (!goesOn(facts, clause) || !types.some((type) => FAILS.has(type))) continue;
    const body = childOfKind(syntax, syntax.parent[clause], Kind.block);
    const given = calls.find(
      ({ node }) => node > body && node < syntax.next[body] && attemptOf(syntax, node) === syntax.parent[clause],
    );
    if (given === undefined) continue;
    yield { node: given.node, fields: { callee: given.name, exception: types.join(", ") } };
  }
  yield* detectSuppressed(facts, calls);
}

/** `with contextlib.suppress(OSError):` around what gives up rights. */
function* detectSuppressed(facts: ModuleFacts, calls: readonly CallFact[]): Generator<Detection> {
  const { syntax } = facts;
  for (const { args, node } of factIndex(facts).calledAs(["contextlib.suppress"])) {
    const types = args.map((one) => textOf(syntax, one.node));
    const around = ancestorOfKind(syntax, node, Kind.with_statement, Kind.block);
    if (around === NONE || syntax.kind[around] === Kind.block || !types.some((type) => FAILS.has(type))) continue;
    const given = calls.find((call) => call.node > node && call.node < syntax.next[around]);
    if (given !== undefined) yield { node: given.node, fields: { callee: given.name, exception: types.join(", ") } };
  }
}

/** The `try` that a node stands in. */
function attemptOf(syntax: SyntaxArrays, node: number): number {
  return ancestorOfKind(syntax, node, Kind.try_statement, Kind.function_definition);
}

/** A handler that neither leaves nor changes anything: it is empty, or it only logs. */
function goesOn(facts: ModuleFacts, clause: number): boolean {
  const { syntax } = facts;
  const statements = statementsOf(syntax, clause);
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      if (syntax.kind[statement] === Kind.pass_statement) return true;
      const inner = firstNamedChild(syntax, statement);
      if (syntax.kind[statement] !== Kind.expression_statement || inner === NONE) return false;
      if (syntax.kind[inner] === Kind.ellipsis) return true;
      const call = factIndex(facts).callAt.get(inner);
      return (
        call !== undefined && /(?:^|\.)(?:debug|info|warning|warn|error|exception|critical|log|print)$/.test(call.name)
      );
    })
  );
}

/** What reads a token or whatever else was signed, and raises where it is wrong: where nobody takes what it reads, it is asked for that alone. */
const READS_PROOF =
  /^(?:jwt|jose\.jwt|jose\.jws|jwt\.PyJWT\(\)|authlib\.jose\.(?:jwt|JsonWebToken\(\)))\.(?:decode|verify)$|^itsdangerous\.\w+\(\)\.(?:loads|unsign)$|^django\.core\.signing\.(?:loads|\w+\(\)\.unsign)$|^google\.oauth2\.id_token\.verify_\w+$|^stripe\.Webhook\.construct_event$/;

/**
 * A check whose answer is that it does not raise, as the last statement of the attempt and with code after it. Where a library's exception for
 * what does not fit is caught, `key.verify(…)` is one wherever it stands.
 */
function checkIn(facts: ModuleFacts, attempt: number, catchesMismatch: boolean): string | undefined {
  const { syntax } = facts;
  const isLast = namedChildren(syntax, syntax.parent[attempt]).at(-1) === attempt;
  const hasElse = namedChildren(syntax, attempt).some((child) => syntax.kind[child] === Kind.else_clause);
  if (
    hasElse ||
    (isLast && ancestorOfKind(syntax, attempt, Kind.if_statement, Kind.for_statement, Kind.try_statement) === NONE)
  )
    return undefined;
  const body = childOfKind(syntax, attempt, Kind.block);
  const last = body === NONE ? undefined : namedChildren(syntax, body).at(-1);
  if (last === undefined || syntax.kind[last] !== Kind.expression_statement || answerStatus(syntax, last) !== undefined)
    return undefined;
  const inner = firstNamedChild(syntax, last);
  const called = syntax.kind[inner] === Kind.await ? firstNamedChild(syntax, inner) : inner;
  if (syntax.kind[called] !== Kind.call) return undefined;
  const name = textOf(syntax, firstNamedChild(syntax, called));
  if (
    factIndex(facts)
      .callAt.get(called)
      ?.callee.some((path) => READS_PROOF.test(path)) === true
  )
    return name;
  const words = nameWords(name.split(".").at(-1) ?? "");
  const [first = ""] = words;
  // `key.verify(signature, body)` in `verify_signature` asks what the function is named after.
  const around = words.length === 1 ? nameWords(facts.scopeOf(attempt).split(".").at(-1) ?? "") : [];
  const isCheck =
    ASKS.has(first) &&
    (catchesMismatch ||
      [...words, ...around].some((word) => ACCESS.has(word)) ||
      first === "authorize" ||
      first === "authenticate");
  return isCheck ? name : undefined;
}

function statementsOf(syntax: SyntaxArrays, clause: number): readonly number[] {
  const block = childOfKind(syntax, clause, Kind.block);
  return block === NONE ? [] : namedChildren(syntax, block);
}

function doesNothing(syntax: SyntaxArrays, statement: number): boolean {
  const kind = syntax.kind[statement];
  if (kind === Kind.pass_statement || kind === Kind.continue_statement) return true;
  return kind === Kind.expression_statement && syntax.kind[firstNamedChild(syntax, statement)] === Kind.ellipsis;
}
