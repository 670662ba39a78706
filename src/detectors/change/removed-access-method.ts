import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { bodyOf, guardsOf } from "./guards.ts";
import { countOfOwned } from "./lost-owner.ts";
import { basesOf } from "./surroundings.ts";
import { DECIDES_WHO_MAY } from "./who-may.ts";

/**
 * The name of a method that decided who may and that a class has no more, though it still builds on the same classes; undefined where none
 * is lost, or something else of the class may decide now.
 */
export function lostAccessMethod({ base, head }: ChangeSides, after: DefinitionFact): string | undefined {
  const name = after.qualifiedName;
  const [before, ...others] = factIndex(base)
    .definedAs(name)
    .filter(({ kind }) => kind === "class");
  if (before === undefined || others.length > 0) return undefined;
  if (basesOf(base, name).join() !== basesOf(head, name).join()) return undefined;
  if (guardsOf(head, after).length > guardsOf(base, before).length) return undefined;
  const then = methodsOf(base, name);
  const now = methodsOf(head, name);
  const known = new Set(then.map((method) => method.name));
  if (now.some((method) => !known.has(method.name))) return undefined;
  const lost = then.find(
    (method) =>
      (DECIDES_WHO_MAY.test(method.name) ? decides(base, method) : narrows(base, method)) &&
      !now.some((one) => one.name === method.name) &&
      !hasMoved({ base, head }, method),
  );
  return lost?.name;
}

function methodsOf({ definitions }: ModuleFacts, owner: string): readonly DefinitionFact[] {
  return definitions.filter((one) => one.kind === "function" && one.qualifiedName === `${owner}.${one.name}`);
}

/** A class of the file has a method of that name which had none: it went to a parent or a mixin. */
function hasMoved({ base, head }: ChangeSides, { name }: DefinitionFact): boolean {
  const known = new Set(base.definitions.map(({ qualifiedName }) => qualifiedName));
  return head.definitions.some((one) => one.name === name && !known.has(one.qualifiedName));
}

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
