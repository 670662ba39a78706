import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { settle } from "../../src/analysis/settle.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });
const rules = new Map(ruleSet.rules.map((rule) => [rule.id, rule]));

/** Both sides of a file by its path; no base of a file that is new, and no head of one that is gone. */
export type Files = Readonly<Record<string, readonly [base: string | undefined, head: string | undefined]>>;

/** What is said of a change of several files. */
export function settleChange(files: Files) {
  const analyses = Object.entries(files).map(([path, [base, head]]) => {
    const change = {
      ...(base !== undefined && { base: { path, text: base } }),
      ...(head !== undefined && { head: { path, text: head } }),
      hunks: diffTexts(base ?? "", head ?? ""),
    };
    return analyse({ kind: "change", change, options: { profile: "default", levels: {}, today: "2026-01-01" } });
  });
  const all = settle(analyses, rules);
  const findings = all.flatMap((one) => one.findings);
  return {
    findings,
    rules: findings.map(({ ruleId }) => ruleId),
    protections: all.flatMap(({ surface = [] }) => surface.filter(({ kind }) => kind === "protection")),
  };
}
