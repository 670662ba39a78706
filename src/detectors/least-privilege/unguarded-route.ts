import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { nameWords } from "../shared/name-words.ts";
import { OPEN_WORDS } from "../shared/open-words.ts";
import { isBeforeHandlers } from "../shared/request-hooks.ts";
import { isRouteDecorator, routeDecorators } from "../shared/route-decorators.ts";

/** How many siblings, and what share of them, make a guard the custom of a file. */
const MIN_GUARDED = 2;
const MIN_SHARE = 0.6;

const CHANGES = /\.(?:post|put|patch|delete)\b|["'](?:POST|PUT|PATCH|DELETE)["']/;

interface Route {
  readonly definition: DefinitionFact;
  /** The route decorator as written. */
  readonly registration: string;
  readonly decorator: number;
  /** The name of the check, where it has one. */
  readonly guard: string | undefined;
}

/** A route that changes something and lacks the check that the other routes of the file have. */
export const unguardedRoute: ModuleDetector = {
  kind: "module",
  name: "unguarded-route",
  triggers: { nodes: [Kind.decorator], and: { words: ["post", "put", "patch", "delete"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (routeDecorators(facts).size === 0 || isGuardedForAll(facts)) return;
  const routes = facts.definitions
    .map((definition) => routeOf(facts, definition))
    .filter((route) => route !== undefined);
  const guarded = routes.filter(({ guard }) => guard !== undefined);
  const usual = [...Map.groupBy(guarded, ({ guard }) => guard ?? "")].sort((a, b) => b[1].length - a[1].length)[0];
  if (usual === undefined || usual[1].length < MIN_GUARDED || guarded.length < routes.length * MIN_SHARE) return;
  for (const { definition, registration, decorator, guard } of routes) {
    if (
      guard !== undefined ||
      !CHANGES.test(registration) ||
      isOpen(definition, registration) ||
      asksInside(facts, definition)
    )
      continue;
    yield {
      node: decorator,
      fields: { function: definition.name, guard: usual[0], siblings: String(usual[1].length) },
    };
  }
}

function routeOf(facts: ModuleFacts, definition: DefinitionFact): Route | undefined {
  if (definition.kind !== "function") return undefined;
  const registration = definition.decorators.find(({ node }) => isRouteDecorator(facts, node));
  if (registration === undefined) return undefined;
  const written = textOf(facts.syntax, registration.node);
  const guard =
    definition.decorators.map(({ name }) => calleeOf(name)).find((name) => isGuardName(name.split(".").at(-1) ?? "")) ??
    dependencyIn(written) ??
    dependencyIn(parametersOf(facts, definition));
  return { definition, registration: written, decorator: registration.node, guard };
}

/** `Depends(current_user)`: what a parameter or `dependencies=` asks for. */
function dependencyIn(code: string): string | undefined {
  for (const [, name = ""] of code.matchAll(/\b(?:Depends|Security)\(\s*([\w.]+)/g)) {
    if (isGuardName(name) || /user|auth|token|admin|permission|principal|identity|scope/i.test(name)) return name;
  }
  return /:\s*(CurrentUser\w*|AuthUser\w*|ActiveUser\w*)/.exec(code)?.[1];
}

function parametersOf({ syntax }: ModuleFacts, { node }: DefinitionFact): string {
  const inner = childByField(syntax, node, Field.definition);
  const parameters = childByField(syntax, inner === NONE ? node : inner, Field.parameters);
  return parameters === NONE ? "" : textOf(syntax, parameters);
}

/** A router that asks for all of its routes, or a hook before every request. */
function isGuardedForAll(facts: ModuleFacts): boolean {
  if (
    facts.calls.some(
      ({ name, args }) =>
        /(?:Router|FastAPI|Blueprint)$/.test(name) && args.some(({ keyword }) => keyword === "dependencies"),
    )
  )
    return true;
  return facts.definitions.some(isBeforeHandlers);
}

function isOpen({ name }: DefinitionFact, registration: string): boolean {
  const path = /["']([^"']*)["']/.exec(registration)?.[1] ?? "";
  return [...nameWords(name), ...nameWords(path)].some((word) => OPEN_WORDS.has(word));
}

/** A check in the body counts as one. */
function asksInside({ syntax }: ModuleFacts, { node }: DefinitionFact): boolean {
  return /current_user|get_\w*user\(|\buser=|get_jwt_identity|verify_|authenticate|authorize|\.user\b|session\[|check_|signature|hmac|api_key|permission/i.test(
    textOf(syntax, node),
  );
}

function calleeOf(name: string): string {
  return name.replace(/^@/, "").replace(/\(.*$/s, "");
}
