import { guardsOf } from "../../detectors/change/guards.ts";
import { guardsAround } from "../../detectors/change/surroundings.ts";
import { isGuardName } from "../../detectors/shared/guard-names.ts";
import { isRouteDecorator } from "../../detectors/shared/route-decorators.ts";
import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { spanOf, textOf } from "../../python/walk.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { djangoUrls } from "./django-urls.ts";
import { isOnlyDocumented, registeredRoutes } from "./registered-routes.ts";
import { dottedName, moduleName } from "./router-names.ts";
import { type Routers, routersOf } from "./routers.ts";
import { AT_THE_VIEW, type SurfaceEntry } from "./surface.ts";

/** The routes of a module, each with the first check of who calls that it has by itself, by its class or by its router. */
export function routesOf(facts: ModuleFacts): readonly SurfaceEntry[] {
  const routers = routersOf(facts);
  const views = new Map(
    facts.definitions.filter(({ qualifiedName: name }) => !name.includes(".")).map((one) => [one.name, one]),
  );
  const guardOfView = (node: number): string | undefined => {
    const names = namesIn(facts, node);
    const view = names.map((name) => views.get(name)).find((one) => one !== undefined);
    return names.find(isGuardName) ?? (view === undefined ? AT_THE_VIEW : guardOf(facts, view));
  };
  return [
    ...facts.definitions.flatMap((definition) => decorated(facts, routers, definition)),
    ...djangoUrls(facts).map(({ call, path, view, includes }): SurfaceEntry => {
      const name = `URL ${path === "" ? "/" : path}`;
      const at = { location: placeOf(facts, call.node), within: moduleName(facts.path) };
      if (includes !== undefined) return { kind: "mount", ...mounted(facts, name, path, includes), ...at };
      const [called] = call.args.find(({ keyword }) => keyword === "name")?.value.constants ?? [];
      const id = typeof called === "string" ? { id: called } : {};
      return { kind: "route", name, ...id, ...guarded(guardOfView(view)), handler: viewName(facts, view), ...at };
    }),
    ...registeredRoutes(facts).map(({ node, router, name, view }): SurfaceEntry => {
      const guard = guardOfView(view);
      return {
        kind: "route",
        name,
        ...guarded(guard === AT_THE_VIEW ? (routers.guardOf(router) ?? guard) : (guard ?? routers.guardOf(router))),
        handler: viewName(facts, view),
        within: `${moduleName(facts.path)}.${router}`,
        location: placeOf(facts, node),
      };
    }),
    ...routers.mounts.map(({ node, into, prefix = "", target }): SurfaceEntry => {
      const path = `${routers.prefixOf(into)}${prefix}`;
      const at = { location: placeOf(facts, node), within: `${moduleName(facts.path)}.${into}` };
      const name = path === "" ? "/" : path;
      return { kind: "mount", ...mounted(facts, name, path, target), ...guarded(routers.guardOf(target)), ...at };
    }),
  ];
}

function decorated(facts: ModuleFacts, routers: Routers, definition: DefinitionFact): readonly SurfaceEntry[] {
  const addresses = definition.decorators.filter(({ node }) => isRouteDecorator(facts, node));
  const guard = addresses.length === 0 ? undefined : guardOf(facts, definition);
  return addresses
    .map((one) => ({ ...one, router: one.name.replace(/^@/u, "").split(".").slice(0, -1).join(".") }))
    .filter(({ router }) => !isOnlyDocumented(router))
    .map(({ node, router }): SurfaceEntry => {
      const { methods, path } = writtenRoute(textOf(facts.syntax, node));
      return {
        kind: "route",
        name: `${methods} ${routers.prefixOf(router)}${path}`,
        ...guarded(guard ?? routers.guardOf(router)),
        handler: definition.name,
        within: `${moduleName(facts.path)}.${router}`,
        location: placeOf(facts, node),
      };
    });
}

function guarded(guard: string | undefined): Pick<SurfaceEntry, "guard"> {
  return guard === undefined ? {} : { guard };
}

function mounted(
  facts: ModuleFacts,
  shown: string,
  prefix: string,
  target: string,
): Pick<SurfaceEntry, "name" | "mounts"> {
  return { name: `${shown} → ${target}`, mounts: { target: dottedName(facts, target), prefix } };
}

function placeOf({ path, syntax }: ModuleFacts, node: number): SurfaceEntry["location"] {
  return { path, span: spanOf(syntax, node) };
}

function guardOf(facts: ModuleFacts, definition: DefinitionFact): string | undefined {
  return guardsOf(facts, definition)[0]?.name ?? guardsAround(facts, definition.qualifiedName)[0]?.name;
}

/** What the decorator says of its route: `GET` where it says nothing. */
function writtenRoute(decorator: string): { readonly methods: string; readonly path: string } {
  const path = /\(\s*(?:\w+\s*=\s*)?[rf]?["']([^"']*)["']/u.exec(decorator)?.[1] ?? "";
  const listed = [...(/methods\s*=\s*[[({]([^\])}]*)/u.exec(decorator)?.[1] ?? "").matchAll(/["'](\w+)["']/gu)];
  const methods = listed.map(([, method = ""]) => method.toUpperCase()).toSorted();
  const own = /^@?[\w.]*\.(get|post|put|patch|delete|websocket)\s*\(/u.exec(decorator)?.[1]?.toUpperCase();
  return { methods: methods.length > 0 ? methods.join(", ") : (own ?? "GET"), path };
}

/** `remove` of `views.remove`, `Remove` of `views.Remove.as_view()`. */
function viewName(facts: ModuleFacts, view: number): string {
  const written = textOf(facts.syntax, view).replace(/\.as_view\(.*$/su, "");
  return lastPart(written);
}

function namesIn(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++)
    if (syntax.kind[at] === Kind.identifier) found.push(textOf(syntax, at));
  return found;
}
