import type { Model } from "../taint/models/model.ts";
import type { ModelTables } from "../taint/models/model-tables.ts";
import type { Vocabulary } from "../taint/models/vocabulary.ts";
import type { Match, Rule } from "./rule.ts";
import type { TriggerTables } from "./trigger-tables.ts";

/** Everything that `rules/` says, as plain data: what the build writes and child processes load. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly vocabulary: Vocabulary;
  readonly models: readonly Model[];
  /** What follows from these rules and models, worked out by the build; without it that is done where they are compiled. */
  readonly tables?: RuleTables;
}

export interface RuleTables {
  readonly models: ModelTables;
  /** How many patterns each rule has, as `alternativesOf` counts them. */
  readonly alternatives: readonly number[];
  /** What the patterns wait for. */
  readonly triggers: TriggerTables;
}

/** What is asked where a rule is shown or tested, and never where code is analysed. */
const SHOWN = ["references", "why", "remedy", "limits", "bad", "good"] as const satisfies readonly (keyof Rule)[];

/** The same as two JSON texts: what every analysis reads, with each pattern a text of its own, and what is read where it is asked for. */
export function writeRuleSet({ models, ...ruleSet }: RuleSet): { readonly analysed: string; readonly shown: string } {
  const isShown = (key: string) => (SHOWN as readonly string[]).includes(key);
  const isAnalysed = (key: string) => !isShown(key) && key !== "match";
  const rulesOf = (isWanted: (key: string) => boolean) =>
    ruleSet.rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([key]) => isWanted(key))));
  const matches = ruleSet.rules.map(({ match }) => JSON.stringify(match));
  return {
    analysed: JSON.stringify({ ruleSet: { ...ruleSet, rules: rulesOf(isAnalysed) }, matches }),
    shown: JSON.stringify({ models, rules: rulesOf(isShown) }),
  };
}

interface Analysed {
  readonly ruleSet: RuleSet;
  readonly matches: readonly string[];
}

type Shown = Pick<RuleSet, "models"> & { readonly rules: readonly Pick<Rule, (typeof SHOWN)[number]>[] };

/**
 * What `writeRuleSet` wrote; `readShown` is called once at most, and a pattern is read when its rule is first asked for it: in a process of
 * one file most are not. Nothing is checked: that was done when it was written.
 */
export function readRuleSet(analysed: string, readShown: () => string): RuleSet {
  let known: Shown | undefined;
  const shown = () => {
    known ??= JSON.parse(readShown()) as Shown;
    return known;
  };
  const { ruleSet, matches } = JSON.parse(analysed) as Analysed;
  const places = new Map(ruleSet.rules.map((rule, index) => [rule, index]));
  // The same for all rules, so that they have one shape: it takes half the time.
  const getters = SHOWN.map((key) => ({
    key,
    enumerable: true,
    get(this: Rule) {
      return shown().rules[places.get(this) ?? -1]?.[key];
    },
  }));
  const patterns: Match[] = [];
  const match = {
    key: "match",
    enumerable: true,
    get(this: Rule) {
      const place = places.get(this) ?? -1;
      patterns[place] ??= JSON.parse(matches[place]) as Match;
      return patterns[place];
    },
  };
  for (const rule of ruleSet.rules)
    for (const getter of [match, ...getters]) Object.defineProperty(rule, getter.key, getter);
  return Object.defineProperty(ruleSet, "models", { enumerable: true, get: () => shown().models });
}
