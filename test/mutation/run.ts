/**
 * Takes one mechanism away at a time and looks whether a flow case notices, or an example where it is one of a detector:
 * `node test/mutation/run.ts`, one process for each core; `node test/mutation/run.ts EVERY [FIRST]` runs each EVERY-th mutant only,
 * beginning with that of number FIRST (0), in one process; `node test/mutation/run.ts WORD` those with the word in their name or file.
 * Ends with 1 where one survives.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { expectationsOf, stripExpectations } from "../expectations.ts";
import { casesOf } from "../flows/cases.ts";
import { flowRules } from "../flows/flow-rules.ts";
import type { Mutant } from "./mutant.ts";
import { MUTANTS } from "./mutants.ts";
import { mutate, mutatedDetectors, mutatedEngine } from "./mutated-engine.ts";
import { failingExample } from "./rule-examples.ts";

const rules = loadRuleSet(readRuleFiles());
const FLOWS = new URL("../flows/", import.meta.url);
const ruleSet = flowRules(rules);
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

/** The first case or example that fails under the mutant; undefined where all of them pass. */
async function killer(mutant: Mutant): Promise<string | undefined> {
  if (mutant.rule !== undefined)
    return failingExample({ parser, ruleSet: rules, detectors: await mutatedDetectors(mutant) }, mutant.rule);
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

function checkEngineAsItIs(): void {
  const untouched = createAnalyse({ parser, ruleSet, detectors: new Map() });
  for (const { name, text, wanted } of files) {
    if (reported(untouched, text) !== wanted) throw new Error(`${name} does not pass with the engine as it is`);
  }
  for (const id of new Set(MUTANTS.flatMap(({ rule }) => rule ?? []))) {
    const failing = failingExample({ parser, ruleSet: rules, detectors: DETECTORS }, id);
    if (failing !== undefined) throw new Error(`${failing} does not pass with the detectors as they are`);
  }
  for (const mutant of MUTANTS) mutate(readFileSync(new URL(`../../${mutant.file}`, import.meta.url), "utf8"), mutant);
}

async function run(chosen: readonly Mutant[]): Promise<void> {
  checkEngineAsItIs();
  let survivors = 0;
  for (const mutant of chosen) {
    const by = await killer(mutant);
    console.log(by === undefined ? `SURVIVED  ${mutant.file}: ${mutant.name}` : `noticed   ${mutant.name}  (${by})`);
    if (by === undefined) survivors += 1;
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} mutants noticed`);
  if (survivors > 0) process.exitCode = 1;
}

async function runAll(): Promise<void> {
  const processes = availableParallelism();
  const script = fileURLToPath(import.meta.url);
  const ended = Array.from({ length: processes }, async (_, first) => {
    const child = spawn(process.execPath, ["--no-warnings", script, String(processes), String(first)], {
      stdio: "inherit",
    });
    const [code] = await once(child, "close");
    return code;
  });
  if ((await Promise.all(ended)).some((code) => code !== 0)) process.exitCode = 1;
}

function named(word: string): readonly Mutant[] {
  const found = MUTANTS.filter(({ name, file }) => name.includes(word) || file.includes(word));
  if (found.length === 0) throw new Error(`no mutant has "${word}" in its name or file`);
  return found;
}

const [which, first] = process.argv.slice(2);
const every = Number(which);
if (which === undefined) await runAll();
else if (Number.isNaN(every)) await run(named(which));
else await run(MUTANTS.filter((_, index) => index % every === Number(first ?? 0)));
