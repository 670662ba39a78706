import { Kind } from "../../python/kinds.ts";
import { spanOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { isRouteDecorator, ROUTE_METHODS, routeDecorators } from "../shared/route-decorators.ts";

/** Checks that stand above the route decorator and so wrap a function that nobody calls. */
export const decoratorOrder: ModuleDetector = {
  kind: "module",
  name: "decorator-order",
  triggers: { names: [...ROUTE_METHODS], and: { nodes: [Kind.decorator] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (routeDecorators(facts).size === 0) return;
  for (const definition of facts.definitions) {
    if (definition.kind !== "function") continue;
    const found = misplacedGuard(facts, definition);
    if (found !== undefined) yield found;
  }
}

function misplacedGuard(facts: ModuleFacts, definition: DefinitionFact): Detection | undefined {
  const { decorators } = definition;
  const firstRoute = decorators.findIndex((decorator) => isRouteDecorator(facts, decorator.node));
  const route = decorators[firstRoute];
  const guard = decorators.slice(0, Math.max(firstRoute, 0)).find((decorator) => isGuardName(lastName(decorator.name)));
  if (route === undefined || guard === undefined) return undefined;
  const { syntax } = facts;
  // A change may have moved either of them.
  const span = { start: spanOf(syntax, guard.node).start, end: spanOf(syntax, route.node).end };
  return {
    node: guard.node,
    span,
    swap: [guard.node, route.node],
    fields: { route: calleeOnly(route.name), guard: calleeOnly(guard.name), function: definition.name },
  };
}

function lastName(name: string): string {
  return calleeOnly(name).split(".").at(-1) ?? "";
}

function calleeOnly(name: string): string {
  return name.replace(/^@/, "").replace(/\(.*$/s, "");
}
