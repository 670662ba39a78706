import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { oncePerText } from "../../text/once-per-text.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { isBeforeHandlers } from "../shared/request-hooks.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";
import { countInside } from "./count-inside.ts";
import { type Guard, guardsOf } from "./guards.ts";
import { definitionBefore } from "./moved-definition.ts";
import { guardsOnceMentioned } from "./once-mentioned.ts";
import { removedAtRegistration } from "./removed-registration.ts";
import { isReplaced } from "./replaced-guard.ts";
import { rewrittenViews } from "./rewritten-view.ts";
import { guardsAround, nameNode, type SharedGuard, sharedGuards } from "./surroundings.ts";

/** Django REST framework has a default for a view without permissions, which may well be a login: its absence proves little. */
const MAY_BE_DEFAULT = new Set(["IsAuthenticated", "IsAuthenticatedOrReadOnly", "AllowAny", "[]"]);

/** Checks of who may pass that a function, class, application or router had and has no more. */
export const removedGuard: ChangeDetector = {
  kind: "change",
  name: "removed-guard",
  prepare: () => ({ concerns: guardsOnceMentioned, detect }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  const shared = sharedGuards(head);
  const unguarded: DefinitionFact[] = [];
  for (const after of head.definitions) {
    if (isGuarded(head, after)) continue;
    const before = definitionBefore(sides, after);
    if (before === undefined || isReplaced(sides, before, after)) continue;
    if (hasRoute(base, before) && !hasRoute(head, after)) continue;
    if (after.isRoute) unguarded.push(after);
    const guard = guardToMiss(base, before);
    if (
      guard === undefined ||
      isOpenTo(after, guard) ||
      isNowInside(sides, after) ||
      shared.some((one) => covers(head, one, after))
    )
      continue;
    yield { node: nameNode(head, after), fields: { guard: guard.name, function: after.name } };
  }
  for (const { before, after } of rewrittenViews(sides)) {
    const guard = guardToMiss(base, before);
    const isAsked = isGuarded(head, after) || (guardsInside(head).get(after.qualifiedName) ?? 0) > 0;
    if (guard === undefined || isOpenTo(after, guard) || isAsked || shared.length > 0) continue;
    yield { node: nameNode(head, after), fields: { guard: guard.name, function: after.name } };
  }
  if (shared.length === 0) yield* ofAll(sides, unguarded);
  yield* removedAtRegistration(sides);
}

/** The check that a function or class asks for itself, where it would be missed; who signs in is nobody yet. */
export function guardToMiss(facts: ModuleFacts, definition: DefinitionFact): Guard | undefined {
  const [guard] = ownGuards(facts, definition.qualifiedName).filter(({ name }) => !MAY_BE_DEFAULT.has(name));
  return guard === undefined || isOpenTo(definition, guard) ? undefined : guard;
}

/** Whether neither it nor what is around it in the file asks who calls. */
export function isUnguarded(facts: ModuleFacts, definition: DefinitionFact): boolean {
  return !isGuarded(facts, definition) && !sharedGuards(facts).some((guard) => covers(facts, guard, definition));
}

/** What an application or another router asks for may hold for all of the file; what one router asks for, for its own routes. */
function covers(facts: ModuleFacts, { target, isOfRouter }: SharedGuard, { decorators }: DefinitionFact): boolean {
  if (!isOfRouter) return true;
  const routes = decorators.filter(({ node }) => isRouteDecorator(facts, node));
  return routes.some(({ name }) => name.replace(/^@/, "").startsWith(`${target}.`));
}

/** A check that all routes of the file had, and that some of them have no more. */
function* ofAll({ base, head }: ChangeSides, unguarded: readonly DefinitionFact[]): Generator<Detection> {
  const [guard] = sharedGuards(base);
  const open = unguarded.find((one) => !isOpen(one));
  if (guard === undefined || open === undefined || hooksOf(head) > hooksOf(base)) return;
  const made = factIndex(head).assignmentsTo("", guard.target)[0];
  yield {
    node: made?.target ?? nameNode(head, open),
    fields: { guard: guard.name, function: made?.name ?? open.name },
  };
}

function ownGuards(facts: ModuleFacts, name: string): readonly Guard[] {
  return guardsByName(facts)(name);
}

/** A name may be defined many times. */
const guardsByName = oncePer((facts: ModuleFacts) =>
  oncePerText((name) =>
    factIndex(facts)
      .definedAs(name)
      .flatMap((one) => guardsOf(facts, one)),
  ),
);

function isGuarded(facts: ModuleFacts, { qualifiedName }: DefinitionFact): boolean {
  return ownGuards(facts, qualifiedName).length > 0 || guardsAround(facts, qualifiedName).length > 0;
}

/** The check of a class went to its methods. */
function isNowInside({ base, head }: ChangeSides, { qualifiedName, kind }: DefinitionFact): boolean {
  if (kind !== "class") return false;
  const inside = (facts: ModuleFacts) =>
    (guardsInside(facts).get(qualifiedName) ?? 0) - ownGuards(facts, qualifiedName).length;
  return inside(head) > inside(base);
}

const guardsInside = oncePer((facts: ModuleFacts) => countInside(facts, (one) => guardsOf(facts, one).length));

function hasRoute(facts: ModuleFacts, { decorators }: DefinitionFact): boolean {
  return decorators.some(({ node }) => isRouteDecorator(facts, node));
}

/** Words in the names of what may have been closed by mistake: who signs in or asks whether the service lives is nobody yet. */
const OPENED_ON_PURPOSE = new Set(
  (
    "health healthz ping login signin signup logout register refresh callback oauth webhook hook static public forgot " +
    "unsubscribe csp"
  ).split(" "),
);

/** Who sends is asked of a webhook, though nobody signs in there. */
function isOfSender({ name }: Guard): boolean {
  return /signature|signed|hmac|webhook/i.test(name);
}

function isOpenTo(definition: DefinitionFact, guard: Guard): boolean {
  return isOpen(definition) && !isOfSender(guard);
}

function isOpen({ name }: DefinitionFact): boolean {
  return nameWords(name).some((word) => OPENED_ON_PURPOSE.has(word));
}

/** Whatever is run before requests may ask. */
function hooksOf(facts: ModuleFacts): number {
  const decorated = facts.definitions.filter(isBeforeHandlers);
  return decorated.length + facts.calls.filter(({ name }) => /\.(?:add_middleware|before_request)$/.test(name)).length;
}
