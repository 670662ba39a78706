import { globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import type { SourceFile } from "../../src/analysis/file-change.ts";
import { settle } from "../../src/analysis/settle.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { expectationsOf, stripExpectations } from "../expectations.ts";
import { flowRules } from "./flow-rules.ts";

const FOLDER = fileURLToPath(new URL("./projects/", import.meta.url));
const ruleSet = flowRules(loadRuleSet(readRuleFiles()));
const rules = new Map(ruleSet.rules.map((rule) => [rule.id, rule]));
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: new Map() });
const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;

const projects = readdirSync(FOLDER).sort();

function filesOf(project: string): SourceFile[] {
  const paths = globSync("**/*.py", { cwd: `${FOLDER}${project}` }).sort();
  return paths.map((path) => ({ path, text: readFileSync(`${FOLDER}${project}/${path}`, "utf8") }));
}

/** `FILE LINE rule from LINE`, or `from FILE:LINE` where the source is in another file. */
function reported(files: readonly SourceFile[]): string[] {
  const texts = files.map(({ path, text }) => ({ path, text: stripExpectations(text) }));
  const project = { kind: "given", files: texts } as const;
  const analyses = settle(
    texts.map((file) => analyse({ kind: "file", file, options, project })),
    rules,
  );
  return analyses
    .flatMap(({ path, findings }) =>
      findings.map(({ ruleId, location, trace }) => {
        expect(location.path).toBe(path);
        const source = trace?.[0]?.location;
        const file = source?.path === path ? "" : `${source?.path}:`;
        return `${path} ${location.span.start.line} ${ruleId} from ${file}${source?.span.start.line}`;
      }),
    )
    .sort();
}

test.each(projects)("flows through several files are found, and no others: %s", (project) => {
  const files = filesOf(project);
  const wanted = files.flatMap(({ path, text }) => expectationsOf(text).map((one) => `${path} ${one}`)).sort();
  expect(reported(files)).toEqual(wanted);
});

test.each(projects)("the order in which files are analysed changes nothing: %s", (project) => {
  const files = filesOf(project);
  expect(reported(files.toReversed())).toEqual(reported(files));
});
