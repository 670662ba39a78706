import { lastPart } from "../../python/last-part.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { includedAt } from "./django-urls.ts";
import { argument, pathText, positional, routersOf } from "./routers.ts";

/** A route that is registered by a call. */
export interface RegisteredRoute {
  readonly node: number;
  /** What it is registered at, as it is written; empty for a table of routes. */
  readonly router: string;
  /** `POST /orders`; `URL orders/` where the methods are those of a class. */
  readonly name: string;
  readonly view: number;
}

/** How a library's call says what is served: at which positions, if not by a keyword, its path and its view are. */
interface Form {
  readonly path: number;
  readonly view: number;
  /** Keywords of the view. */
  readonly keywords: readonly string[];
  readonly methods?: string;
}

const FLASK: Form = { path: 0, view: 2, keywords: ["view_func"] };
const ENDPOINT: Form = { path: 0, view: 1, keywords: ["endpoint", "route", "handler"] };

/** By the method's name: `app.add_url_rule`, `router.add_api_route`, `app.router.add_get`. */
const METHODS: ReadonlyMap<string, Form> = new Map([
  ["add_url_rule", FLASK],
  ["add_api_route", ENDPOINT],
  ["add_route", ENDPOINT],
  ["add_api_websocket_route", { ...ENDPOINT, methods: "WEBSOCKET" }],
  ["add_websocket_route", { ...ENDPOINT, methods: "WEBSOCKET" }],
  ...["get", "post", "put", "patch", "delete"].map(
    (method) => [`add_${method}`, { ...ENDPOINT, methods: method.toUpperCase() }] as const,
  ),
]);

const STARLETTE = /^starlette\.routing\.(?:WebSocket)?Route$/;
const AIOHTTP = /^aiohttp\.web\.(get|post|put|patch|delete|view)$/;
const REST_ROUTER = /(?:^|\.)\w*Router\(\)\.register$/;

/**
 * The routes that a module registers by calls, those of Django's URL configurations aside. A path behind a `!` is a whole one in blueprints that
 * read it so; in others it is none.
 */
export function registeredRoutes(facts: ModuleFacts): readonly RegisteredRoute[] {
  return facts.calls
    .filter(mayRegister)
    .flatMap((call) => [...byForm(facts, call), ...resources(facts, call), ...viewSets(facts, call)]);
}

/** Most calls are told from those that register something by their last name. */
function mayRegister({ name, callee }: CallFact): boolean {
  const last = lastPart(name);
  return METHODS.has(last) || OTHERS.has(last) || callee.some((path) => REGISTERS.test(path));
}

const OTHERS: ReadonlySet<string> = new Set(["add_resource", "register"]);
const REGISTERS = /^(?:starlette\.routing|aiohttp\.web)\.|Router\(\)\.register$/;

function byForm(facts: ModuleFacts, call: CallFact): readonly RegisteredRoute[] {
  const form = formOf(call);
  if (form === undefined) return [];
  const path = pathText(facts, argument(call, "path", "rule") ?? positional(call, form.path));
  const view = argument(call, ...form.keywords) ?? positional(call, form.view);
  if (path === undefined || view === undefined || !/^[/!{]|^$/u.test(path)) return [];
  const router = receiverOf(call);
  if (isOnlyDocumented(router)) return [];
  const methods = form.methods ?? methodsOf(call);
  const whole = path.startsWith("!") ? path.slice(1) : `${routersOf(facts).prefixOf(router)}${path}`;
  return [{ node: call.node, router, name: `${methods} ${whole}`, view: view.node }];
}

/** `app.webhooks` of FastAPI says what others are sent, and serves nothing. */
export function isOnlyDocumented(router: string): boolean {
  return /^(?!self\.)\w+\.webhooks$/u.test(router);
}

function formOf({ name, callee }: CallFact): Form | undefined {
  if (callee.some((path) => STARLETTE.test(path))) return ENDPOINT;
  const own = callee.map((path) => AIOHTTP.exec(path)?.[1]).find((method) => method !== undefined);
  if (own !== undefined) return { ...ENDPOINT, methods: own === "view" ? "URL" : own.toUpperCase() };
  return METHODS.get(name.split(".").at(-1) ?? "");
}

/** `api.add_resource(Orders, "/orders", "/all-orders")`: one class at several paths. */
function resources(facts: ModuleFacts, call: CallFact): readonly RegisteredRoute[] {
  const view = positional(call, 0);
  if (view === undefined || !/\.add_resource$/u.test(call.name)) return [];
  const router = receiverOf(call);
  return call.args.flatMap((arg) => {
    const path = arg.position === undefined || arg.position === 0 ? undefined : pathText(facts, arg);
    return path?.startsWith("/") ? [{ node: arg.node, router, name: `URL ${path}`, view: view.node }] : [];
  });
}

/** `router.register("orders", OrderViewSet)` of Django REST framework. */
function viewSets(facts: ModuleFacts, call: CallFact): readonly RegisteredRoute[] {
  const router = receiverOf(call);
  const isRegister = call.callee.some((path) => REST_ROUTER.test(path));
  if (!isRegister && !(call.name.endsWith(".register") && routersOf(facts).isRouter(router))) return [];
  const path = pathText(facts, argument(call, "prefix") ?? positional(call, 0));
  const view = argument(call, "viewset") ?? positional(call, 1);
  if (path === undefined || view === undefined) return [];
  const prefix = includedAt(facts, `${router}.urls`);
  return [{ node: call.node, router: `${router}.urls`, name: `URL ${prefix}${path}/`, view: view.node }];
}

function receiverOf({ name }: CallFact): string {
  return name.split(".").slice(0, -1).join(".");
}

function methodsOf(call: CallFact): string {
  const given = argument(call, "methods")?.value;
  const values = given?.elements ?? (given === undefined ? [] : [given]);
  const methods = values.flatMap(({ constants }) => constants.filter((one) => typeof one === "string"));
  return methods.length === 0
    ? "GET"
    : methods
        .map((one) => one.toUpperCase())
        .toSorted()
        .join(", ");
}
