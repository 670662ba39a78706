import { guardsOf } from "../../detectors/change/guards.ts";
import { guardsAround, sharedGuards } from "../../detectors/change/surroundings.ts";
import { isRouteDecorator } from "../../detectors/shared/route-decorators.ts";
import { spanOf, textOf } from "../../python/walk.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import type { SurfaceEntry } from "./surface.ts";

/** What registers a route by a call: its path is the first argument, and the check is at the view, out of sight. */
const REGISTERS = /^(?:django\.urls\.(?:re_)?path|django\.conf\.urls\.url)$/;

/** The routes of a module, each with the first check of who calls that it has by itself, by its class or by its router. */
export function routesOf(facts: ModuleFacts): readonly SurfaceEntry[] {
  const shared = sharedGuards(facts);
  const decorated = facts.definitions.flatMap((definition) =>
    definition.decorators
      .filter(({ node }) => isRouteDecorator(facts, node))
      .map(({ node, name }): SurfaceEntry => {
        const router = name.replace(/^@/u, "").split(".").slice(0, -1).join(".");
        const guard =
          guardOf(facts, definition) ?? shared.find(({ target }) => target === router || target === "app")?.name;
        return {
          kind: "route",
          name: routeName(textOf(facts.syntax, node)),
          ...(guard !== undefined && { guard }),
          location: { path: facts.path, span: spanOf(facts.syntax, node) },
        };
      }),
  );
  return [...decorated, ...facts.calls.flatMap((call) => registered(facts, call))];
}

function guardOf(facts: ModuleFacts, definition: DefinitionFact): string | undefined {
  return guardsOf(facts, definition)[0]?.name ?? guardsAround(facts, definition.qualifiedName)[0]?.name;
}

/** `POST /orders`, as the decorator says it; `GET` where it says nothing. */
function routeName(decorator: string): string {
  const path = /\(\s*(?:\w+\s*=\s*)?[rf]?["']([^"']*)["']/u.exec(decorator)?.[1] ?? "";
  const listed = [...(/methods\s*=\s*[[({]([^\])}]*)/u.exec(decorator)?.[1] ?? "").matchAll(/["'](\w+)["']/gu)];
  const methods = listed.map(([, method = ""]) => method.toUpperCase()).toSorted();
  const own = /^@?[\w.]*\.(get|post|put|patch|delete|websocket)\s*\(/u.exec(decorator)?.[1]?.toUpperCase();
  return `${methods.length > 0 ? methods.join(", ") : (own ?? "GET")} ${path}`;
}

function registered(facts: ModuleFacts, { callee, args, node }: CallFact): readonly SurfaceEntry[] {
  const [path] = args.find(({ position }) => position === 0)?.value.constants ?? [];
  if (typeof path !== "string" || !callee.some((one) => REGISTERS.test(one))) return [];
  const view = args.find(({ position }) => position === 1);
  if (view === undefined || /\binclude\(/u.test(textOf(facts.syntax, view.node))) return [];
  const location = { path: facts.path, span: spanOf(facts.syntax, node) };
  const [called] = args.find(({ keyword }) => keyword === "name")?.value.constants ?? [];
  const id = typeof called === "string" ? { id: called } : {};
  return [{ kind: "route", name: `URL ${path === "" ? "/" : path}`, ...id, guard: AT_THE_VIEW, location }];
}

/** Stands for a check that is looked for elsewhere. */
export const AT_THE_VIEW = "at the view";
