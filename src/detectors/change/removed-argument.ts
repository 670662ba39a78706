import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { basesOf, nameNode } from "./surroundings.ts";

const Options = z.strictObject({
  arguments: z
    .array(
      z.strictObject({
        /** Patterns of API paths, or of the name as it is written. */
        callee: z.string(),
        keyword: z.string(),
        /** Where the argument stands without its keyword, and a pattern of what is written there or around it. */
        position: z.int().min(0).optional(),
        beside: z.string().optional(),
        /** What the argument has to be to protect: something, true, or false. */
        is: z.enum(["given", "true", "false"]),
        /** Whether the call does more harm where the argument is gone, and where it is the opposite now. */
        "when-gone": z.boolean().default(true),
        "when-opposite": z.boolean().default(false),
        /** A pattern for the name of what the call's result is given to. */
        named: z.string().optional(),
        /** Nothing is lost where the function that the call decorates says what it gives back. */
        "unless-annotated": z.boolean().default(false),
        /** The only text that protects, where others do not. */
        equals: z.string().optional(),
        /** What the call does without it, for a message. */
        without: z.string(),
      }),
    )
    .min(1),
});

/** Arguments by which a call did less harm, and which the same call has no more. */
export const removedArgument: ChangeDetector = {
  kind: "change",
  name: "removed-argument",
  prepare: (raw) => {
    const known = Options.parse(raw).arguments.map((one) => ({ ...one, callee: new RegExp(one.callee, "u") }));
    const words = new RegExp(
      `\\b(?:${[...new Set(known.flatMap(({ keyword, beside = [] }) => [keyword, beside].flat()))].join("|")})\\b`,
    );
    return { concerns: ({ removed }) => words.test(removed), detect: (sides) => detect(sides, known) };
  },
};

interface Known {
  readonly callee: RegExp;
  readonly keyword: string;
  readonly position?: number | undefined;
  readonly is: "given" | "true" | "false";
  readonly equals?: string | undefined;
  readonly named?: string | undefined;
  readonly "unless-annotated": boolean;
  readonly "when-gone": boolean;
  readonly "when-opposite": boolean;
  readonly without: string;
}

function* detect(sides: ChangeSides, known: readonly Known[]): Generator<Detection> {
  const { base } = sides;
  for (const before of base.calls) {
    for (const one of known.filter(({ callee }) => isCalled(before, callee))) {
      const { keyword, is, equals, without } = one;
      const argument = argumentOf(before, one);
      if (argument === undefined || !protects(argument, is, equals) || !isNamed(base, before, one)) continue;
      const place = placeOfLoss(sides, before, one);
      if (place === undefined) continue;
      const written = textOf(base.syntax, argument.node);
      const limit = `${keyword}=${written}`;
      yield { node: place.node, fields: { argument: written, keyword, limit, call: place.name, without } };
    }
  }
}

interface Place {
  readonly node: number;
  readonly name: string;
}

/** Where the head does without the argument: the call, or the class whose setting it was; undefined where nothing is lost. */
function placeOfLoss(sides: ChangeSides, before: CallFact, known: Known): Place | undefined {
  const { base, head } = sides;
  const { is, equals } = known;
  const after = sameCall(sides, before) ?? callInItsPlace(sides, before, known);
  if (after === undefined) {
    const owner = ownerWithout(sides, before) ?? decoratedWithout(sides, before);
    return owner && { node: nameNode(head, owner), name: owner.name };
  }
  if (after.doubleSplat) return undefined;
  if (known["unless-annotated"] && isAnnotated(head, after)) return undefined;
  const now = argumentOf(after, known);
  if (now !== undefined) {
    const isExchanged = equals !== undefined && now.value.constants.length > 0 && !protects(now, is, equals);
    return isExchanged || (known["when-opposite"] && isOpposite(now, is)) ? after : undefined;
  }
  // Several calls became one another's: the argument is where it was.
  const isElsewhere = countOf(head, before, known) >= countOf(base, before, known);
  return known["when-gone"] && !isElsewhere ? after : undefined;
}

/** Whether the result of a call goes to what is called so. */
function isNamed(facts: ModuleFacts, call: CallFact, { named }: Known): boolean {
  return named === undefined || new RegExp(named, "iu").test(givenTo(facts, call));
}

/** Whether the function that a call decorates says what it gives back: `-> UserOut`. */
function isAnnotated({ syntax }: ModuleFacts, { node }: CallFact): boolean {
  const above = syntax.parent[node];
  if (syntax.kind[above] !== Kind.decorator) return false;
  const definition = childByField(syntax, syntax.parent[above], Field.definition);
  return definition !== NONE && childByField(syntax, definition, Field.return_type) !== NONE;
}

function isCalled({ name, callee }: CallFact, pattern: RegExp): boolean {
  return pattern.test(name) || callee.some((path) => pattern.test(path));
}

type Named = Pick<Known, "keyword" | "position">;

function argumentOf({ args }: CallFact, { keyword, position }: Named): ArgumentFact | undefined {
  return args.find((one) => one.keyword === keyword || (position !== undefined && one.position === position));
}

function protects({ value: { constants } }: ArgumentFact, is: Known["is"], equals: Known["equals"]): boolean {
  if (equals !== undefined) return constants.length > 0 && constants.every((one) => one === equals);
  if (is === "false") return constants.length > 0 && constants.every((one) => one === false);
  const isNothing = constants.length > 0 && constants.every((one) => one === null || one === false);
  return !isNothing && (is === "given" || constants.length === 0 || constants.every(Boolean));
}

