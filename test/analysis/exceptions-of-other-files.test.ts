import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { Kind } from "../../src/python/kinds.ts";
import { ancestorOfKind, NONE } from "../../src/python/walk.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const parser = await chooseParser();
const analyse = createAnalyse({ parser, ruleSet: loadRuleSet(readRuleFiles()), detectors: DETECTORS });
const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;

const ROUTE = `from flask import Flask
from helper import load

app = Flask(__name__)


@app.get("/")
def page():
    return load()
`;

const LOAD = `def load():
    try:
        return open("notes").read()
    except Exception as error:
        return "failed: " + str(error)
`;

test("an exception that a longer file has caught ends the analysis of the route that returns it", () => {
  const unrelated = Array.from(
    { length: 60 },
    (_, number) => `def other_${number}(a, b):\n    return [a, b, (a, b)]\n`,
  );
  const file = { path: "app.py", text: ROUTE };
  const project = {
    kind: "given",
    files: [file, { path: "helper.py", text: `${unrelated.join("\n")}\n${LOAD}` }],
  } as const;
  expect(analyse({ kind: "file", file, options, project }).findings).toEqual([]);
});

test("an exception that the route's own file has caught is told from it", () => {
  const text = ROUTE.replace("from helper import load\n", "").replace("@app", `${LOAD}\n\n@app`);
  const { findings } = analyse({ kind: "file", file: { path: "app.py", text }, options });
  expect(findings.map(({ ruleId }) => ruleId)).toContain("exception-text-in-response");
});

test("nothing stands above what is no node of a text", () => {
  const syntax = parser.parse("x = 1\n");
  if ("reason" in syntax) throw new Error(syntax.reason);
  for (const node of [NONE, syntax.kind.length, 1e6]) expect(ancestorOfKind(syntax, node, Kind.module)).toBe(NONE);
});
