import { expect, test, vi } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { compileCatalogue, tablesOf } from "../../src/analysis/catalogue.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import type { Detector } from "../../src/rules/detector.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { readRuleSet, writeRuleSet } from "../../src/rules/rule-set.ts";
import { loadModel } from "../../src/taint/models/load-models.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const tables = tablesOf(ruleSet, DETECTORS);
const NOTHING = loadModel({ path: "models/none.yml", text: "package: none" }, ruleSet.vocabulary);

test("what is written of a rule set is read again", () => {
  const { analysed, shown } = writeRuleSet({ ...ruleSet, tables });
  expect(readRuleSet(analysed, () => shown)).toEqual({ ...ruleSet, tables });
});

test("examples, explanations and models are read where they are asked for, once", () => {
  const { analysed, shown } = writeRuleSet({ ...ruleSet, tables });
  const readShown = vi.fn(() => shown);
  const read = readRuleSet(analysed, readShown);
  const { models } = compileCatalogue(read, DETECTORS);
  expect(models.source("flask.request.args")?.yields).toBe("remote");
  expect(readShown).not.toHaveBeenCalled();
  expect(read.rules.map(({ why, bad }) => [why, bad])).toEqual(ruleSet.rules.map(({ why, bad }) => [why, bad]));
  expect(read.models).toHaveLength(ruleSet.models.length);
  expect(readShown).toHaveBeenCalledTimes(1);
});

test("a pattern is read when its rule is first asked for it", () => {
  const { analysed, shown } = writeRuleSet({ ...ruleSet, tables });
  const { matches, ...others } = JSON.parse(analysed) as { readonly matches: readonly string[] };
  const broken = JSON.stringify({ ...others, matches: matches.map(() => "no JSON") });
  const read = readRuleSet(broken, () => shown);
  expect(compileCatalogue(read, DETECTORS).modules).toHaveLength(ruleSet.rules.length);
  expect(() => read.rules[0]?.match).toThrow(SyntaxError);
});

test("tables with names of the language's own objects are read like others", () => {
  const aliases = JSON.parse('{"__proto__":"os","constructor":"os"}') as Record<string, string>;
  const models = [...ruleSet.models, { ...NOTHING, package: "own", isOwn: true, aliases }];
  const { analysed, shown } = writeRuleSet({ ...ruleSet, models, tables: tablesOf({ ...ruleSet, models }, DETECTORS) });
  const read = compileCatalogue(
    readRuleSet(analysed, () => shown),
    DETECTORS,
  );
  expect(["__proto__", "constructor", "toString"].map(read.models.canonical)).toEqual(["os", "os", "toString"]);
});

test("a detector is prepared when it is first asked, not where the rules are compiled", () => {
  const prepare = vi.fn();
  const detectors = new Map([...DETECTORS].map(([name, detector]) => [name, { ...detector, prepare } as Detector]));
  compileCatalogue({ ...ruleSet, tables }, detectors);
  expect(prepare).not.toHaveBeenCalled();
});
