import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../scripts/read-rule-files.ts";
import { createAnalyse } from "../src/analysis/create-analyse.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { chooseParser } from "../src/python/choose-parser.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import { applyEdits } from "../src/text/apply-edits.ts";
import { expectationsOf, stripExpectations } from "./expectations.ts";
import { casesOf } from "./flows/cases.ts";

const guide = readFileSync(new URL("../docs/writing-rules.md", import.meta.url), "utf8");

function blockAfter(words: string): string {
  const [, block = ""] = /```(?:yaml|python)\n([\s\S]*?)```/u.exec(guide.slice(guide.indexOf(words))) ?? [];
  return block;
}

const ruleSet = loadRuleSet([
  ...readRuleFiles(),
  {
    path: "secure-defaults/acme-client-unverified.yml",
    text: blockAfter("`rules/secure-defaults/acme-client-unverified.yml`"),
  },
  { path: "models/acme_web.yml", text: blockAfter("`rules/models/acme_web.yml`") },
]);
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });

function findingsIn(code: string) {
  const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
  return analyse({ kind: "file", file: { path: "app.py", text: stripExpectations(code) }, options }).findings;
}

describe("the rule that the guide writes", () => {
  const rule = ruleSet.rules.find(({ id }) => id === "acme-client-unverified");
  const { bad = [], good = [] } = rule ?? {};

  test("has as many examples as every rule", () => {
    expect([bad.length, good.length]).toEqual([3, 3]);
  });

  test.each([...bad, ...good].map((example) => [example.name, example] as const))("is right: %s", (_, example) => {
    const found = findingsIn(example.code);
    expect(found.map(({ location, ruleId }) => `${location.span.start.line} ${ruleId}`)).toEqual(
      expectationsOf(example.code),
    );
    const fixed = found.flatMap(({ fix }) => (fix === undefined ? [] : [applyEdits(example.code, fix.edits)]));
    expect(fixed.map(stripExpectations)).toEqual(example.fixed === undefined ? [] : [example.fixed]);
  });
});

test("the library that the guide describes is followed, and its harmless twin is not reported", () => {
  const code = blockAfter("`test/flows/acme_web.py`");
  expect(casesOf(code)).toHaveLength(2);
  const found = findingsIn(code).map(
    ({ location, ruleId, trace }) =>
      `${location.span.start.line} ${ruleId} from ${trace?.[0]?.location.span.start.line}`,
  );
  expect(found).toEqual(expectationsOf(code));
  expect(found).toHaveLength(1);
});
