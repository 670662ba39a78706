import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import { groupByEach } from "../../rules/indexed-facts.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isRouteDecorator } from "../shared/route-decorators.ts";
import { bodyOf, decoratorName } from "./guards.ts";
import { dependenciesOf, isHarmlessDecorator, isWrapped } from "./replaced-guard.ts";
import { basesOf, countOfQuestions } from "./surroundings.ts";

/** A function or class by what tells whether the one of another file is the same, and whether it asks more. */
export interface DefinitionCode {
  readonly qualifiedName: string;
  /** A decorator gives it an address. */
  readonly isRouted: boolean;
  /** Of the body, without indentation and empty lines. */
  readonly lines: readonly string[];
  /** Decorators, bases and dependencies: what may ask who calls. */
  readonly asks: readonly string[];
}

/** Lines of a body beyond which no other is compared with it. */
const MAX_LINES = 400;

/** Undefined of what is too long, and of what a check is put around where it is registered. */
export function codeOf(facts: ModuleFacts, definition: DefinitionFact): DefinitionCode | undefined {
  const body = bodyOf(facts, definition);
  if (body === NONE || isWrapped(facts, definition.name) > 0) return undefined;
  const lines = linesOf(facts, body);
  if (lines.length > MAX_LINES) return undefined;
  const decorators = definition.decorators.filter(({ node }) => !isRouteDecorator(facts, node));
  const callees = decorators.map(({ name }) => decoratorName(name)).filter((name) => !isHarmlessDecorator(name));
  const { qualifiedName } = definition;
  return {
    qualifiedName,
    isRouted: decorators.length < definition.decorators.length,
    lines,
    asks: [...callees, ...basesOf(facts, qualifiedName), ...dependenciesOf(facts, definition)],
  };
}

function linesOf({ syntax }: ModuleFacts, body: number): readonly string[] {
  return textOf(syntax, body)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Whether `after` is `before` in another file: as good as the same lines, with nothing that may ask in the place of what is gone. */
export function isSameUnasked(before: DefinitionCode, after: DefinitionCode): boolean {
  if (before.qualifiedName !== after.qualifiedName || (before.isRouted && !after.isRouted)) return false;
  if (after.asks.some((one) => !before.asks.includes(one))) return false;
  return questionsIn(after) <= questionsIn(before) && shareLines(before.lines, after.lines);
}

/** Whether as many lines are in both as where code was moved or renamed. */
function shareLines(before: readonly string[], after: readonly string[]): boolean {
  const known = new Set(before);
  const shared = after.filter((line) => known.has(line)).length;
  return shared >= SAME * Math.max(before.length, after.length);
}

/** Share of the lines of the longer body: imports get other names where code moves. */
const SAME = 2 / 3;

function questionsIn({ lines }: DefinitionCode): number {
  return countOfQuestions(lines.join("\n"));
}

/** Those of `facts` that `others` has not, by their dotted names. */
export function definitionsWithout(facts: ModuleFacts, others: ModuleFacts | undefined): readonly DefinitionFact[] {
  return facts.definitions.filter(
    ({ qualifiedName }) => others === undefined || factIndex(others).definedAs(qualifiedName).length === 0,
  );
}

/**
 * What a definition of the head was at the base: by its dotted name, else by the address that a decorator gives it, else by what it does,
 * as far as the head has it no more by its own name.
 */
export function definitionBefore(sides: ChangeSides, after: DefinitionFact): DefinitionFact | undefined {
  const { base, head } = sides;
  const [same] = factIndex(base).definedAs(after.qualifiedName);
  if (same !== undefined) return same;
  const gone = goneFrom(sides).get(placeOf(after)) ?? NOTHING_GONE;
  if (gone.all.length === 0) return undefined;
  const [served, ...others] = new Set(addressesOf(head, after).flatMap((address) => gone.byAddress.get(address) ?? []));
  if (served !== undefined) return others.length === 0 ? served.definition : undefined;
  const lines = linesOf(head, bodyOf(head, after));
  if (lines.length < FEW_LINES || gone.all.length > MOST_GONE) return undefined;
  const [alike, ...more] = gone.all.filter((one) => shareLines(one.lines, lines));
  return more.length === 0 ? alike?.definition : undefined;
}

/** What the base had and the head has no more, by where it stood. */
const goneFrom = oncePer(({ base, head }: ChangeSides): ReadonlyMap<string, Gone> => {
  const all = definitionsWithout(base, head).map((definition) => ({
    definition,
    addresses: addressesOf(base, definition),
    lines: linesOf(base, bodyOf(base, definition)),
  }));
  const byPlace = Map.groupBy(all, ({ definition }) => placeOf(definition));
  return new Map(
    [...byPlace].map(([place, some]) => [
      place,
      { all: some, byAddress: groupByEach(some, ({ addresses }) => addresses) },
    ]),
  );
});

interface GoneDefinition {
  readonly definition: DefinitionFact;
  readonly addresses: readonly string[];
  readonly lines: readonly string[];
}

interface Gone {
  readonly all: readonly GoneDefinition[];
  readonly byAddress: ReadonlyMap<string, readonly GoneDefinition[]>;
}

const NOTHING_GONE: Gone = { all: [], byAddress: new Map() };

/** Lines of a body that many have, whatever their names. */
const FEW_LINES = 3;

/** Definitions of one place beyond which what is gone is not looked for in what is new: the file was written anew. */
const MOST_GONE = 100;

function placeOf({ kind, qualifiedName }: DefinitionFact): string {
  return `${kind} ${qualifiedName.slice(0, Math.max(0, qualifiedName.lastIndexOf(".")))}`;
}

/** The decorators that give it its addresses, as they are written up to the first argument: `@app.get("/orders"`. */
function addressesOf(facts: ModuleFacts, { decorators }: DefinitionFact): readonly string[] {
  return decorators.flatMap(({ node }) => {
    if (!isRouteDecorator(facts, node)) return [];
    const [address = ""] = textOf(facts.syntax, node).split(/[,)]/u);
    return [address.replaceAll(/\s/gu, "")];
  });
}
