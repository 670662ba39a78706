import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { compileCatalogue } from "../../src/analysis/catalogue.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { Kind } from "../../src/python/kinds.ts";
import { type IndexedFacts, indexFacts } from "../../src/rules/indexed-facts.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { indexTriggers } from "../../src/rules/trigger-index.ts";
import { tableTriggers } from "../../src/rules/trigger-tables.ts";
import type { Triggers } from "../../src/rules/triggers.ts";
import { analyseModule } from "../../src/taint/analyse-module.ts";
import { NO_PROJECT } from "../../src/taint/project.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const catalogue = compileCatalogue(ruleSet, DETECTORS);
const parser = await chooseParser();

function indexed(path: string, text: string): IndexedFacts | undefined {
  const syntax = parser.parse(text);
  if ("reason" in syntax) return undefined;
  const { facts } = analyseModule({ path, syntax, models: catalogue.models, project: NO_PROJECT });
  return indexFacts(facts, () => undefined);
}

const examples = ruleSet.rules.flatMap(({ id, bad, good }) =>
  [...bad, ...good].filter(({ path }) => path.endsWith(".py")).map(({ path, code }) => ({ id, path, code })),
);
const flows = globSync("test/flows/**/*.py").map((path) => ({ id: path, path, code: readFileSync(path, "utf8") }));

describe("rules that a module gives no reason to ask", () => {
  test("find nothing there when they are asked all the same", () => {
    const missed: string[] = [];
    let found = 0;
    let asleep = 0;
    for (const { id, path, code } of [...examples, ...flows]) {
      const facts = indexed(path, code);
      if (facts === undefined) continue;
      const awake = new Map(catalogue.awake(facts).map(({ rule, matcher }) => [rule, matcher]));
      for (const { rule, matcher } of catalogue.modules) {
        const hits = [...matcher(facts)];
        const asked = awake.get(rule);
        if (hits.length > 0) found++;
        if (asked === undefined) asleep++;
        const seen = asked === undefined ? [] : [...asked(facts)];
        if (seen.length < hits.length) missed.push(`${rule.id} in ${id}: ${code}`);
      }
    }
    expect(missed).toEqual([]);
    expect(found).toBeGreaterThan(examples.length / 3);
    expect(asleep).toBeGreaterThan(examples.length * 100);
  });

  test("are most of them in a module that calls nothing", () => {
    const facts = indexed("app.py", "x = 1\n");
    const awake = facts && catalogue.awake(facts);
    expect(awake?.length).toBeLessThan(catalogue.modules.length / 10);
  });
});

const CODE = `import telnetlib
from flask import Flask, request
from threading import Thread

app = Flask(__name__)
app.secret_key = "x"
LIMIT = 1

@app.route("/")
def view(db):
    db.run("SELECT " + request.args["name"])
    return telnetlib.Telnet("host", timeout=password1)

class Worker(Thread):
    connect = telnetlib.Telnet
    kinds = {"on_update": 3}
`;

const REASONS: readonly (readonly [string, Triggers | undefined])[] = [
  ["nothing is said of", undefined],
  ["call", { calls: ["telnetlib.Telnet"] }],
  ["pattern of a call", { calls: ["telnet*.Telnet"] }],
  ["pattern that ends with anything", { calls: ["os.*"] }],
  ["pattern of how a call ends", { calls: ["*.*net"] }],
  ["literal", { names: ["name"] }],
  ["method as it is written", { calls: ["*.run"] }],
  ["first name of a call", { roots: ["telnetlib"] }],
  ["assignment", { targets: ["flask.Flask().secret_key"] }],
  ["label", { labels: ["remote"] }],
  ["package", { packages: ["telnetlib"] }],
  ["name", { names: ["LIMIT"] }],
  ["text", { texts: ["select "] }],
  ["word of a name", { words: ["secret"] }],
  ["word before a number", { words: ["password"] }],
  ["word of a literal", { words: ["update"] }],
  ["word of a long literal", { literals: ["select"] }],
  ["keyword", { keywords: ["timeout"] }],
  ["kind of node", { nodes: [Kind.return_statement] }],
  ["decorator", { definitions: ["flask.Flask().route"] }],
  ["base of a class", { definitions: ["threading.Thread"] }],
  ["function that is passed on", { references: ["telnetlib.Telnet"] }],
  ["route", { isRoute: true }],
  ["route with a call", { isRoute: true, and: { calls: ["telnetlib.Telnet"] } }],
];

test("things are asked in the order in which they were named", () => {
  const facts = indexed("app.py", CODE);
  const awake = indexTriggers(["b", "c", "a"], tableTriggers([{ names: ["LIMIT"] }, { names: ["limit"] }, undefined]));
  expect(facts && awake(facts)).toEqual(["b", "a"]);
});

test.each(REASONS)("a module wakes what waits for its %s", (name, triggers) => {
  const facts = indexed("app.py", CODE);
  const awake = indexTriggers([name], tableTriggers([triggers]));
  expect(facts && awake(facts)).toEqual([name]);
});

test.each<readonly [string, Triggers]>([
  ["call", { calls: ["ftplib.FTP"] }],
  ["first name of a call", { roots: ["ftplib"] }],
  ["flow", { flows: ["html"] }],
  ["package", { packages: ["ftplib"] }],
  ["name", { names: ["limit"] }],
  ["text", { texts: ["update "] }],
  ["word", { words: ["pass"] }],
  ["keyword", { keywords: ["limit"] }],
  ["kind of node", { nodes: [Kind.lambda] }],
  ["base of a class", { definitions: ["threading.Timer"] }],
  ["function that is passed on", { references: ["threading.Timer"] }],
  ["route and a call of something else", { isRoute: true, and: { calls: ["ftplib.FTP"] } }],
  ["nothing at all", {}],
])("a module without it leaves asleep what waits for a %s", (name, triggers) => {
  const facts = indexed("app.py", CODE);
  expect(facts && indexTriggers([name], tableTriggers([triggers]))(facts)).toEqual([]);
});
