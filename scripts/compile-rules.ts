/** Writes `dist/rules.json` from `rules/`: checked once here, loaded without checks afterwards. */
import { mkdirSync, writeFileSync } from "node:fs";
import { checkRule, tablesOf } from "../src/analysis/catalogue.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { loadRuleSet, RuleFileError } from "../src/rules/load.ts";
import type { RuleSet } from "../src/rules/rule-set.ts";
import { compileModels } from "../src/taint/models/model-index.ts";
import { readRuleFiles } from "./read-rule-files.ts";

try {
  const ruleSet = loadRuleSet(readRuleFiles());
  for (const rule of ruleSet.rules) checkRule(rule, ruleSet.vocabulary, DETECTORS);
  const dist = new URL("../dist/", import.meta.url);
  mkdirSync(dist, { recursive: true });
  const models = compileModels(ruleSet.vocabulary, ruleSet.models);
  const compiled: RuleSet = { ...ruleSet, triggers: tablesOf(ruleSet.rules, models, DETECTORS) };
  writeFileSync(new URL("rules.json", dist), JSON.stringify(compiled));
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
