import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import type { FileAnalysis, Notice } from "../../src/analysis/finding.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { toSarif } from "../../src/report/sarif.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { analysis, finding, placeIn, report, source } from "./fixtures.ts";

// One pattern of the schema is no Unicode expression.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL("./schema/sarif-2.1.0.json", import.meta.url), "utf8")) as object,
);

function problems(sarif: string): readonly string[] {
  validate(JSON.parse(sarif));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const ruleSet = loadRuleSet(readRuleFiles());

test("every bad example of every rule is reported in valid SARIF", async () => {
  const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  const analyses = ruleSet.rules.flatMap(({ id, bad }) =>
    bad.map(({ path, code }, at): FileAnalysis => {
      const file = { path: `${id}/${at}/${path}`, text: code };
      const { findings, suppressed, notices, linesInScope } = analyse({ kind: "file", file, options });
      return { path: file.path, findings, suppressed, notices, linesInScope };
    }),
  );
  const sarif = toSarif({ analyses, rules: ruleSet.rules, version: "1.2.3", rulePages: "https://example.org/rules" });
  expect(sarif.match(/"ruleId"/gu)?.length).toBeGreaterThan(100);
  expect(problems(sarif)).toEqual([]);
});

const notices: readonly Notice[] = [
  { kind: "syntax-error", location: placeIn("app/views.py", source, "def") },
  { kind: "limit", path: "big file.py", limit: "size", measured: 600_000, bound: 500_000 },
  { kind: "too-slow", path: "ü.py", milliseconds: 4_000 },
  { kind: "crashed", path: "a#b?.py" },
  { kind: "unreadable", path: "c.py", reason: "not-utf8" },
  { kind: "broken-manifest", path: "requirements.txt", line: 3, reason: "not a requirement" },
  {
    kind: "suppression-without-reason",
    location: placeIn("app/views.py", source, "def"),
    text: "# safepath: ignore[a]",
  },
  { kind: "rule-failed", path: "d.py", ruleId: "sql-injection", error: "a defect" },
];

test("suppressions, anchors and notices are valid SARIF", () => {
  const anchored = finding({ anchor: placeIn("app/views.py", source, "def find(db)") });
  const suppressed = [
    { finding: finding(), by: "comment", reason: "a test", until: "2027-01-01", added: true } as const,
  ];
  expect(problems(toSarif(report({ analyses: [analysis({ findings: [anchored], suppressed, notices })] })))).toEqual(
    [],
  );
});

test("a report without anything is valid SARIF", () => {
  expect(problems(toSarif(report({ analyses: [] })))).toEqual([]);
});

test("what is not SARIF is noticed", () => {
  const log = JSON.parse(toSarif(report())) as { runs: { results: { level: string; locations: object[] }[] }[] };
  const [result] = log.runs[0]?.results ?? [];
  expect(problems(JSON.stringify(log))).toEqual([]);
  if (result !== undefined) result.level = "fatal";
  expect(problems(JSON.stringify(log))).toEqual(["/runs/0/results/0/level must be equal to one of the allowed values"]);
});