function isOpposite({ value: { constants } }: ArgumentFact, is: Known["is"]): boolean {
  return constants.length > 0 && constants.every((one) => (is === "given" ? one === null : one === (is === "false")));
}

/** The call of that name in the same function: the only one, or the one with the same first argument, or whose result has the same name. */
function sameCall({ base, head }: ChangeSides, before: CallFact): CallFact | undefined {
  const keys = decorated(base, before) === "" ? [nothing, firstOf, givenTo] : [nothing, decorated];
  for (const keyOf of keys) {
    const place = placeOf(base, before, keyOf);
    const now = callsByPlace(head).get(keyOf)?.get(place) ?? [];
    if (now.length === 1 && callsByPlace(base).get(keyOf)?.get(place)?.length === 1) return now[0];
  }
  return undefined;
}

/** The only call of the kind in the function, where it had one and that has another name now: `requests.get` and `self.session.get`. */
function callInItsPlace({ base, head }: ChangeSides, before: CallFact, { callee }: Known): CallFact | undefined {
  const scope = base.scopeOf(before.node);
  const alike = (facts: ModuleFacts) =>
    factIndex(facts)
      .callsIn(scope)
      .filter((call) => lastPart(call.name) === lastPart(before.name) && isCalled(call, callee));
  const [now, ...others] = alike(head);
  return others.length === 0 && alike(base).length === 1 && now?.name !== before.name ? now : undefined;
}

type KeyOf = (facts: ModuleFacts, call: CallFact) => string;

/** The calls of a function by what they call and a key. */
const callsByPlace = oncePer((facts: ModuleFacts): ReadonlyMap<KeyOf, ReadonlyMap<string, readonly CallFact[]>> => {
  const grouped = (keyOf: KeyOf) => Map.groupBy(facts.calls, (call) => placeOf(facts, call, keyOf));
  return new Map([nothing, firstOf, givenTo, decorated].map((keyOf) => [keyOf, grouped(keyOf)]));
});

function placeOf(facts: ModuleFacts, call: CallFact, keyOf: KeyOf): string {
  return `${facts.scopeOf(call.node)}\n${call.name}\n${keyOf(facts, call)}`;
}

function nothing(): string {
  return "";
}

/** The name that a call's result is given. */
function givenTo(facts: ModuleFacts, { node }: CallFact): string {
  return factIndex(facts).assignedFrom(node)?.name ?? "";
}

/** The function that a call decorates. */
function decorated({ syntax }: ModuleFacts, { node }: CallFact): string {
  if (syntax.kind[syntax.parent[node]] !== Kind.decorator) return "";
  const definition = childByField(syntax, syntax.parent[syntax.parent[node]], Field.definition);
  return definition === NONE ? "" : textOf(syntax, childByField(syntax, definition, Field.name));
}

/** The class at the head whose setting (`model_config = …`) is gone as a whole, though it builds on the same classes. */
function ownerWithout({ base, head }: ChangeSides, { node }: CallFact): DefinitionFact | undefined {
  const scope = base.scopeOf(node);
  const setting = factIndex(base)
    .assignmentsIn(scope)
    .find((one) => one.value === node);
  const owner = factIndex(head).classNamed(scope);
  if (setting === undefined || owner === undefined) return undefined;
  if (basesOf(base, scope).join() !== basesOf(head, scope).join()) return undefined;
  const isStated = factIndex(head).assignmentsTo(scope, setting.name).length > 0;
  // What has its settings in an inner class, as pydantic 1 had them.
  const isInside = factIndex(head).definedAs(`${scope}.Config`).length > 0;
  return isStated || isInside || !isStillThere(head, owner, setting.name) ? undefined : owner;
}

/** Whether a class has what it says nothing about any more: its own settings, and a field that a list of it still names. */
function isStillThere({ syntax }: ModuleFacts, { node }: DefinitionFact, name: string): boolean {
  if (/config/i.test(name)) return true;
  const written = textOf(syntax, node);
  return [`"${name}"`, `'${name}'`, "__all__"].some((one) => written.includes(one));
}

/** The function at the head that the same decorator stands over, and is given nothing: `@shared_task`. */
function decoratedWithout({ base, head }: ChangeSides, before: CallFact): DefinitionFact | undefined {
  const name = decorated(base, before);
  const owner = head.definitions.find((one) => name !== "" && one.name === name);
  return owner?.decorators.some((one) => one.name.replace(/^@/, "") === before.name) === true ? owner : undefined;
}

function firstOf({ syntax }: ModuleFacts, { args }: CallFact): string {
  const first = args.find(({ position }) => position === 0);
  return first === undefined ? "" : textOf(syntax, first.node);
}

/** How many calls of that method or function in the file have the argument. */
function countOf(facts: ModuleFacts, { name }: CallFact, named: Named): number {
  const key = `${lastPart(name)}\n${named.keyword}\n${named.position ?? ""}`;
  const known = knownCounts(facts);
  const count = known.get(key) ?? facts.calls.filter(isAlike).length;
  known.set(key, count);
  return count;

  function isAlike(call: CallFact): boolean {
    return lastPart(call.name) === lastPart(name) && argumentOf(call, named) !== undefined;
  }
}

const knownCounts = oncePer((_: ModuleFacts) => new Map<string, number>());
