import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { asSubjects, variablesIn } from "./conditions.ts";
import type { Protection } from "./protection.ts";

/** Names of what lets somebody in once. */
const ONCE =
  /token|invit(?:e|ation)|(?:^|[^a-z])t?otp(?![a-z])|nonce|magic_?link|(?:activation|verification|recovery|confirmation|backup)_?(?:code|key|link)|redeem|voucher|coupon|password_?reset|reset_?(?:password|code|link)/i;

/** Attributes that hold it, and functions that accept it: elsewhere an empty token is one of a text. */
const HOLDS =
  /(?:^|_)(?:token|otp|nonce)$|(?:reset|invitation|activation|verification|recovery|confirmation|login)_?(?:code|key|link|hash|token|digest)$/i;
const ACCEPTS =
  /accept|confirm|verify|redeem|reset|activate|login|sign_?in|auth|check|validate|complete|finish|consume|use/i;

/** Functions that take something back, and do not accept it. */
const TAKES_BACK = /delete|remove|revoke|purge|clean|clear|logout|expire|prune|rotate/i;

/** Marks that something has been used: `row.used = True`, `account.otp_counter = now`. */
const MARK =
  /\.(?:is_)?(?:used|consumed|redeemed|spent|claimed)(?:_at|_on|_by)?$|\.(?:otp|totp|hotp)_(?:counter|step|last\w*)$|\.last_(?:otp|totp|code|counter|step)\w*$/i;

/** What is used up where it is accepted: a record that is deleted, or marked, or a token that is emptied. */
export function usedUpIn(facts: ModuleFacts): readonly Protection[] {
  const used = [...deletedIn(facts), ...markedIn(facts)];
  return [...used.map((one) => ({ ...one, isForOnce: true })), ...digestedIn(facts)];
}

/** `db.delete(row)`, `row.delete()`, `cache.delete(f"reset:{token}")`. */
function deletedIn(facts: ModuleFacts): readonly Protection[] {
  return facts.calls.flatMap((call) => {
    const scope = facts.scopeOf(call.node);
    if (lastPart(call.name) !== "delete" || scope === "" || TAKES_BACK.test(lastPart(scope))) return [];
    const subjects = deletedBy(facts, call);
    if (![...subjects].some((name) => isForOnce(facts, scope, name))) return [];
    return [{ scope, said: call.name, key: "delete", subjects }];
  });
}

function deletedBy(facts: ModuleFacts, { node, args }: CallFact): ReadonlySet<string> {
  if (args.length > 0) return asSubjects(args.flatMap((one) => variablesIn(facts, one.node)));
  const { syntax } = facts;
  const object = childByField(syntax, childByField(syntax, node, Field.function), Field.object);
  return asSubjects(object !== NONE && syntax.kind[object] === Kind.identifier ? [textOf(syntax, object)] : []);
}

/** `row.used = True`, and `account.reset_token = None`. */
function markedIn(facts: ModuleFacts): readonly Protection[] {
  const { syntax } = facts;
  return facts.assignments.flatMap(({ node, target, value, name }) => {
    const scope = facts.scopeOf(node);
    if (syntax.kind[target] !== Kind.attribute || scope === "" || TAKES_BACK.test(lastPart(scope))) return [];
    const isEmptied =
      HOLDS.test(name) && ACCEPTS.test(lastPart(scope)) && /^(?:None|""|'')$/.test(textOf(syntax, value));
    const isMarked = MARK.test(name) && textOf(syntax, value) !== "False";
    if (!isMarked && !isEmptied) return [];
    const object = childByField(syntax, target, Field.object);
    return [{ scope, said: textOf(syntax, node), key: name, subjects: asSubjects(variablesIn(facts, object)) }];
  });
}

/** `hashlib.sha256(token.encode())`: whoever reads what is stored cannot use it. */
function digestedIn(facts: ModuleFacts): readonly Protection[] {
  return factIndex(facts)
    .calledBy(/^hashlib\.(?:sha(?:224|256|384|512)|sha3_\w+|blake2[bs])$/)
    .flatMap(({ node, name, args: [given] }) => {
      const scope = facts.scopeOf(node);
      if (given === undefined || scope === "") return [];
      const subjects = asSubjects(variablesIn(facts, given.node));
      const isSecret =
        subjects.size > 0 && [...subjects].every((one) => /token|secret|otp|api_?key|(?:^|_)code$/i.test(one));
      return isSecret ? [{ scope, said: name, key: lastPart(name), subjects }] : [];
    });
}

/** Assignments that are looked at, and UTF-16 code units of each. */
const MAX_ASSIGNMENTS = 8;
const MAX_TEXT = 200;

/** Whether a variable, what it was given, or the function around it is named for what lets somebody in once. */
function isForOnce(facts: ModuleFacts, scope: string, name: string): boolean {
  const made = factIndex(facts).assignmentsTo(scope, name).slice(0, MAX_ASSIGNMENTS);
  const values = made.map(({ value }) => textOf(facts.syntax, value).slice(0, MAX_TEXT));
  return [scope, name, ...values].some((text) => ONCE.test(text));
}
