/**
 * Takes one mechanism of the engine away at a time and looks whether a flow case notices:
 * `node test/mutation/run.ts [every]`, with `every` = 6 for each sixth mutant. Ends with 1 where one survives.
 */
import { readdirSync, readFileSync } from "node:fs";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { expectationsOf, stripExpectations } from "../expectations.ts";
import { casesOf } from "../flows/cases.ts";
import { flowRules } from "../flows/flow-rules.ts";
import { MUTANTS, type Mutant } from "./mutants.ts";
import { mutate, mutatedEngine } from "./mutated-engine.ts";

const FLOWS = new URL("../flows/", import.meta.url);
const ruleSet = flowRules(loadRuleSet(readRuleFiles()));
const parser = await chooseParser();
const files = readdirSync(FLOWS)
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => {
    const code = readFileSync(new URL(name, FLOWS), "utf8");
    return { name, code, text: stripExpectations(code), wanted: expectationsOf(code).join("\n") };
  });

function reported(analyse: ReturnType<typeof createAnalyse>, text: string): string {
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  return analyse({ kind: "file", file: { path: "app.py", text }, options })
    .findings.map(({ ruleId, location, trace }) => {
      return `${location.span.start.line} ${ruleId} from ${trace?.[0]?.location.span.start.line}`;
    })
    .sort()
    .join("\n");
}

/** The first case that fails under the mutant; undefined where all of them pass. */
async function killer(mutant: Mutant): Promise<string | undefined> {
  const analyse = (await mutatedEngine(mutant))({ parser, ruleSet, detectors: new Map() });
  for (const { name, code, text, wanted } of files) {
    let found: string;
    try {
      found = reported(analyse, text);
    } catch (error) {
      return `${name}: ${error}`;
    }
    if (found === wanted) continue;
    const line = Number.parseInt(firstDifference(found, wanted), 10);
    return `${name}: ${casesOf(code).find(({ first, last }) => line >= first && line <= last)?.name}`;
  }
  return undefined;
}

function firstDifference(found: string, wanted: string): string {
  const [a, b] = [found.split("\n"), wanted.split("\n")];
  return a.find((one) => !b.includes(one)) ?? b.find((one) => !a.includes(one)) ?? "";
}

const untouched = createAnalyse({ parser, ruleSet, detectors: new Map() });
for (const { name, text, wanted } of files) {
  if (reported(untouched, text) !== wanted) throw new Error(`${name} does not pass with the engine as it is`);
}
for (const mutant of MUTANTS) mutate(readFileSync(new URL(`../../${mutant.file}`, import.meta.url), "utf8"), mutant);
const every = Number(process.argv[2] ?? 1);
const chosen = MUTANTS.filter((_, index) => index % every === 0);
const survivors: string[] = [];
for (const mutant of chosen) {
  const by = await killer(mutant);
  console.log(by === undefined ? `SURVIVED  ${mutant.file}: ${mutant.name}` : `noticed   ${mutant.name}  (${by})`);
  if (by === undefined) survivors.push(mutant.name);
}
console.log(`${chosen.length - survivors.length} of ${chosen.length} mutants noticed`);
if (survivors.length > 0) process.exitCode = 1;
