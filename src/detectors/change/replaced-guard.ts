import { lastPart } from "../../python/last-part.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";
import { countInside } from "./count-inside.ts";
import { bodyOf, decoratorName, identifiersIn, parametersOf } from "./guards.ts";
import { basesOf, countOfQuestions } from "./surroundings.ts";

/** Decorators that ask nobody who they are. */
const HARMLESS = new Set(
  (
    "staticmethod classmethod property cached_property cache lru_cache cache_page cache_control never_cache csrf_exempt " +
    "csrf_protect ensure_csrf_cookie require_http_methods require_GET require_POST require_safe wraps api_view action " +
    "override deprecated atomic non_atomic_requests gzip_page vary_on_headers xframe_options_exempt extend_schema " +
    "swagger_auto_schema route get post put patch delete websocket abstractmethod setter limit ratelimit"
  ).split(" "),
);

export function isHarmlessDecorator(name: string): boolean {
  return HARMLESS.has(lastPart(name));
}

/**
 * Whether the head asks in some other way: a decorator, dependency, base or question that the base did not have. Names in
 * `judged` are left aside: what they ask is known. Questions do not count where they are what was compared.
 */
export function isReplaced(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
  judged: ReadonlySet<string> = new Set(),
  doQuestionsCount = true,
): boolean {
  return (
    hasNewDecorator({ base, head }, before, after, judged) ||
    hasNewDependency({ base, head }, before, after, judged) ||
    hasNewBase({ base, head }, before, after, judged) ||
    (doQuestionsCount && questionsIn(head, ownerOf(after)) > questionsIn(base, ownerOf(before))) ||
    isWrapped(head, after.name) > isWrapped(base, before.name)
  );
}

function hasNewDecorator(
  { head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
  judged: ReadonlySet<string>,
): boolean {
  const known = new Set(before.decorators.map(({ name }) => decoratorName(name)));
  return after.decorators.some(({ name, node }) => {
    const callee = decoratorName(name);
    if (identifiersIn(head, node).some((one) => judged.has(one))) return false;
    return !known.has(callee) && !isHarmlessDecorator(callee) && !isRouteDecorator(head, node);
  });
}

function hasNewDependency(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
  judged: ReadonlySet<string>,
): boolean {
  const known = dependenciesOf(base, before);
  return [...dependenciesOf(head, after)].some((name) => !known.has(name) && !judged.has(lastPart(name)));
}

/** What a function depends on, and the types of its parameters that carry a dependency along. */
export function dependenciesOf(facts: ModuleFacts, definition: DefinitionFact): ReadonlySet<string> {
  const node = parametersOf(facts, definition);
  if (node === NONE) return new Set();
  const code = textOf(facts.syntax, node);
  const found = code.matchAll(/\b(?:Depends|Security)\(\s*([\w.]+)|:\s*([A-Z]\w*(?:Dep|User|Auth|Session|Token)\w*)/g);
  return new Set([...found].map(([, called, type]) => called ?? type ?? ""));
}

/** A new base class of the class itself or of those around a method may bring the check along. */
function hasNewBase(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
  judged: ReadonlySet<string>,
): boolean {
  const [old, now] = [before.qualifiedName.split("."), after.qualifiedName.split(".")];
  return now.some((_, at) => {
    const known = new Set(basesOf(base, old.slice(0, at + 1).join(".")));
    const bases = basesOf(head, now.slice(0, at + 1).join("."));
    return bases.some((other) => !known.has(other) && !judged.has(lastPart(other)));
  });
}

/** `path("orders/", login_required(orders))`: how many checks the function is handed to. */
export function isWrapped(facts: ModuleFacts, name: string): number {
  return guardedNames(facts).get(name) ?? 0;
}

const guardedNames = oncePer((facts: ModuleFacts): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { name, args } of facts.calls) {
    if (!isGuardName(lastPart(name))) continue;
    const names = new Set(args.flatMap(({ node }) => identifiersIn(facts, node)));
    for (const one of names) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return counts;
});

/** The class that a class of options belongs to, whose methods may ask: `Order` of `Order.Meta`. */
function ownerOf({ qualifiedName }: DefinitionFact): string {
  return qualifiedName.replace(/(?<=.)\.Meta$/, "");
}

/** How often the bodies of a function, or of a class's methods, ask who is there. */
function questionsIn(facts: ModuleFacts, name: string): number {
  return questionsByName(facts).get(name) ?? 0;
}

const questionsByName = oncePer((facts: ModuleFacts) =>
  countInside(facts, (one) => {
    const body = one.kind === "function" ? bodyOf(facts, one) : NONE;
    return body === NONE ? 0 : countOfQuestions(textOf(facts.syntax, body));
  }),
);
