import { STANDARD_LIBRARY } from "../python/standard-library.ts";
import type { Rule } from "../rules/rule.ts";

/** A package that fewer rules speak of is found by searching. */
const FEWEST_RULES = 3;

/** The modules of the application that examples are taken from. */
const OWN_MODULES = new Set(["shop", "settings", "store", "tasks", "models", "app"]);

/** By rule id, the packages that its examples import, as far as several rules speak of them: what a reader filters by. */
export function librariesOf(rules: readonly Rule[]): ReadonlyMap<string, readonly string[]> {
  const imported = new Map(rules.map((rule) => [rule.id, importsOf(rule)]));
  const counts = new Map<string, number>();
  for (const names of imported.values()) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isCommon = (name: string) => (counts.get(name) ?? 0) >= FEWEST_RULES;
  return new Map([...imported].map(([id, names]) => [id, [...names].filter(isCommon).toSorted()]));
}

function importsOf({ bad, good }: Rule): ReadonlySet<string> {
  const names = [...bad, ...good].flatMap(({ code }) =>
    [...code.matchAll(/^[ \t]*(?:from|import)[ \t]+([a-zA-Z_]\w*)/gmu)].map(([, name = ""]) => name),
  );
  return new Set(names.filter((name) => !STANDARD_LIBRARY.has(name) && !OWN_MODULES.has(name)));
}
