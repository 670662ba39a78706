import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkRule, tablesOf } from "../src/analysis/catalogue.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import { writeRuleSet } from "../src/rules/rule-set.ts";
import { readRuleFiles } from "./read-rule-files.ts";

/** Checks the files of `rules/` and writes what a process reads of them; throws a `RuleFileError` for what is wrong with them. */
export function writeRules(dist: string): void {
  const ruleSet = loadRuleSet(readRuleFiles());
  for (const rule of ruleSet.rules) checkRule(rule, ruleSet.vocabulary, DETECTORS);
  const { analysed, shown } = writeRuleSet({ ...ruleSet, tables: tablesOf(ruleSet, DETECTORS) });
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "rules.json"), analysed);
  writeFileSync(join(dist, "rules-shown.json"), shown);
}
