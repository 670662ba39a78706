import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { lineOf } from "../../src/python/walk.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { analyseModule } from "../../src/taint/analyse-module.ts";
import type { Flow } from "../../src/taint/facts.ts";
import { compileModels } from "../../src/taint/models/model-index.ts";
import { NO_PROJECT } from "../../src/taint/project.ts";

export const ruleSet = loadRuleSet(readRuleFiles());
export const models = compileModels(ruleSet.vocabulary, ruleSet.models);
const parser = await chooseParser();

/** Every flow of a module, whether a rule asks for it or not: `LINE label to kind from LINE`. */
export function flowsOf(code: string): readonly string[] {
  const { flows, line } = analyse(code);
  return flows.map(({ node, label, kind, trace }) => {
    return `${line(node)} ${label} to ${kind} from ${line(trace.steps[0].node)}`;
  });
}

/** The API paths at both ends of every flow. */
export function endsOf(code: string): readonly string[] {
  return analyse(code).flows.flatMap(({ source, sink }) => [source, sink]);
}

function analyse(code: string): { readonly flows: readonly Flow[]; line(node: number): number } {
  const syntax = parser.parse(code);
  if (!("count" in syntax)) throw new TypeError("the code of a test cannot be parsed");
  const { facts } = analyseModule({ path: "app.py", syntax, models, project: NO_PROJECT });
  return { flows: facts.flows, line: (node) => lineOf(syntax, syntax.start[node]) };
}
