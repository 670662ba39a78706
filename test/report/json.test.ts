import { readFileSync } from "node:fs";
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

test("every member is in the guide, and no other", () => {
  const page = readFileSync(new URL("../../docs/pre-commit-and-ci.md", import.meta.url), "utf8");
  const rows = page
    .slice(page.indexOf("## JSON"))
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const described = new Map(rows.map((row) => [/`(\w+)`/u.exec(row)?.[1] ?? "", row]));
  const source = readFileSync(new URL("../../src/report/json.ts", import.meta.url), "utf8");
  const membersOf = (name: string) => {
    const body = new RegExp(`export interface ${name} [^{]*\\{\\n([\\s\\S]*?)^\\}`, "mu").exec(source)?.[1] ?? "";
    return [...body.matchAll(/^ {2}readonly (\w+)/gmu)].map(([, member = ""]) => member);
  };
  const { summary } = jsonOf(report());
  const members = membersOf("JsonReport").filter((name) => name !== "format");
  expect([...described.keys()].toSorted()).toEqual(members.toSorted());
  for (const [row, names] of [
    ["summary", Object.keys(summary)],
    ["findings", [...membersOf("JsonFinding"), ...membersOf("JsonPlace"), ...membersOf("JsonPosition")]],
    ["suppressed", membersOf("JsonSuppression")],
    ["notices", membersOf("JsonNotice")],
    ["surface", membersOf("JsonSurfaceChange")],
  ] as const) {
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !described.get(row)?.includes(`\`${name}\``))).toEqual([]);
  }
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
