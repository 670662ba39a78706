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
  for (const [place, calls] of answersIn(head)) {
    const before = then.get(place) ?? [];
    if (before.length === 0 || before.some((one) => isIgnored(base, one))) continue;
    if (!calls.every((one) => isIgnored(head, one))) continue;
    // What a form found wrong is kept by it, and may be asked for.
    const { syntax } = head;
    yield* calls.filter(({ node }) => !/\.errors\b/.test(textOf(syntax, syntax.parent[syntax.parent[node]])));
  }
}

/** By the function that asks and what it calls. */
function answersIn(facts: ModuleFacts): ReadonlyMap<string, readonly CallFact[]> {
  return Map.groupBy(
    facts.calls.filter(({ name }) => ANSWERS.test(lastPart(name))),
    ({ name, node }) => `${facts.scopeOf(node)}\n${name}`,
  );
}

/** A statement of its own, which raises nothing either. */
function isIgnored({ syntax }: ModuleFacts, { node, args }: CallFact): boolean {
  const raises = args.some(({ keyword, value }) => keyword === "raise_exception" && value.constants[0] !== false);
  return syntax.kind[syntax.parent[node]] === Kind.expression_statement && !raises;
}
