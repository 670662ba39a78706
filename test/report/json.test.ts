import { expect, test } from "vitest";
import { type JsonReport, toJson } from "../../src/report/json.ts";
import type { Report } from "../../src/report/report.ts";
import { analysis, finding, report, rule } from "./fixtures.ts";

function jsonOf(input: Report): JsonReport {
  return JSON.parse(toJson(input)) as JsonReport;
}

test("the shape has a version, and a summary that agrees with its lists", () => {
  const analyses = [
    analysis(),
    analysis({
      path: "b.py",
      findings: [finding({ level: "note" })],
      suppressed: [{ finding: finding(), by: "comment", reason: "ours", until: "2030-01-01", added: false }],
      notices: [{ kind: "crashed", path: "b.py" }],
    }),
  ];
  const json = jsonOf(report({ analyses }));
  expect(json).toMatchObject({ format: 1, tool: { name: "safepath", version: "1.2.3" } });
  expect(json.summary).toEqual({
    files: 2,
    lines: 10,
    error: 1,
    warning: 0,
    note: 1,
    suppressed: 1,
    leftOut: 0,
    unverified: true,
  });
  expect(json.suppressed).toMatchObject([
    { rule: "sql-injection", by: "comment", reason: "ours", until: "2030-01-01" },
  ]);
  expect(json.notices).toEqual([
    { kind: "crashed", path: "b.py", message: "not analysed: the analysis ended early", unverified: true },
  ]);
});

test("a finding says its rule, its place 1-based, its trace and its fix", () => {
  const [first] = jsonOf(report({ rules: [rule()] })).findings;
  expect(first).toMatchObject({
    rule: "sql-injection",
    cwe: "CWE-89",
    path: "app/views.py",
    start: { line: 5, column: 23 },
    trace: [{ role: "source", start: { line: 4, column: 12 } }, { role: "sink" }],
    fix: { applicability: "safe", edits: [{ start: { line: 5, column: 23 } }] },
  });
});
