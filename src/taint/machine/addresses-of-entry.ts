import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import type { EntryModel } from "../models/model.ts";
import type { Entry } from "./entry.ts";
import type { Machine } from "./machine.ts";

/** The addresses of a function: those that it was registered with, or what the decorators above it say. */
export function addressesOf(machine: Machine, { callable, addresses }: Entry, model: EntryModel): readonly string[] {
  const { syntax } = machine;
  if (addresses !== undefined) return addresses;
  if (isAddressedElsewhere(model)) return addressesElsewhere(machine, callable);
  const { node } = callable.info;
  const own = syntax.text.slice(syntax.start[syntax.parent[node]], syntax.start[node]);
  const ofClass = callable.owner === undefined ? undefined : addressesByClass(syntax).get(callable.owner.name);
  return ofClass?.map((address) => own + address) ?? [own];
}

/**
 * The addresses of a module's classes, as they are written: in what decorates the class (`@ns.route("/<int:page>")`), and beside it
 * in a call (`add_url_rule("/<int:page>", view_func=Page.as_view("page"))`, `add_resource(Page, "/<int:page>")`).
 */
const addressesByClass: (syntax: SyntaxArrays) => ReadonlyMap<string, readonly string[]> = oncePer((syntax) => {
  const found = new Map<string, string[]>();
  for (const definition of nodesOfKind(syntax, Kind.class_definition)) {
    const above = syntax.parent[definition];
    if (syntax.kind[above] !== Kind.decorated_definition) continue;
    const decorators = namedChildren(syntax, above).filter((child) => syntax.kind[child] === Kind.decorator);
    const addresses = decorators.map((decorator) => textOf(syntax, decorator)).filter((text) => /route\(/.test(text));
    if (addresses.length > 0) found.set(textOf(syntax, childByField(syntax, definition, Field.name)), addresses);
  }
  for (const call of nodesOfKind(syntax, Kind.call)) {
    const callee = textOf(syntax, childByField(syntax, call, Field.function));
    if (!/(?:^|\.)add_(?:url_rule|resource|route)$/.test(callee)) continue;
    const given = namedChildren(syntax, childByField(syntax, call, Field.arguments)).map(
      (argument) => [argument, textOf(syntax, argument)] as const,
    );
    const name = given
      .map(([, text]) => /^(?:view_func\s*=\s*)?(\w+)(?:\.as_view\(.*\)|\(\))?$/s.exec(text)?.[1])
      .find(Boolean);
    const addresses = given.filter(([argument, text]) => syntax.kind[argument] === Kind.string && text.includes("/"));
    if (name !== undefined && addresses.length > 0)
      found.set(name, [...(found.get(name) ?? []), ...addresses.map(([, text]) => text)]);
  }
  for (const [name, address] of listedAddresses(syntax)) found.set(name, [...(found.get(name) ?? []), address]);
  return found;
});

/** Of a list such as `[(r"/pages/(?P<page>\d+)", Page), url(r"/", Home)]`, each class with its address. */
function listedAddresses(syntax: SyntaxArrays): readonly (readonly [string, string])[] {
  const calls = [...nodesOfKind(syntax, Kind.call)]
    .filter((call) => /(?:^|\.)(?:url|URLSpec)$/.test(textOf(syntax, childByField(syntax, call, Field.function))))
    .map((call) => childByField(syntax, call, Field.arguments));
  return [...nodesOfKind(syntax, Kind.tuple), ...calls].flatMap((list) => {
    const [address, handler] = namedChildren(syntax, list);
    if (handler === undefined || syntax.kind[handler] !== Kind.identifier) return [];
    const text = syntax.kind[address] === Kind.string ? textOf(syntax, address) : "";
    return /^\w*["']+\^?\//.test(text) ? [[textOf(syntax, handler), text] as const] : [];
  });
}

/** What views are given whose addresses Django looks up. */
const REQUESTS: ReadonlySet<string> = new Set(["django.http.HttpRequest", "rest_framework.request.Request"]);

/** Whether the addresses of an entry stand in a module of their own. */
export function isAddressedElsewhere({ parameterTypes, before }: EntryModel): boolean {
  return !before && REQUESTS.has(parameterTypes["0"] ?? "");
}

/** The addresses that a Django application's module `urls` has for a view, as they are written: those of the class, of a method. */
export function addressesElsewhere(machine: Machine, { info, owner, unit }: FunctionCallable): readonly string[] {
  const syntax = moduleOfAddresses(machine, unit.path);
  return (syntax && addressesByView(syntax).get(owner?.name ?? info.name)) ?? NO_ADDRESSES;
}

/** Whether the module of the addresses stands beside a function and speaks of others alone: one that views call. */
export function isNoView(machine: Machine, { info, unit }: FunctionCallable): boolean {
  const syntax = moduleOfAddresses(machine, unit.path);
  return syntax !== undefined && addressesByView(syntax).size > 0 && !wordsIn(syntax).has(info.name);
}

const wordsIn: (syntax: SyntaxArrays) => ReadonlySet<string> = oncePer(({ text }) => new Set(text.match(/\w+/g)));

function moduleOfAddresses(machine: Machine, path: string): SyntaxArrays | undefined {
  const levels = /(?:^|\/)views\/[^/]+$/.test(path) ? [1, 2] : [1];
  for (const level of levels) {
    const found = machine.project.find(path, level, "urls");
    if (found !== undefined) return found.syntax;
  }
  return undefined;
}

const NO_ADDRESSES: readonly string[] = [];

const addressesByView: (syntax: SyntaxArrays) => ReadonlyMap<string, readonly string[]> = oncePer((syntax) => {
  const found = new Map<string, string[]>();
  for (const call of nodesOfKind(syntax, Kind.call)) {
    const callee = textOf(syntax, childByField(syntax, call, Field.function));
    if (!/(?:^|\.)(?:path|re_path|url)$/.test(callee)) continue;
    const [address = NONE, view = NONE] = namedChildren(syntax, childByField(syntax, call, Field.arguments));
    const name = view === NONE ? undefined : viewName(textOf(syntax, view));
    if (name === undefined || !TEXTS.has(syntax.kind[address])) continue;
    found.set(name, [...(found.get(name) ?? []), textOf(syntax, address)]);
  }
  return found;
});

const TEXTS: ReadonlySet<number> = new Set([Kind.string, Kind.concatenated_string]);

/** `views.detail`, `Detail.as_view()`, `login_required(views.detail)`: the last name that is no method. */
function viewName(text: string): string | undefined {
  const [plain] = text.split(".as_view(");
  return /(\w+)\)*$/.exec(plain)?.[1];
}
