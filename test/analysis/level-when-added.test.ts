import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import type { AnalysisOptions } from "../../src/analysis/analyser.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const RULE = `
id: cache-unbounded
title: Cache that never forgets
level: note
level-when-added: warning
precision: high
cwe: CWE-770
profile: default
seed: []
tags: []
codes: []
in-tests: note
message: "\`{callee}\` keeps every answer."
match: { call: { callee: [functools.cache] } }
why: It grows until the process is out of memory.
remedy: Use a bound.
bad: [{ name: a, code: "" }, { name: b, code: "" }]
good: [{ name: a, code: "" }, { name: b, code: "" }]
`;

const models = readRuleFiles().filter(({ path }) => path.startsWith("models/"));
const ruleSet = loadRuleSet([...models, { path: "secure-defaults/cache-unbounded.yml", text: RULE }]);
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: new Map() });

const BEFORE = "import functools\n\n\ndef load(name):\n    return name\n";
const ADDED_FUNCTION = `${BEFORE}\n\ndef find(name):\n    return functools.cache(load)(name)\n`;

function levels(
  base: string | undefined,
  head: string,
  path = "shop/store.py",
  configured: AnalysisOptions["levels"] = {},
): string[] {
  const change = {
    ...(base === undefined ? {} : { base: { path, text: base } }),
    head: { path, text: head },
    hunks: diffTexts(base ?? "", head),
  };
  const options = { profile: "default", levels: configured, today: "2026-01-01" } as const;
  return analyse({ kind: "change", change, options }).findings.map(({ level }) => level);
}

test("a finding in a function that the change adds has the higher level", () => {
  expect(levels(BEFORE, ADDED_FUNCTION)).toEqual(["warning"]);
});

test("a line that is added to a function of the base keeps the rule's level", () => {
  expect(levels(BEFORE, BEFORE.replace("return name", "return functools.cache(str)(name)"))).toEqual(["note"]);
});

test("a top-level statement that the change adds has the higher level", () => {
  expect(levels(BEFORE, `${BEFORE}\nfind = functools.cache(load)\n`)).toEqual(["warning"]);
});

test("all of a new file is added", () => {
  expect(levels(undefined, ADDED_FUNCTION)).toEqual(["warning"]);
});

test("a function that was renamed brings nothing new", () => {
  expect(levels(ADDED_FUNCTION, ADDED_FUNCTION.replace("def find", "def search"))).toEqual([]);
});

test("what a test's path has lowered is not raised again", () => {
  expect(levels(BEFORE, ADDED_FUNCTION, "tests/test_store.py")).toEqual(["note"]);
});

test("what a configuration has settled is not raised", () => {
  expect(levels(BEFORE, ADDED_FUNCTION, "shop/store.py", { "cache-unbounded": "note" })).toEqual(["note"]);
});

test("a scan of whole files adds nothing", () => {
  const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
  const { findings } = analyse({ kind: "file", file: { path: "shop/store.py", text: ADDED_FUNCTION }, options });
  expect(findings.map(({ level }) => level)).toEqual(["note"]);
});
