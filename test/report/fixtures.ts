import type { FileAnalysis, Finding } from "../../src/analysis/finding.ts";
import type { Report } from "../../src/report/report.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { createLineIndex } from "../../src/text/line-index.ts";
import type { Location } from "../../src/text/span.ts";

export const source = [
  "from flask import request",
  "",
  "def find(db):",
  `    name = request.args["näme"]`,
  `    return db.execute(f"SELECT id FROM person WHERE name = '{name}'")`,
  "",
].join("\n");

export function placeIn(path: string, text: string, part: string): Location {
  const start = text.indexOf(part);
  if (start === -1) throw new Error(`${part} is not in the text`);
  return { path, span: createLineIndex(text).spanOf(start, start + part.length) };
}

export function rule(change: Partial<Rule> = {}): Rule {
  return {
    id: "sql-injection",
    section: "input-validation",
    title: "SQL built from request data",
    level: "error",
    precision: "high",
    cwe: "CWE-89",
    furtherCwes: [],
    profile: "default",
    seed: ["6.2"],
    tags: ["injection", "database"],
    codes: ["B608"],
    formerly: [],
    supersedes: [],
    references: ["https://cwe.mitre.org/data/definitions/89.html"],
    message: "`{source}` becomes part of the statement.",
    why: "Whoever sends the request can read or change other rows.\n",
    remedy: "Leave a placeholder and hand the value over separately.\n",
    inTests: "off",
    match: { kind: "taint", from: ["remote"], to: ["sql"] },
    bad: [],
    good: [],
    ...change,
  };
}

const statement = `f"SELECT id FROM person WHERE name = '{name}'"`;

export function finding(change: Partial<Finding> = {}): Finding {
  const location = placeIn("app/views.py", source, statement);
  return {
    ruleId: "sql-injection",
    level: "error",
    location,
    scope: "find",
    message: "`name` comes from the query string and becomes part of the statement that `db.execute` runs.",
    excerpt: source.split("\n")[4] ?? "",
    trace: [
      {
        location: placeIn("app/views.py", source, `request.args["näme"]`),
        role: "source",
        note: "`name` is read from the query string",
      },
      { location, role: "sink", note: "and becomes part of the statement" },
    ],
    fix: {
      title: "Hand the value over separately",
      applicability: "safe",
      edits: [{ span: location.span, text: `"SELECT id FROM person WHERE name = ?", (name,)` }],
    },
    fingerprint: "f1",
    contentKey: "",
    ...change,
  };
}

export function analysis(change: Partial<FileAnalysis> = {}): FileAnalysis {
  return { path: "app/views.py", findings: [finding()], suppressed: [], notices: [], linesInScope: 5, ...change };
}

export function report(change: Partial<Report> = {}): Report {
  return { analyses: [analysis()], rules: [rule()], version: "1.2.3", ...change };
}
