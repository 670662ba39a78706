import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { bodyOf } from "./guards.ts";
import { purposeOf } from "./purposes.ts";
import { nameNode } from "./surroundings.ts";
import { countsOf, usedNames } from "./used-names.ts";

/** `Starlette(middleware=[Middleware(HTTPSRedirectMiddleware)])`, `web.Application(middlewares=[require_login])`: what the list has no more. */
export function* fromArguments({ base, head }: ChangeSides): Generator<Detection> {
  const used = countsOf(usedNames(head));
  const usedBefore = countsOf(usedNames(base));
  for (const before of listsIn(base)) {
    const [after, ...others] = listsIn(head).filter(
      ({ call, scope }) => call.name === before.call.name && scope === before.scope,
    );
    if (after === undefined || others.length > 0) continue;
    const added = after.names.filter((name) => !before.names.includes(name));
    if (added.some((name) => purposeOf(name) === undefined)) continue;
    for (const name of before.names) {
      const purpose = purposeOf(name);
      if (purpose === undefined || after.names.includes(name) || added.some((one) => purposeOf(one) === purpose))
        continue;
      if ((used.get(name) ?? 0) >= (usedBefore.get(name) ?? 0)) continue;
      yield { node: after.node, fields: { middleware: name, where: after.call.name, purpose } };
    }
  }
}

interface MiddlewareList {
  readonly call: CallFact;
  readonly scope: string;
  readonly node: number;
  readonly names: readonly string[];
}

/** Lists that are written out, without `*others` in them. */
function listsIn(facts: ModuleFacts): readonly MiddlewareList[] {
  const { syntax } = facts;
  return facts.calls.flatMap((call) => {
    const list = call.args.find(({ keyword }) => keyword === "middleware" || keyword === "middlewares")?.node;
    if (list === undefined || (syntax.kind[list] !== Kind.list && syntax.kind[list] !== Kind.tuple)) return [];
    const entries = namedChildren(syntax, list);
    if (entries.some((entry) => syntax.kind[entry] === Kind.list_splat)) return [];
    return [{ call, scope: facts.scopeOf(call.node), node: list, names: entries.map((entry) => nameOf(facts, entry)) }];
  });
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
