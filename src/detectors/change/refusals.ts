import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import {
  ancestorOfKind,
  childByField,
  firstNamedChild,
  isInside,
  NONE,
  namedChildren,
  textOf,
} from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsBetween } from "../shared/leaves-a-record.ts";
import { nameWords } from "../shared/name-words.ts";
import { asksForm, isConditionOf } from "./asks-form.ts";
import { ANSWERING, asCondition, branchAround, calledName, conditionOf, ENDS } from "./conditions.ts";
import { guardClausesIn } from "./guard-clauses.ts";
import { parametersText } from "./guards.ts";
import { loopedOver } from "./looped-over.ts";
import type { Protection } from "./protection.ts";
import { isBoundOfRead } from "./read-bounds.ts";
import { isRefusing } from "./refusing-block.ts";
import {
  ASKS_AGE,
  ASKS_AMOUNT,
  ASKS_FOR_LISTED,
  ASKS_LIMIT,
  ASKS_NO_PASSWORD,
  ASKS_REPLAY,
  ASKS_SIZE,
  ASKS_STANDING,
  ASKS_STATE,
  ASKS_WHO,
  COMPARES_DIGEST,
  HIDING,
  NO_REFUSAL,
  NOTHING_THERE,
  UNFIT,
} from "./refusing-questions.ts";
import { isOfGuard } from "./who-may.ts";

/** Words in the name of an exception that turns somebody away, or data that was tampered with. */
const REFUSING_WORDS = new Set(
  (
    "security permission forbidden unauthorized unauthorised unauthenticated authentication authorization suspicious " +
    "untrusted tampered tampering signature csrf traversal disallowed throttled ratelimited"
  ).split(" "),
);
const REFUSALS = new Set(["AccessDenied", "NotAuthorized", "NotAuthenticated", "PermissionDenied", "ValidationError"]);
const STATUS = /^(?:40[13]|413|429)$/;
const IS_STATUS = /^(?:40[0134]|41[35]|422|429)$/;

/** `if …: raise PermissionDenied`, `if …: abort(403)`: what is refused under a condition. */
export function refusalsIn(facts: ModuleFacts): readonly Protection[] {
  const known = [
    ...raisedIn(facts),
    ...answersIn(facts),
    ...denialsIn(facts),
    ...passedOverIn(facts),
    ...ofGuardsIn(facts),
  ];
  const branches = new Set(known.map(({ node }) => branchAround(facts, node)));
  const plain = [...guardClausesIn(facts)].filter(({ node }) => !branches.has(branchAround(facts, node)));
  return [...asRefusals(facts, known), ...asRefusals(facts, plain).map((one) => ({ ...one, isPlain: true }))];
}

function asRefusals(facts: ModuleFacts, found: readonly Refusal[]): readonly Protection[] {
  return found.flatMap(({ node, said }) => {
    const { syntax } = facts;
    const above = branchAround(facts, node);
    const condition = above === NONE ? NONE : conditionOf(facts, above);
    if (condition === NONE) return [];
    const behind = callsBehind(facts, above);
    const around = conditionsAround(facts, above);
    const whenHeld = isInside(syntax, node, childByField(syntax, above, Field.consequence));
    const asked = asCondition(facts, condition);
    // What is compared with a constant of the module alone comes from the request; a session is whoever's who asks.
    const isOfRequest = [...asked.subjects].every((name) => /^(?:[A-Z][A-Z0-9_]*|session|current_user)$/.test(name));
    const isAboutWho =
      isOfRequest ||
      IS_TOO_OFTEN.test(said) ||
      isOfGuard(facts.scopeOf(node)) ||
      ASKS_STANDING.test(textOf(syntax, condition));
    const subjects = new Set([...asked.subjects, ...loopedOver(facts, above, asked.subjects)]);
    return [
      {
        ...{ scope: facts.scopeOf(node), said, key: said, ...asked, subjects, behind, around, whenHeld },
        ...(isAboutWho && { isAboutWho }),
      },
    ];
  });
}

/** Conditions that are looked at on the way up. */
const MAX_AROUND = 4;

