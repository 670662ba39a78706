import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";
import { decoratorName, identifiersIn, parametersOf } from "./guards.ts";
import { basesOf, nameNode } from "./surroundings.ts";

/** Limits of how often something may be asked for, which a function or class had and has no more. */
export const removedThrottle: ChangeDetector = {
  kind: "change",
  name: "removed-throttle",
  prepare: () => ({ concerns: ({ removed }) => /limit|throttl/i.test(removed), detect }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  // A limit for everything may take the place of many.
  if (limitersIn(head) > limitersIn(base)) return;
  for (const after of head.definitions) {
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    if (before === undefined || others.length > 0) continue;
    const [limit] = limitsOf(base, before);
    if (limit === undefined || limitsOf(head, after).length > 0 || isOtherwise(sides, before, after)) continue;
    yield { node: nameNode(head, after), fields: { limit, function: after.name } };
  }
}

/** Decorators, dependencies and attributes, as they are written. */
function limitsOf(facts: ModuleFacts, definition: DefinitionFact): readonly string[] {
  const { syntax } = facts;
  const decorators = definition.decorators.flatMap(({ name, node }) => {
    const callee = decoratorName(name);
    if (isLimit(callee)) return [callee];
    return isRouteDecorator(facts, node) ? dependenciesIn(textOf(syntax, node)) : [];
  });
  const parameters = parametersOf(facts, definition);
  const asked = parameters < 0 ? [] : dependenciesIn(textOf(syntax, parameters));
  const attributes =
    definition.kind === "class"
      ? factIndex(facts)
          .assignmentsIn(definition.qualifiedName)
          .filter(({ name }) => /^throttle_(?:classes|scope)$/.test(name))
          .flatMap(({ name, value }) =>
            identifiersIn(facts, value).length > 0 || syntax.kind[value] === Kind.string ? [name] : [],
          )
      : [];
  return [...decorators, ...asked, ...attributes];
}

function dependenciesIn(code: string): readonly string[] {
  return [...code.matchAll(/\bDepends\(\s*([\w.]+)/g)].flatMap(([, name = ""]) => (isLimit(name) ? [name] : []));
}

/** `limiter.limit`, `ratelimit`, `throttle_classes`, `RateLimiter`. */
function isLimit(name: string): boolean {
  const words = nameWords(lastPart(name));
  if (words.some((word) => /^(?:ratelimit(?:ed|er)?|throttled?|throttling)$/.test(word))) return true;
  if (words.includes("rate") && words.some((word) => /^limit(?:ed|er|s)?$/.test(word))) return true;
  return /(?:^|\.)\w*limiter\.(?:shared_)?limit$/.test(name);
}

/** A decorator or base that was not there may limit, too. */
function isOtherwise({ base, head }: ChangeSides, before: DefinitionFact, after: DefinitionFact): boolean {
  const known = new Set(before.decorators.map(({ name }) => name));
  const hasDecorator = after.decorators.some(({ name, node }) => !known.has(name) && !isRouteDecorator(head, node));
  return hasDecorator || basesOf(base, before.qualifiedName).join() !== basesOf(head, after.qualifiedName).join();
}

/** How many limiters are made, or put in front of all routes. */
function limitersIn({ calls, assignments }: ModuleFacts): number {
  const made = calls.filter(({ name }) => {
    return nameWords(lastPart(name)).some((word) => /^(?:limiter|ratelimit|throttle|limits)$/.test(word));
  });
  const forAll = calls.filter(({ args }) => args.some(({ keyword }) => keyword === "default_limits"));
  return made.length + forAll.length + assignments.filter(({ name }) => /THROTTLE|RATELIMIT/.test(name)).length;
}
