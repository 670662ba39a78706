import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import type { FileAnalysis } from "../../src/analysis/finding.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { toJson } from "../../src/report/json.ts";
import { toSarif } from "../../src/report/sarif.ts";
import { toText } from "../../src/report/text.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });

// Put together here, so that nobody takes this file for the place of a secret.
const token = ["gh", "p_", "R7xK2mQ9vT4bW8nZ1cY6", "dF3hJ5lP0sA2gE4k"].join("");
const password = "Zu9-kartoffel";

const text = `import hashlib
import requests
from flask import request

PASSWORD = "${password}"


def rates(db):
    requests.get("https://x.example.org", headers={"Authorization": "token ${token}"}, verify=False)
    db.execute("SELECT open_box(x, '${token}') FROM t WHERE n = '" + request.args["n"] + "'")
    return hashlib.md5(b"${password}, salted").hexdigest()
`;

function scan(path: string, source: string): FileAnalysis {
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  return analyse({ kind: "file", file: { path, text: source }, options });
}

function reports(analysis: FileAnalysis, source: string): readonly string[] {
  const report = { analyses: [analysis], rules: ruleSet.rules, version: "1.0.0" };
  return [toText(report, { sourceOf: () => source }), toJson(report), toSarif(report), JSON.stringify(analysis)];
}

test("a found secret is in no report, whatever rule speaks of its line", () => {
  const analysis = scan("a.py", text);
  const rules = new Set(analysis.findings.map(({ ruleId }) => ruleId));
  for (const rule of ["password-hardcoded", "secret-known-format", "sql-injection", "tls-verify-disabled", "weak-hash"])
    expect(rules).toContain(rule);
  for (const report of reports(analysis, text)) {
    expect(report).not.toContain(password);
    for (let length = 12; length <= token.length; length++) expect(report).not.toContain(token.slice(0, length));
    expect(report).not.toContain(token.slice(-12));
  }
});

test("a fix is not offered where it would show a secret, and is elsewhere", () => {
  const { findings } = scan("a.py", `${text}\n\nrequests.post("https://y.example.org", verify=False)\n`);
  const offered = findings.filter(({ ruleId }) => ruleId === "tls-verify-disabled").map(({ fix }) => fix !== undefined);
  expect(offered).toEqual([false, true]);
});

test("the arrows are under the place although what is left of it was masked", () => {
  const source = `import yaml\n\nlog_in("${token}", yaml.unsafe_load(text))\n`;
  expect(reports(scan("a.py", source), source)[0]).toContain(
    ['  3 | log_in("ghp_…", yaml.unsafe_load(text))', "    |                 ^^^^^^^^^^^^^^^^^^^^^^"].join("\n"),
  );
});

test("a password in the address of a package index is masked", () => {
  const source = `--index-url http://build:${password}@pypi.example.org/simple\nflask==3.1.0\n`;
  const analysis = scan("requirements.txt", source);
  expect(analysis.findings.map(({ ruleId }) => ruleId)).toContain("dep-insecure-index");
  for (const report of reports(analysis, source)) expect(report).not.toContain(password);
});
