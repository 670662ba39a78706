import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import type { SyntaxArrays } from "../../src/python/syntax-arrays.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { stripExpectations } from "../expectations.ts";
import { flowRules } from "../flows/flow-rules.ts";
import {
  addBranches,
  extractHelpers,
  inlineVariables,
  reformat,
  renameVariables,
  reorderFunctions,
  sinkLines,
  splitExpressions,
  type Transform,
  wrapSinks,
} from "./transform.ts";

const FLOWS = new URL("../flows/", import.meta.url);
const SEED = Number(process.env.METAMORPHIC_SEED ?? 20_260_101);
const ruleSet = flowRules(loadRuleSet(readRuleFiles()));
const parser = await chooseParser();
const analyse = createAnalyse({ parser, ruleSet, detectors: new Map() });

const programs = readdirSync(FLOWS)
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => {
    const text = stripExpectations(readFileSync(new URL(name, FLOWS), "utf8"));
    return { name, text, syntax: parse(text), found: findings(text) };
  });

/** The rules for what a shell is told, whatever the source: all of them are content with a quoted value. */
const COMMAND_RULES = new Set(
  ruleSet.rules
    .filter(({ match }) => match.kind === "taint" && match.to.some((kind) => kind === "command" || kind === "shell"))
    .map(({ id }) => id),
);

function parse(text: string): SyntaxArrays {
  const parsed = parser.parse(text);
  if (!("text" in parsed)) throw new Error("not parsed");
  return parsed;
}

/** `LINE rule`, sorted; lines as `lineBefore` has them. */
function findings(text: string, lineBefore: (line: number) => number = (line) => line): string[] {
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  return analyse({ kind: "file", file: { path: "app.py", text }, options })
    .findings.map(({ ruleId, location }) => `${lineBefore(location.span.start.line)} ${ruleId}`)
    .sort();
}

const TRANSFORMS: readonly (readonly [string, Transform])[] = [
  ["other names for variables", renameVariables],
  ["another format", reformat],
  ["branches that change nothing", addBranches],
  ["an expression in two statements", splitExpressions],
  ["a helper that hands it on", extractHelpers],
  ["a variable that is inlined", inlineVariables],
  ["another order of functions", reorderFunctions],
];

/** Programs in which each transformation finds a place: the rarest, a variable that is inlined, does so in sixteen. */
const LEAST_CHANGED = 12;

describe.each(TRANSFORMS)("%s", (_, transform) => {
  test.each(programs)("leaves the findings of $name as they are", ({ syntax, found }) => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }), (choices) => {
        const changed = transform(syntax, (index) => choices[index % choices.length]);
        expect(parse(changed.text).text).toBe(changed.text);
        expect(findings(changed.text, changed.lineBefore)).toEqual(found);
      }),
      { numRuns: 1, seed: SEED, examples: [[new Array(16).fill(true)]] },
    );
  });

  test("changes some of the programs", () => {
    const changed = programs.filter(({ text, syntax }) => transform(syntax, () => true).text !== text);
    expect(changed.length).toBeGreaterThan(LEAST_CHANGED);
  });
});

describe("a sanitizer around every command", () => {
  test.each(programs)("takes exactly what is said of commands in $name away", ({ syntax, found }) => {
    const lines = sinkLines(syntax);
    const left = found.filter((one) => !(COMMAND_RULES.has(one.split(" ")[1]) && lines.has(Number.parseInt(one, 10))));
    expect(findings(wrapSinks(syntax, "shlex.quote"))).toEqual(left);
  });

  test.each(programs)("of another kind takes none of $name away", ({ syntax, found }) => {
    expect(findings(wrapSinks(syntax, "html.escape"))).toEqual(found);
  });
});
