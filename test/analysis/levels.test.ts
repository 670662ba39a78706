import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import type { AnalysisOptions } from "../../src/analysis/analyser.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

const text = 'import hashlib\nimport requests\n\nrequests.get("https://example.org")\nsignature = hashlib.md5(b"")\n';

function reported(options: Partial<AnalysisOptions>): readonly string[] {
  const { findings } = analyse({
    kind: "file",
    file: { path: "shop/app.py", text },
    options: { profile: "default", levels: {}, today: "2026-01-01", ...options },
  });
  return findings.map(({ ruleId, level }) => `${ruleId} ${level}`);
}

test("rules report at their own level where nothing is configured", () => {
  expect(reported({})).toEqual(["weak-hash warning"]);
});

test("a rule that is off is silent in either profile", () => {
  expect(reported({ levels: { "weak-hash": "off" } })).toEqual([]);
  expect(reported({ profile: "audit", levels: { "request-timeout-missing": "off" } })).toEqual(["weak-hash warning"]);
});

test("a level that is given takes the place of the rule's own", () => {
  expect(reported({ levels: { "weak-hash": "error" } })).toEqual(["weak-hash error"]);
});

test("a rule of the audit profile that is given a level reports in the default profile", () => {
  expect(reported({ levels: { "request-timeout-missing": "note" } })).toEqual([
    "request-timeout-missing note",
    "weak-hash warning",
  ]);
});

test("what weighs less than the rule says is a note, where no configuration has settled the level", () => {
  const parts = "import hashlib\nparts = hashlib.md5(b'').hexdigest()\n";
  const said = (levels: AnalysisOptions["levels"]) =>
    analyse({
      kind: "file",
      file: { path: "shop/app.py", text: parts },
      options: { profile: "default", levels, today: "2026-01-01" },
    }).findings.map(({ ruleId, level }) => `${ruleId} ${level}`);
  expect(said({})).toEqual(["weak-hash note"]);
  expect(said({ "weak-hash": "error" })).toEqual(["weak-hash error"]);
});

test("of two flows into one place the one that weighs more is said", () => {
  const text = `import requests
from flask import Flask, request

app = Flask(__name__)

@app.route("/")
def read():
    name = requests.get("https://names.example.org").json()["name"]
    return open(name + request.args["ending"]).read()

@app.route("/other")
def read_other():
    name = requests.get("https://names.example.org").json()["name"]
    return open(name).read()
`;
  const { findings } = analyse({
    kind: "file",
    file: { path: "shop/app.py", text },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
  });
  const said = findings.filter(({ ruleId }) => ruleId === "path-traversal");
  expect(said.map(({ level }) => level)).toEqual(["error", "warning"]);
});

test("a predictable salt is a note, and a predictable token an error", () => {
  const text = `import random

salt = "".join(random.choices("abcdef0123456789", k=8))
token = "".join(random.choices("abcdef0123456789", k=8))
salted_token = "".join(random.choices("abcdef0123456789", k=8))
`;
  const { findings } = analyse({
    kind: "file",
    file: { path: "shop/app.py", text },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
  });
  expect(findings.map(({ ruleId, level, location }) => `${location.span.start.line} ${ruleId} ${level}`)).toEqual([
    "3 insecure-random-secret note",
    "4 insecure-random-secret error",
    "5 insecure-random-secret error",
  ]);
});
