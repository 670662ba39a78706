import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { countsOf } from "../../text/counts-of.ts";
import { factIndex } from "../shared/fact-index.ts";
import { bodyOf } from "./guards.ts";
import { purposeOf } from "./purposes.ts";
import { nameNode } from "./surroundings.ts";
import { usedNames } from "./used-names.ts";

/**
 * `Starlette(middleware=[Middleware(HTTPSRedirectMiddleware)])`, `grpc.server(pool, interceptors=[AuthInterceptor()])`: what the list
 * has no more, or the call, where it is given no list at all. It is said in one place.
 */
export function* fromArguments({ base, head }: ChangeSides): Generator<Detection> {
  const lists = listsIn(base);
  if (lists.length === 0) return;
  const used = countsOf(usedNames(head));
  const usedBefore = countsOf(usedNames(base));
  const now = [...listsIn(head), ...callsWithout(head, lists)];
  for (const before of lists) {
    const [after, ...others] = now.filter(
      ({ call, scope }) => call.name === before.call.name && scope === before.scope,
    );
    if (after === undefined || others.length > 0) continue;
    const added = after.names.filter((name) => !before.names.includes(name)).map(purposeOf);
    if (added.includes(undefined)) continue;
    const gone = before.names.flatMap((name) => {
      const purpose = purposeOf(name);
      if (purpose === undefined || after.names.includes(name) || added.includes(purpose)) return [];
      return (used.get(name) ?? 0) < (usedBefore.get(name) ?? 0) ? [{ name, purpose }] : [];
    });
    if (gone.length > 0) yield { node: after.node, fields: { ...saidOf(gone), where: after.call.name } };
  }
}

/** All that is gone, and all that it was for, each once. */
export function saidOf(
  gone: readonly { readonly name: string; readonly purpose: string }[],
): Readonly<Record<"middleware" | "purpose", string>> {
  const purposes = new Set(gone.map(({ purpose }) => purpose));
  return { middleware: gone.map(({ name }) => name).join(", "), purpose: [...purposes].join(" and ") };
}

interface MiddlewareList {
  readonly call: CallFact;
  readonly scope: string;
  readonly node: number;
  readonly names: readonly string[];
}

const LISTS: ReadonlySet<string> = new Set(["middleware", "middlewares", "interceptors"]);

/** Lists that are written out, without `*others` in them. */
function listsIn(facts: ModuleFacts): readonly MiddlewareList[] {
  const { syntax } = facts;
  return facts.calls.flatMap((call) => {
    const list = listOf(call);
    if (list === undefined || (syntax.kind[list] !== Kind.list && syntax.kind[list] !== Kind.tuple)) return [];
    const entries = namedChildren(syntax, list);
    if (entries.some((entry) => syntax.kind[entry] === Kind.list_splat)) return [];
    return [{ call, scope: facts.scopeOf(call.node), node: list, names: entries.map((entry) => nameOf(facts, entry)) }];
  });
}

/** Calls of the functions that were given a list, and that are given none, not even by `**options`. */
function callsWithout(facts: ModuleFacts, lists: readonly MiddlewareList[]): readonly MiddlewareList[] {
  const names = new Set(lists.map(({ call }) => call.name));
  return facts.calls
    .filter((call) => names.has(call.name) && listOf(call) === undefined && !call.doubleSplat)
    .map((call) => ({ call, scope: facts.scopeOf(call.node), node: call.node, names: [] }));
}

function listOf({ args }: CallFact): number | undefined {
  return args.find(({ keyword }) => keyword !== undefined && LISTS.has(keyword))?.node;
}

/** `CORSMiddleware` of `Middleware(CORSMiddleware, …)`; what is called or named, of anything else. */
function nameOf({ syntax }: ModuleFacts, entry: number): string {
  if (syntax.kind[entry] !== Kind.call) return lastPart(textOf(syntax, entry));
  const called = lastPart(textOf(syntax, childByField(syntax, entry, Field.function)));
  const [first] = namedChildren(syntax, childByField(syntax, entry, Field.arguments));
  return called === "Middleware" && first !== undefined ? lastPart(textOf(syntax, first)) : called;
}

/** By what a function is run behind every request. */
export const HOOK = /\bafter_(?:app_)?request\b|\.middleware\b/;

const HEADERS = /X-Frame-Options|Content-Security-Policy|Strict-Transport-Security|X-Content-Type-Options/i;

/** A function that set the headers of every answer, and that nothing runs any more. */
export function* fromHooks({ base, head }: ChangeSides): Generator<Detection> {
  for (const after of head.definitions) {
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    const hook = before?.decorators.find(({ name }) => HOOK.test(name));
    if (before === undefined || hook === undefined || others.length > 0 || after.decorators.length > 0) continue;
    const body = bodyOf(head, after);
    // Its own definition names it once.
    if (
      body === NONE ||
      !HEADERS.test(textOf(head.syntax, body)) ||
      (countsOf(usedNames(head)).get(after.name) ?? 0) > 1
    )
      continue;
    const where = hook.name.replace(/^@/, "").split(".")[0] ?? "";
    yield {
      node: nameNode(head, after),
      fields: { middleware: after.name, where, purpose: "by the headers of browsers" },
    };
  }
}
