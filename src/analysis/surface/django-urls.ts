import { registersUrl } from "../../detectors/shared/url-registration.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { pathText, positional } from "./routers.ts";

/** One `path(…)` of a URL configuration. */
export interface DjangoUrl {
  readonly call: CallFact;
  /** With the paths of what includes it in the same file. */
  readonly path: string;
  readonly view: number;
  /** What it includes of other files, as it is written: `shop.urls`, `router.urls`. */
  readonly includes?: string;
}

/** The URLs of a module in source order, those that include a list of the same file aside. */
export function djangoUrls(facts: ModuleFacts): readonly DjangoUrl[] {
  const found = urlsIn(facts);
  return [...found.values()].flatMap((url): readonly DjangoUrl[] => {
    if (url.included === undefined) return [one(facts, url)];
    return isListHere(facts, url.included) ? [] : [{ ...one(facts, url), includes: included(facts, url.included) }];
  });
}

/** What stands before the URLs of a list or router of the file that is included here: `router.urls` in `path("api/", …)`. */
export function includedAt(facts: ModuleFacts, written: string): string {
  const url = [...urlsIn(facts).values()].find(
    ({ included: what }) => what !== undefined && included(facts, what) === written,
  );
  return url === undefined ? "" : `${prefixAround(facts, url.call.node, 0)}${url.written}`;
}

interface Written {
  readonly call: CallFact;
  readonly written: string;
  readonly view: number;
  /** The argument of `include`. */
  readonly included: number | undefined;
}

const urlsIn: (facts: ModuleFacts) => ReadonlyMap<number, Written> = oncePer((facts) => {
  const calls = new Map(facts.calls.map((call) => [call.node, call]));
  return new Map(
    facts.calls.flatMap((call) => {
      if (!registersUrl(call)) return [];
      const written = pathText(facts, positional(call, 0));
      const view = positional(call, 1);
      if (written === undefined || view === undefined) return [];
      const inner = calls.get(view.node);
      const isInclude = inner !== undefined && /(?:^|\.)include$/u.test(inner.name);
      const included = isInclude ? positional(inner, 0)?.node : undefined;
      return [[call.node, { call, written, view: view.node, included }] as const];
    }),
  );
});

function one(facts: ModuleFacts, { call, written, view }: Written): DjangoUrl {
  const prefix = prefixAround(facts, call.node, 0);
  return { call, path: prefix === "" ? written : `${prefix}${written.replace(/^\^/u, "")}`, view };
}

/** Lists in lists. */
const DEEPEST = 5;

/** The paths of the calls around a node, and of those that include the list that it stands in. */
function prefixAround(facts: ModuleFacts, node: number, depth: number): string {
  const { syntax } = facts;
  const urls = urlsIn(facts);
  let prefix = "";
  for (let at = syntax.parent[node]; at > 0; at = syntax.parent[at]) {
    const around = urls.get(at);
    if (around !== undefined) prefix = `${around.written}${prefix}`;
    if (syntax.kind[at] !== Kind.assignment || depth >= DEEPEST) continue;
    const name = textOf(syntax, childByField(syntax, at, Field.left));
    const url = [...urls.values()].find(({ included: what }) => what !== undefined && firstName(facts, what) === name);
    if (url !== undefined) return `${prefixAround(facts, url.call.node, depth + 1)}${url.written}${prefix}`;
  }
  return prefix;
}

/** `include([…])`, `include((urls, "shop"))`, `include(router.urls)`: the URLs are in this file, each by itself. */
function isListHere(facts: ModuleFacts, node: number): boolean {
  const name = firstName(facts, node).replace(/\.urls$/u, "");
  return /^\(*\[/u.test(textOf(facts.syntax, node)) || facts.assignments.some((one) => one.name === name);
}

/** `shop.urls` of `"shop.urls"` and of `("shop.urls", "shop")`. */
function included(facts: ModuleFacts, node: number): string {
  return textOf(facts.syntax, node)
    .replace(/^\(\s*([^,]+),.*$/su, "$1")
    .replaceAll(/["']/gu, "");
}

function firstName(facts: ModuleFacts, node: number): string {
  return /^\(*\s*([\w.]+)/u.exec(textOf(facts.syntax, node))?.[1] ?? "";
}
