import { sharedGuards } from "../../detectors/change/surroundings.ts";
import { factIndex } from "../../detectors/shared/fact-index.ts";
import { textOf } from "../../python/walk.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";

/** What is known in one file of its routers: what stands before the paths of each, and who asks for all of them. */
export interface Routers {
  /** `/v1/orders` for `router`; empty where nothing is known. */
  prefixOf(router: string): string;
  guardOf(router: string): string | undefined;
  /** Whether a name is bound to what something named a router makes. */
  isRouter(name: string): boolean;
  /** Routers of other files that are taken in here. */
  readonly mounts: readonly RouterMount[];
}

/** `app.include_router(orders.router, prefix="/orders")`, `app.register_blueprint(shop)`, `api.add_router("/orders", router)`. */
export interface RouterMount {
  readonly node: number;
  /** The router as it is written. */
  readonly target: string;
  /** The application or router that takes it in. */
  readonly into: string;
  readonly prefix: string | undefined;
  /** A blueprint's own prefix gives way to this one. */
  readonly isBlueprint: boolean;
}

/** Routers in routers: a deeper one is a circle. */
const DEEPEST = 5;

/** What makes a router or an application. */
const MAKES = /(?:^|\.)\w*(?:Router|Blueprint|Namespace|FastAPI|Flask|Starlette|NinjaAPI|Quart|Sanic)$/;

export const routersOf: (facts: ModuleFacts) => Routers = oncePer((facts) => {
  const calls = factIndex(facts).callAt;
  const made = new Map(
    facts.assignments.flatMap(({ name, value }) => {
      const call = calls.get(value);
      return call !== undefined && MAKES.test(call.name) ? [[name, call] as const] : [];
    }),
  );
  const mounts = facts.calls.flatMap((call) => mountOf(facts, call));
  const guards = sharedGuards(facts);
  const prefixOf = (router: string, depth = 0): string => {
    const call = made.get(router);
    const own = call === undefined ? undefined : pathText(facts, argument(call, "prefix", "url_prefix"));
    const mount = mounts.find(({ target }) => target === router);
    if (mount === undefined || depth >= DEEPEST) return own ?? "";
    const outer = prefixOf(mount.into, depth + 1);
    return mount.isBlueprint ? `${outer}${mount.prefix ?? own ?? ""}` : `${outer}${mount.prefix ?? ""}${own ?? ""}`;
  };
  return {
    prefixOf,
    guardOf: (router) => guards.find(({ target }) => target === router || target === "app")?.name,
    isRouter: (name) => made.get(name)?.name.endsWith("Router") === true,
    mounts: mounts.filter(({ target }) => !made.has(target)),
  };
});

/** What a path is in the code's own words: what is worked out stands in braces, as in an f-string. */
export function pathText(facts: ModuleFacts, given: ArgumentFact | undefined): string | undefined {
  if (given === undefined) return undefined;
  const [constant] = given.value.constants;
  if (typeof constant === "string") return constant;
  const written = textOf(facts.syntax, given.node);
  const text = /^[rf]+(["'])(.*)\1$/isu.exec(written)?.[2];
  return text ?? (/^[\w.]+$/u.test(written) && written !== "None" ? `{${written}}` : undefined);
}

/** By the first of the keywords that is there. */
export function argument({ args }: CallFact, ...keywords: readonly string[]): ArgumentFact | undefined {
  return args.find(({ keyword = "" }) => keywords.includes(keyword));
}

export function positional({ args }: CallFact, index: number): ArgumentFact | undefined {
  return args.find(({ position }) => position === index);
}

function mountOf(facts: ModuleFacts, call: CallFact): readonly RouterMount[] {
  const [, into = "", method = ""] = /^(.+)\.(include_router|register_blueprint|add_router)$/u.exec(call.name) ?? [];
  if (method === "") return [];
  const isPathFirst = method === "add_router";
  const router = argument(call, "router", "blueprint") ?? positional(call, isPathFirst ? 1 : 0);
  const prefix = argument(call, "prefix", "url_prefix") ?? (isPathFirst ? positional(call, 0) : undefined);
  if (router === undefined) return [];
  const target = textOf(facts.syntax, router.node);
  const isBlueprint = method === "register_blueprint";
  return [{ node: call.node, target, into, prefix: pathText(facts, prefix), isBlueprint }];
}