/** The conditions of the branches around one, where it stands in what is done when they hold. */
function conditionsAround(facts: ModuleFacts, branch: number): readonly string[] {
  const { syntax } = facts;
  const found: string[] = [];
  for (let inner = branch; found.length < MAX_AROUND; ) {
    const outer = ancestorOfKind(syntax, inner, Kind.if_statement, Kind.function_definition);
    if (outer === NONE || syntax.kind[outer] === Kind.function_definition) break;
    const block = childByField(syntax, outer, Field.consequence);
    const condition = conditionOf(facts, outer);
    if (isInside(syntax, inner, block) && condition !== NONE) found.push(asCondition(facts, condition).condition);
    inner = outer;
  }
  return found;
}

/** What turns away whoever asks too often: the limit is about nothing that the function uses. */
const IS_TOO_OFTEN = /\(429\)|^return 429$|TOO_MANY|TooMany|Throttl|RateLimit/;

function callsBehind(facts: ModuleFacts, branch: number): readonly string[] {
  const { kind, parent, next } = facts.syntax;
  const statement = kind[branch] === Kind.elif_clause ? parent[branch] : branch;
  return callsBetween(facts, next[statement], next[parent[statement]]).map(({ name }) => name);
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
      isConditionOf(facts, node, COMPARES_DIGEST) ||
      isConditionOf(facts, node, ASKS_STANDING) ||
      isConditionOf(facts, node, ASKS_AGE) ||
      isConditionOf(facts, node, ASKS_STATE) ||
      isConditionOf(facts, node, ASKS_SIZE) ||
      isConditionOf(facts, node, ASKS_LIMIT) ||
      isConditionOf(facts, node, ASKS_AMOUNT) ||
      asksReplay(facts, node) ||
      isBoundOfRead(facts, node) ||
      hasNoPassword(facts, node) ||
      (!NO_REFUSAL.test(raised) && asksForm(facts, node)) ||
      ((/^(?:HTTP)?BadRequest/.test(raised) || HIDING.test(raised)) && isConditionOf(facts, node, ASKS_FOR_LISTED));
    if (isRefused) yield { node, said: `raise ${raised}` };
  }
}

function* answersIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax, calls } = facts;
  for (const call of calls) {
    const name = lastPart(call.name);
    const isReturned = syntax.kind[syntax.parent[call.node]] === Kind.return_statement;
    const isSentAway = isReturned && SENDS_AWAY.test(name) && isConditionOf(facts, call.node, ASKS_FOR_MORE);
    if (isSentAway || (isReturned && /Forbidden|Unauthori[sz]ed/.test(name))) yield { node: call.node, said: name };
    else if (ANSWERING.has(name) || isReturned) {
      const code = statusOf(facts, call);
      const asks = NOTHING_THERE.test(code ?? "") ? ASKS_WHO : UNFIT.test(code ?? "") ? ASKS_FOR_LISTED : undefined;
      const isKnown = ALWAYS_ASKED.some((pattern) => isConditionOf(facts, call.node, pattern));
      const isRefused = code !== undefined && (asks === undefined || isKnown || isConditionOf(facts, call.node, asks));
      if (isRefused) yield { node: call.node, said: `${name}(${code})` };
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

/** `if time.time() - made > self.max_age: return None`: what is too old, or was tampered with, counts for nothing. */
function* denialsIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.return_statement)) {
    if (!/^return\s+(?:None|False)$/.test(textOf(syntax, node))) continue;
    const branch = branchAround(facts, node);
    const condition = branch === NONE ? NONE : conditionOf(facts, branch);
    const asked = condition === NONE ? "" : textOf(syntax, condition);
    // What is merely stored for a while has an age, too.
    const isOld = ASKS_AGE.test(asked) && IS_PROOF.test(`${headOf(facts, facts.scopeOf(node))} ${asked}`);
    if (isOld || COMPARES_DIGEST.test(asked) || asksReplay(facts, node) || hasNoPassword(facts, node))
      yield { node, said: `if ${asked}` };
  }
}

