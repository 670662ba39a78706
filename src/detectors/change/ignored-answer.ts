import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";

/** Calls whose answer is all that they do: nothing is raised where they say no. */
const ANSWERS =
  /^(?:is_valid|validate_on_submit|check_password(?:_hash)?|checkpw|compare_digest|has_(?:\w+_)?perm(?:ission)?s?|has_access|is_(?:allowed|permitted|authori[sz]ed)|url_has_allowed_host_and_scheme|verify_(?:password|totp|otp))$/;

/** A call at the head, on a line of its own, whose answer decided something at the base, in functions that are on both sides. */
export function* ignoredAnswers({ base, head }: ChangeSides): Generator<CallFact> {
  const then = answersIn(base);
  for (const call of answersIn(head).filter((one) => isIgnored(head, one))) {
    const isSame = (facts: ModuleFacts) => (one: CallFact) =>
      one.name === call.name && facts.scopeOf(one.node) === head.scopeOf(call.node);
    const before = then.filter(isSame(base));
    const isAskedNow = answersIn(head).some((one) => isSame(head)(one) && !isIgnored(head, one));
    if (before.length === 0 || isAskedNow || before.some((one) => isIgnored(base, one))) continue;
    // What a form found wrong is kept by it, and may be asked for.
    if (/\.errors\b/.test(textOf(head.syntax, head.syntax.parent[head.syntax.parent[call.node]]))) continue;
    yield call;
  }
}

function answersIn({ calls }: ModuleFacts): readonly CallFact[] {
  return calls.filter(({ name }) => ANSWERS.test(lastPart(name)));
}

/** A statement of its own, which raises nothing either. */
function isIgnored({ syntax }: ModuleFacts, { node, args }: CallFact): boolean {
  const raises = args.some(({ keyword, value }) => keyword === "raise_exception" && value.constants[0] !== false);
  return syntax.kind[syntax.parent[node]] === Kind.expression_statement && !raises;
}
