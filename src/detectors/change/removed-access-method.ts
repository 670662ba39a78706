import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { bodyOf, guardsOf } from "./guards.ts";
import { countOfOwned } from "./lost-owner.ts";
import { definitionsWithout } from "./moved-definition.ts";
import { basesOf } from "./surroundings.ts";
import { DECIDES_WHO_MAY } from "./who-may.ts";

/**
 * The name of a method that decided who may and that a class has no more, though it still builds on the same classes; undefined where none
 * is lost, or something else of the class may decide now.
 */
export function lostAccessMethod(sides: ChangeSides, after: DefinitionFact): string | undefined {
  const { base, head } = sides;
  const name = after.qualifiedName;
  const [before, ...others] = factIndex(base)
    .definedAs(name)
    .filter(({ kind }) => kind === "class");
  if (before === undefined || others.length > 0) return undefined;
  if (basesOf(base, name).join() !== basesOf(head, name).join()) return undefined;
  if (guardsOf(head, after).length > guardsOf(base, before).length) return undefined;
  const then = factIndex(base).methodsOf(name);
  const now = factIndex(head).methodsOf(name);
  const known = new Set(then.map((method) => method.name));
  if (now.some((method) => !known.has(method.name))) return undefined;
  const lost = then.find(
    (method) =>
      (DECIDES_WHO_MAY.test(method.name) ? decides(base, method) : narrows(base, method)) &&
      !now.some((one) => one.name === method.name) &&
      !newNames(sides).has(method.name),
  );
  return lost?.name;
}

/** The names of what the base did not have where it is now: a method that a class has no more went to a parent or a mixin. */
const newNames = oncePer(
  ({ base, head }: ChangeSides): ReadonlySet<string> => new Set(definitionsWithout(head, base).map(({ name }) => name)),
);

/** `get_queryset`, without which a view finds the rows of everybody. */
function narrows(facts: ModuleFacts, { name, qualifiedName }: DefinitionFact): boolean {
  return name === "get_queryset" && countOfOwned(facts, qualifiedName) > 0;
}

/** It refuses, or answers with something that depends on who asks: neither empty nor a call of its parent alone. */
function decides(facts: ModuleFacts, method: DefinitionFact): boolean {
  const { syntax } = facts;
  const body = bodyOf(facts, method);
  for (let at = body; body >= 0 && at < syntax.next[body]; at++) {
    if (syntax.kind[at] === Kind.raise_statement) return true;
    if (syntax.kind[at] !== Kind.return_statement) continue;
    const answer = textOf(syntax, at).replace(/^return\s*/, "");
    if (!/^(?:True|None|super\(\)[\w.(),\s*]*)?$/.test(answer)) return true;
  }
  return false;
}
