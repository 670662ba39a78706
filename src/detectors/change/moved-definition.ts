import { NONE, textOf } from "../../python/walk.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
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
  const lines = textOf(facts.syntax, body)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
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

/** Whether `after` is `before` in another file: as good as the same lines, with nothing that may ask in the place of what is gone. */
export function isSameUnasked(before: DefinitionCode, after: DefinitionCode): boolean {
  if (before.qualifiedName !== after.qualifiedName || (before.isRouted && !after.isRouted)) return false;
  if (after.asks.some((one) => !before.asks.includes(one))) return false;
  if (questionsIn(after) > questionsIn(before)) return false;
  const known = new Set(before.lines);
  const shared = after.lines.filter((line) => known.has(line)).length;
  return shared >= SAME * Math.max(before.lines.length, after.lines.length);
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
