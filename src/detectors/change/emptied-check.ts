import { Kind } from "../../python/kinds.ts";
import { firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";
import { nodesOfScope } from "../shared/nodes-of-scope.ts";
import { bodyOf } from "./guards.ts";
import type { Loss } from "./weakened-condition.ts";
import { ANSWERS_WHO_MAY } from "./who-may.ts";

/** First words of functions that look at something and refuse it, or say whether it will do. */
const CHECKS = new Set([
  "verify",
  "validate",
  "authenticate",
  "authorize",
  "authorise",
  "check",
  "ensure",
  "require",
  "enforce",
]);

/** What a check by a common word has to be about: `check_signature`, and not `check_updates`. */
const SUBJECTS = new Set(
  (
    "signature signatures origin origins host hosts url urls uri path paths filename password passwords credentials token " +
    "tokens csrf nonce state hash digest checksum mac hmac permission permissions access owner ownership role roles scope " +
    "scopes quota limit limits certificate cert key keys auth login user admin session captcha otp totp mfa code tenant"
  ).split(" "),
);

/** Last words of questions to which yes lets in: `is_safe_url`, `is_trusted_host`. */
const GOOD =
  /^_?(?:is|has|can|may)_(?:\w+_)?(?:safe|valid|trusted|allowed|permitted|authori[sz]ed|authenticated|owner|admin|staff|secure|signed|verified)(?:_\w+)?$/;

/** Names of checks that are about who asks, not about data. */
const ASKS_WHO = new RegExp(`${ANSWERS_WHO_MAY.source}|user|login|auth|admin|owner|staff|access|perm|role|origin`, "i");

/** A check that lets everything pass from now on, whether it answers or refuses. */
export function emptiedCheck(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
): Loss | undefined {
  if (!isCheck(after.name) || after.decorators.length > before.decorators.length) return undefined;
  if (answersYes(head, after) && !answersYes(base, before) && answers(base, before))
    return {
      loss: `lets ${ASKS_WHO.test(after.name) ? "everyone in" : "everything pass"}: all that it answers is`,
      by: "True",
    };
  const refusal = raisesIn(base, before)[0];
  if (refusal === undefined || !isEmpty(head, after)) return undefined;
  return { loss: "turns nothing away any more: gone is", by: textOf(base.syntax, refusal).split("\n", 1)[0] ?? "" };
}

/** Whether a function is named for a check of who may, or of data. */
export function isCheck(name: string): boolean {
  if (ANSWERS_WHO_MAY.test(name) || GOOD.test(name)) return true;
  const [first = "", ...others] = nameWords(name);
  return CHECKS.has(first) && others.some((word) => SUBJECTS.has(word));
}

/** Every answer that a run can reach is `True`, and nothing is raised on the way. */
export function answersYes(facts: ModuleFacts, definition: DefinitionFact): boolean {
  const { syntax } = facts;
  const end = endOf(facts, definition);
  const answered = returnsIn(facts, definition).filter((node) => node < end);
  const isRaising = raisesIn(facts, definition).some((node) => node < end);
  return (
    !isRaising && answered.length > 0 && answered.every((node) => isYes(textOf(syntax, firstNamedChild(syntax, node))))
  );
}

/** `True`, and what is `True` whatever else it says: `True or user.is_staff`. */
function isYes(answer: string): boolean {
  return /^True(?:\s+or\b.*)?$|^.*\bor\s+True$/s.test(answer);
}

/** Behind the first statement of the body that ends it in any case. */
function endOf(facts: ModuleFacts, definition: DefinitionFact): number {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  const last =
    body === NONE ? undefined : namedChildren(syntax, body).find((node) => syntax.kind[node] === Kind.return_statement);
  return last === undefined ? syntax.count : syntax.next[last];
}

function answers(facts: ModuleFacts, definition: DefinitionFact): boolean {
  return returnsIn(facts, definition).some((node) => firstNamedChild(facts.syntax, node) !== NONE);
}

function returnsIn(facts: ModuleFacts, { qualifiedName }: DefinitionFact): readonly number[] {
  return nodesOfScope(facts, Kind.return_statement, qualifiedName);
}

function raisesIn(facts: ModuleFacts, { qualifiedName }: DefinitionFact): readonly number[] {
  return nodesOfScope(facts, Kind.raise_statement, qualifiedName);
}

/** Nothing is done but to come back: `pass`, `...`, a text, `return`. */
function isEmpty(facts: ModuleFacts, definition: DefinitionFact): boolean {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  if (body === NONE) return false;
  return namedChildren(syntax, body).every((node) => {
    if (syntax.kind[node] === Kind.pass_statement || syntax.kind[node] === Kind.comment) return true;
    if (syntax.kind[node] === Kind.return_statement) return /^return(?:\s+(?:None|True))?$/.test(textOf(syntax, node));
    const [only = NONE] = syntax.kind[node] === Kind.expression_statement ? namedChildren(syntax, node) : [];
    return only !== NONE && (syntax.kind[only] === Kind.string || syntax.kind[only] === Kind.ellipsis);
  });
}
