import type { Model } from "../taint/model.ts";
import type { Vocabulary } from "../taint/model-index.ts";
import type { Rule } from "./rule.ts";

/** Everything that `rules/` says, as plain data: what the build writes and child processes load. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly vocabulary: Vocabulary;
  readonly models: readonly Model[];
}

/** The file that the build wrote; it was checked then. */
export function readCompiledRules(json: string): RuleSet {
  return JSON.parse(json) as RuleSet;
}
