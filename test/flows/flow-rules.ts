import type { Rule } from "../../src/rules/rule.ts";
import type { RuleSet } from "../../src/rules/rule-set.ts";

/** Only what follows data: patterns have their own examples. */
export function flowRules<T extends RuleSet>(all: T): T {
  return { ...all, rules: all.rules.filter(({ match }) => isFlow(match)) };
}

function isFlow(match: Rule["match"]): boolean {
  return match.kind === "taint" || (match.kind === "any" && match.of.every(isFlow));
}
