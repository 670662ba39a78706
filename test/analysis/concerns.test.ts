import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import type { AnalysisOptions } from "../../src/analysis/analyser.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import type { TaskAnalysis } from "../../src/analysis/elsewhere.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import type { Detector } from "../../src/rules/detector.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { stripExpectations } from "../expectations.ts";

const parser = await chooseParser();
const ruleSet = loadRuleSet(readRuleFiles());
const analyse = createAnalyse({ parser, ruleSet, detectors: DETECTORS });
const always: ReadonlyMap<string, Detector> = new Map(
  [...DETECTORS].map(([name, detector]) => [
    name,
    detector.kind === "module" ? { ...detector, concerns: () => true } : detector,
  ]),
);
const analyseAlways = createAnalyse({ parser, ruleSet, detectors: always });

function look(
  path: string,
  text: string,
  { as = analyse, ...options }: Partial<AnalysisOptions> & { readonly as?: typeof analyse } = {},
): TaskAnalysis {
  return as({
    kind: "file",
    file: { path, text },
    options: { profile: "default", levels: {}, today: "2026-01-01", ...options },
    project: { kind: "given", files: [] },
  });
}

const importing = "from shop.cart import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n";

test("of a test in which no rule has anything to look for, imports are not followed", () => {
  expect(look("shop/cart_api.py", importing).wanted).toContain("shop/cart.py");
  expect(look("tests/test_cart.py", importing).wanted).toBeUndefined();
});

test("it is looked at as a whole where a rule in force has something to look for", () => {
  expect(look("tests/test_cart.py", importing, { profile: "audit" }).wanted).toContain("shop/cart.py");
  expect(look("tests/test_cart.py", importing, { levels: { "sql-injection": "error" } }).wanted).toBeUndefined();
  expect(look("tests/test_cart.py", `${importing}eval("1")\n`).wanted).toContain("shop/cart.py");
});

test("what is no Python is said of it all the same", () => {
  expect(look("tests/test_cart.py", "def (:\n").notices).toMatchObject([{ kind: "syntax-error" }]);
});

test("a comment that silences nothing is said of it all the same", () => {
  const comment = "# safepath: ignore[secret-private-key] -- an example\n";
  const [path, text] = ["tests/test_cart.py", `${comment}${importing}`];
  expect(look(path, text)).toEqual({ ...look(path, text, { as: analyseAlways }), wanted: undefined });
});

test.each(["shop", "tests", "vendor/shop"])("no rule's example in the folder %s is reported less", (folder) => {
  let found = 0;
  for (const { bad, good } of ruleSet.rules) {
    for (const { path, code } of [...bad, ...good]) {
      const text = stripExpectations(code);
      const { findings } = look(`${folder}/${path}`, text);
      expect(findings).toEqual(look(`${folder}/${path}`, text, { as: analyseAlways }).findings);
      found += findings.length;
    }
  }
  expect(found > 0).toBe(folder !== "vendor/shop");
});

test.each(
  [...DETECTORS.values()].flatMap((detector) => (detector.kind === "module" && detector.concerns ? [detector] : [])),
)("the detector $name is not concerned by everything", ({ concerns }) => {
  expect(concerns?.(importing)).toBe(false);
});
