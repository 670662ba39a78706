/** Writes `dist/rules.json` from `rules/`: checked once here, loaded without checks afterwards. */
import { mkdirSync, writeFileSync } from "node:fs";
import { loadRuleSet, RuleFileError } from "../src/rules/load.ts";
import { readRuleFiles } from "./read-rule-files.ts";

try {
  const ruleSet = loadRuleSet(readRuleFiles());
  const dist = new URL("../dist/", import.meta.url);
  mkdirSync(dist, { recursive: true });
  writeFileSync(new URL("rules.json", dist), JSON.stringify(ruleSet));
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
