import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import type { PythonParser } from "../../src/python/syntax-arrays.ts";
import { toSarif } from "../../src/report/sarif.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { generateProgram } from "../differential/program.ts";

const FLOWS = new URL("../flows/", import.meta.url);
const ruleSet = loadRuleSet(readRuleFiles());
const files = [
  ...readdirSync(FLOWS)
    .filter((name) => name.endsWith(".py"))
    .map((name) => ({ path: `flows/${name}`, text: readFileSync(new URL(name, FLOWS), "utf8") })),
  ...Array.from({ length: 20 }, (_, seed) => ({
    path: `generated/p${seed}.py`,
    text: generateProgram(seed, seed % 2 === 0),
  })),
];

/** The report over all files, analysed in an order by one analyser: what it remembers may not show. */
function sarif(parser: PythonParser, order: readonly number[]): string {
  const analyse = createAnalyse({ parser, ruleSet, detectors: DETECTORS });
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  const analyses = order.map((index) => analyse({ kind: "file", file: files[index], options }));
  return toSarif({ analyses, rules: ruleSet.rules, version: "1.2.3" });
}

describe("the same files give the same bytes", async () => {
  const native = await chooseParser();
  const wasm = await chooseParser("wasm");
  const inOrder = files.map((_, index) => index);
  const expected = sarif(native, inOrder);

  test("of something", () => {
    expect(JSON.parse(expected).runs[0].results.length).toBeGreaterThan(500);
  });

  test("in any order of the files", () => {
    const shuffled = fc.shuffledSubarray(inOrder, { minLength: files.length, maxLength: files.length });
    fc.assert(
      fc.property(shuffled, (order) => {
        expect(sarif(native, order) === expected).toBe(true);
      }),
      { numRuns: 3, seed: 20_260_101 },
    );
  });

  test("on either parser", () => {
    expect(wasm.name).toBe("wasm");
    expect(sarif(wasm, inOrder) === expected).toBe(true);
  });
});
