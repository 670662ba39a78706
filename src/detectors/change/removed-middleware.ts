import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { AssignmentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { countsOf } from "../../text/counts-of.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";
import { mayBeAny, mayProtect, purposeOf } from "./purposes.ts";
import { fromArguments, fromHooks, HOOK, saidOf } from "./removed-hook.ts";
import { usedNames } from "./used-names.ts";

const EXTENSIONS = /^(?:flask_talisman|flask_wtf|flask_seasurf|flask_limiter|flask_sslify|quart_wtf|secure)\b/;

/** Protections that stand before every request and are taken out. */
export const removedMiddleware: ChangeDetector = {
  kind: "change",
  name: "removed-middleware",
  prepare: () => ({ concerns: ({ removed }) => mayProtect(removed) || HOOK.test(removed), detect }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  if (isDevelopmentPath(sides.head.path)) return;
  yield* fromLists(sides);
  yield* fromCalls(sides);
  yield* fromArguments(sides);
  yield* fromHooks(sides);
}

/** Django's list of names: what it lost is said in one place, its name. */
function* fromLists({ base, head }: ChangeSides): Generator<Detection> {
  const left = new Set(textsIn(head, 0));
  const known = new Set(textsIn(base, 0));
  const added = [...left].filter((text) => /middleware/i.test(text) && !known.has(text));
  for (const list of base.assignments.filter(isMiddlewareList)) {
    const after = head.assignments.find(
      (one) => isMiddlewareList(one) && head.scopeOf(one.node) === base.scopeOf(list.node),
    );
    if (after === undefined || added.some((text) => mayBeAny(lastPart(text)))) continue;
    const gone = textsIn(base, list.value).flatMap((text) => {
      const purpose = purposeOf(lastPart(text));
      if (purpose === undefined || left.has(text)) return [];
      return added.some((other) => purposeOf(lastPart(other)) === purpose) ? [] : [{ name: lastPart(text), purpose }];
    });
    if (gone.length === 0) continue;
    yield { node: after.target, fields: { ...saidOf(gone), where: after.name } };
  }
}

/** `app.add_middleware(…)`, `Middleware(…)`, `Talisman(app)`, `csrf.init_app(app)`. */
function* fromCalls({ base, head }: ChangeSides): Generator<Detection> {
  const now = registrations(head);
  const then = registrations(base);
  const known = new Set(then.map(({ name }) => name));
  const added = now.filter(({ name }) => !known.has(name));
  if (added.some(({ name }) => mayBeAny(name))) return;
  const used = countsOf(usedNames(head));
  const usedBefore = countsOf(usedNames(base));
  for (const { name, purpose, call, application, extension } of then) {
    if (purpose === undefined || added.some((one) => one.purpose === purpose)) continue;
    // What is made in one place and bound in another is left where it was made.
    const isLeft =
      extension === undefined
        ? used.has(name)
        : now.some((one) => one.name === name) || (used.get(extension) ?? 0) >= (usedBefore.get(extension) ?? 0);
    if (isLeft) continue;
    const scope = base.scopeOf(call.node);
    const place = factIndex(head).assignmentsTo(scope, application)[0];
    if (place === undefined) continue;
    yield { node: place.target, fields: { middleware: name, where: application, purpose } };
  }
}

interface Registration {
  readonly name: string;
  readonly purpose: string | undefined;
  readonly call: CallFact;
  /** What it is registered with, as it is written. */
  readonly application: string;
  /** The variable of what was made before: `csrf` of `csrf.init_app(app)`. */
  readonly extension?: string;
}

function registrations(facts: ModuleFacts): readonly Registration[] {
  return facts.calls.flatMap((call): readonly Registration[] => {
    const [first] = call.args;
    if (first === undefined) return [];
    const written = textOf(facts.syntax, first.node);
    if (/\.add_middleware$/.test(call.name)) {
      const name = lastPart(written);
      return [{ name, purpose: purposeOf(name), call, application: call.name.replace(/\.add_middleware$/, "") }];
    }
    if (!call.callee.some((path) => EXTENSIONS.test(path))) return [];
    const isLater = /\.init_app$/.test(call.name);
    const made = call.callee.map((path) => /(\w+)\(\)\.init_app$/.exec(path)?.[1]).find((one) => one !== undefined);
    const name = isLater ? (made ?? "") : lastPart(call.name);
    const application = call.args.find(({ position, keyword }) => position === 0 || keyword === "app")?.node;
    if (application === undefined || purposeOf(name) === undefined) return [];
    // What makes an extension that is bound later is given something else first.
    if (!isLater && call.args.every(({ node }) => !IS_APPLICATION.test(textOf(facts.syntax, node)))) return [];
    const extension = isLater ? /^\w+(?=\.init_app$)/.exec(call.name)?.[0] : undefined;
    const bound = { name, purpose: purposeOf(name), call, application: textOf(facts.syntax, application) };
    return [extension === undefined ? bound : { ...bound, extension }];
  });
}

const IS_APPLICATION = /(?:^|[._])(?:app|application|api|server|site)$|^(?:Flask|Quart)\(/i;

function isMiddlewareList({ name }: AssignmentFact): boolean {
  return name === "MIDDLEWARE" || name === "MIDDLEWARE_CLASSES";
}

function textsIn({ syntax }: ModuleFacts, node: number): readonly string[] {
  const found: string[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    const text = syntax.kind[at] === Kind.string ? literalText(syntax, at) : undefined;
    if (text !== undefined) found.push(text);
  }
  return found;
}