/** Whether no password turns away: a directory server takes a bind without one for an anonymous visitor, and says yes. */
function hasNoPassword(facts: ModuleFacts, node: number): boolean {
  return isConditionOf(facts, node, ASKS_NO_PASSWORD) && factIndex(facts).callsIn(facts.scopeOf(node)).some(binds);
}

function binds({ name, callee }: CallFact): boolean {
  return /^(?:simple_)?bind(?:_s)?$/.test(lastPart(name)) || callee.includes("ldap3.Connection");
}

/** Whether what was used before is refused, in a function that accepts it or is asked whether it is right. */
function asksReplay(facts: ModuleFacts, node: number): boolean {
  return isConditionOf(facts, node, ASKS_REPLAY) && ACCEPTS.test(headOf(facts, facts.scopeOf(node)));
}

const ACCEPTS = /otp|auth|verif|valid|login|sign_?in|mfa|2fa|redeem|accept|consume|check|reset|jwt|saml|assertion/i;

/** A function's name, of its class too, and its parameters. */
function headOf(facts: ModuleFacts, scope: string): string {
  const [definition] = factIndex(facts).definedAs(scope);
  return definition === undefined ? scope : `${scope}${parametersText(facts, definition)}`;
}

/** Names of what shows who somebody is, or that they were asked. */
const IS_PROOF = /token|sign(?:ed|ature)|session|cookie|ticket|otp|nonce|reset|invit|link|assertion|credential|auth/i;

/** What is a refusal whatever the answer says. */
const ALWAYS_ASKED: readonly RegExp[] = [ASKS_AGE, ASKS_STATE, ASKS_AMOUNT, ASKS_SIZE];

const SENDS_AWAY = /^(?:redirect|redirect_to_login|HttpResponseRedirect|RedirectResponse)$/;

/** Whoever has not shown enough of who they are. */
const ASKS_FOR_MORE =
  /^not\s+(?:[\w.]*\buser\.(?:is_verified|is_authenticated|is_staff|is_superuser|has_\w+)\b|(?:is|has)_\w+\([\w.]*\buser\b)/;

/** 401 or 403, as a number or by its name: `status.HTTP_403_FORBIDDEN`. */
function statusOf({ syntax }: ModuleFacts, { name, args }: CallFact): string | undefined {
  const status = args.find(({ position, keyword = "" }) =>
    keyword === "" ? position === 0 && ANSWERING.has(lastPart(name)) : /^status(?:_code)?$/.test(keyword),
  );
  if (status === undefined) return undefined;
  const [code, ...others] = status.value.constants;
  if (code !== undefined) return others.length === 0 && IS_STATUS.test(`${code}`) ? `${code}` : undefined;
  return NAMED_STATUS.exec(textOf(syntax, status.node))?.[0];
}

const NAMED_STATUS =
  /(?<=HTTP_)(?:40[13]|413|429)(?=_)|\b(?:FORBIDDEN|UNAUTHORIZED|TOO_MANY_REQUESTS|(?:CONTENT|REQUEST_ENTITY)_TOO_LARGE)$/;

/** What a decorator or function named for a check of who may does under a condition, whatever way it refuses. */
function* ofGuardsIn(facts: ModuleFacts): Generator<Refusal> {
  const { syntax } = facts;
  for (const branch of nodesOfKind(syntax, Kind.if_statement)) {
    const block = childByField(syntax, branch, Field.consequence);
    if (!isOfGuard(facts.scopeOf(branch)) || block === NONE || !isRefusing(facts, block)) continue;
    const [first = NONE] = namedChildren(syntax, block);
    const condition = textOf(syntax, conditionOf(facts, branch));
    if (first !== NONE) yield { node: first, said: `if ${condition}` };
  }
}

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

function raisedName({ syntax }: ModuleFacts, node: number): string {
  const value = firstNamedChild(syntax, node);
  if (value === NONE) return "";
  return syntax.kind[value] === Kind.call ? calledName(syntax, value) : lastPart(textOf(syntax, value));
}

function isRefusal(exception: string): boolean {
  if (/^TooMany|RateLimit|TooLarge$/.test(exception)) return true;
  return REFUSALS.has(exception) || nameWords(exception).some((word) => REFUSING_WORDS.has(word));
}
