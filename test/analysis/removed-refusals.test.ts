import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { KEPT, REMOVED } from "./refusals.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });

function rulesOf(before: string, after: string): readonly string[] {
  const change = {
    base: { path: "app.py", text: before },
    head: { path: "app.py", text: after },
    hunks: diffTexts(before, after),
  };
  const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
  return analyse({ kind: "change", change, options }).findings.map(({ ruleId }) => ruleId);
}

test.each(REMOVED)("a refusal that is gone is missed: $name", ({ before, after }) => {
  expect(rulesOf(before, after)).toEqual(["security-check-removed"]);
});

test.each(KEPT)("what turns nobody away may go: $name", ({ before, after }) => {
  expect(rulesOf(before, after)).toEqual([]);
});
