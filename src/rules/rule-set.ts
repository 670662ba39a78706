import type { Model } from "../taint/models/model.ts";
import type { Vocabulary } from "../taint/models/model-index.ts";
import type { Rule } from "./rule.ts";
import type { TriggerTables } from "./trigger-tables.ts";

/** Everything that `rules/` says, as plain data: what the build writes and child processes load. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly vocabulary: Vocabulary;
  readonly models: readonly Model[];
  /**
   * What the patterns of these rules wait for, by these models, worked out by the build; without it that is done where they are
   * compiled.
   */
  readonly triggers?: TriggerTables;
}

/** The file that the build wrote; it was checked then. */
export function readCompiledRules(json: string): RuleSet {
  return JSON.parse(json) as RuleSet;
}
