import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { expectationsOf, stripExpectations } from "../expectations.ts";
import { casesOf, type FlowCase } from "./cases.ts";
import { flowRules } from "./flow-rules.ts";

const FOLDER = new URL("./", import.meta.url);
const ruleSet = flowRules(loadRuleSet(readRuleFiles()));
const parser = await chooseParser();
const analyse = createAnalyse({ parser, ruleSet, detectors: new Map() });

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => {
    const code = readFileSync(new URL(name, FOLDER), "utf8");
    return { name, code, cases: casesOf(code) };
  });

/** `LINE rule from LINE`, sorted; only of the lines of the case. */
function within(found: readonly string[], { first, last }: FlowCase): string[] {
  return found.filter((one) => {
    const line = Number.parseInt(one, 10);
    return line >= first && line <= last;
  });
}

function reported(code: string): string[] {
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  const file = { path: "app.py", text: stripExpectations(code) };
  return analyse({ kind: "file", file, options })
    .findings.map(({ ruleId, location, trace }) => {
      return `${location.span.start.line} ${ruleId} from ${trace?.[0]?.location.span.start.line}`;
    })
    .sort();
}

test("there are many cases, and about half are harmless throughout", () => {
  const cases = files.flatMap(({ code, cases }) => cases.map((one) => within(expectationsOf(code), one).length > 0));
  expect(cases.length).toBeGreaterThan(2000);
  const flows = cases.filter((isFlow) => isFlow).length;
  expect(Math.min(flows, cases.length - flows)).toBeGreaterThan(cases.length * 0.45);
});

describe.each(files)("$name", ({ code, cases }) => {
  const found = reported(code);
  const wanted = expectationsOf(code);

  test.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    expect(within(found, one)).toEqual(within(wanted, one));
  });

  test("reports nothing outside its cases", () => {
    const inside = cases.flatMap((one) => within(found, one));
    expect(found).toEqual(inside.sort());
  });
});
