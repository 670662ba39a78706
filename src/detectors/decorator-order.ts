import { Field, Kind } from "../python/kinds.ts";
import { childByField, childOfKind, NONE, textOf } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../taint/facts.ts";
import { literalText, operands } from "./shared/literal.ts";
import { nameWords } from "./shared/name-words.ts";

/** Methods of applications and routers that register the function they decorate. */
const ROUTE_METHODS = new Set(["route", "get", "post", "put", "patch", "delete", "api_route", "websocket"]);

/** What a check asks for, in `login_required`, `requires_auth`, `require_admin`, `roles_accepted`, `check_token`. */
const SUBJECTS = new Set([
  "login",
  "auth",
  "authentication",
  "authorization",
  "admin",
  "superuser",
  "staff",
  "role",
  "roles",
  "permission",
  "permissions",
  "perm",
  "token",
  "jwt",
  "session",
  "scope",
  "scopes",
  "user",
  "member",
  "owner",
  "apikey",
  "key",
]);
const DEMANDS = new Set(["required", "require", "requires", "accepted", "only", "needed", "check", "verify", "ensure"]);
const WHOLE_NAMES = new Set([
  "authenticated",
  "authenticate",
  "authorize",
  "authorized",
  "protected",
  "user_passes_test",
  "secured",
]);

/** Checks that stand above the route decorator and so wrap a function that nobody calls. */
export const decoratorOrder: ModuleDetector = {
  kind: "module",
  name: "decorator-order",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const definition of facts.definitions) {
    if (definition.kind !== "function") continue;
    const found = misplacedGuard(facts, definition);
    if (found !== undefined) yield found;
  }
}

function misplacedGuard(facts: ModuleFacts, definition: DefinitionFact): Detection | undefined {
  const { decorators } = definition;
  const firstRoute = decorators.findIndex((decorator) => isRoute(facts, decorator.node));
  const route = decorators[firstRoute];
  const guard = decorators.slice(0, Math.max(firstRoute, 0)).find((decorator) => isGuard(lastName(decorator.name)));
  if (route === undefined || guard === undefined) return undefined;
  return {
    node: guard.node,
    swap: [guard.node, route.node],
    fields: { route: calleeOnly(route.name), guard: calleeOnly(guard.name), function: definition.name },
  };
}

/** `@app.route("/x")`: a method with one of the names and a path as its first argument. */
function isRoute(facts: ModuleFacts, decorator: number): boolean {
  const { syntax } = facts;
  const call = childOfKind(syntax, decorator, Kind.call);
  if (call === NONE) return false;
  const callee = childByField(syntax, call, Field.function);
  if (syntax.kind[callee] !== Kind.attribute) return false;
  if (!ROUTE_METHODS.has(textOf(syntax, childByField(syntax, callee, Field.attribute)))) return false;
  const [first] = operands(syntax, childByField(syntax, call, Field.arguments));
  if (first === undefined) return false;
  const path = syntax.kind[first] === Kind.keyword_argument ? childByField(syntax, first, Field.value) : first;
  return literalText(syntax, path)?.startsWith("/") ?? false;
}

function isGuard(name: string): boolean {
  if (WHOLE_NAMES.has(name)) return true;
  const words = nameWords(name);
  return words.some((word) => DEMANDS.has(word)) && words.some((word) => SUBJECTS.has(word));
}

function lastName(name: string): string {
  return calleeOnly(name).split(".").at(-1) ?? "";
}

function calleeOnly(name: string): string {
  return name.replace(/^@/, "").replace(/\(.*$/s, "");
}
