import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, childOfKind, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { literalText, operands } from "./literal.ts";

/** Methods of applications and routers that register the function they decorate. */
export const ROUTE_METHODS = new Set(["route", "get", "post", "put", "patch", "delete", "api_route", "websocket"]);

/** `@app.route("/x")`, `@router.get("")`: a method with one of the names and a path as its first argument. */
export function isRouteDecorator(facts: ModuleFacts, decorator: number): boolean {
  return routeDecorators(facts).has(decorator);
}

/** All of a module. */
export const routeDecorators: (facts: ModuleFacts) => ReadonlySet<number> = oncePer(
  ({ syntax }) => new Set(nodesOfKind(syntax, Kind.decorator).filter((decorator) => registersRoute(syntax, decorator))),
);

function registersRoute(syntax: SyntaxArrays, decorator: number): boolean {
  const call = childOfKind(syntax, decorator, Kind.call);
  if (call === NONE) return false;
  const callee = childByField(syntax, call, Field.function);
  if (syntax.kind[callee] !== Kind.attribute) return false;
  if (!ROUTE_METHODS.has(textOf(syntax, childByField(syntax, callee, Field.attribute)))) return false;
  const [first] = operands(syntax, childByField(syntax, call, Field.arguments));
  if (first === undefined) return false;
  const path = syntax.kind[first] === Kind.keyword_argument ? childByField(syntax, first, Field.value) : first;
  return /^(?:\/|$)/u.test(literalText(syntax, path) ?? "no path");
}
