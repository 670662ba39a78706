import fc from "fast-check";
import type { Log } from "sarif";
import { expect, test } from "vitest";
import type { Report } from "../../src/report/report.ts";
import { toSarif } from "../../src/report/sarif.ts";
import { analysis, finding, report, rule } from "./fixtures.ts";

function runOf(input: Report) {
  const log = JSON.parse(toSarif(input)) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return run;
}

test("a finding has one location with 1-based UTF-16 columns, its end excluded", () => {
  const run = runOf(report());
  expect(run.columnKind).toBe("utf16CodeUnits");
  const locations = run.results?.[0]?.locations;
  expect(locations).toHaveLength(1);
  expect(locations?.[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: "app/views.py", uriBaseId: "%SRCROOT%" },
    region: { startLine: 5, startColumn: 23, endLine: 5, endColumn: 69 },
    contextRegion: { startLine: 5, endLine: 5 },
  });
});

test("a rule has tags of its weaknesses, the primary first, of three digits or more", () => {
  const further = rule({ id: "b", cwe: "CWE-1357", furtherCwes: ["CWE-22"] });
  const rules = [rule(), rule({ id: "a", cwe: "CWE-9" }), further];
  const tags = runOf(report({ rules })).tool.driver.rules?.map((one) =>
    (one.properties?.tags ?? []).filter((tag) => tag.startsWith("external/cwe/")),
  );
  expect(tags).toEqual([
    ["external/cwe/cwe-009"],
    ["external/cwe/cwe-1357", "external/cwe/cwe-022"],
    ["external/cwe/cwe-089"],
  ]);
});

test("a rule carries what code scanning sorts by, and where it is explained", () => {
  const [driverRule] = runOf(report({ rulePages: "https://example.org/rules" })).tool.driver.rules ?? [];
  expect(driverRule).toMatchObject({
    id: "sql-injection",
    helpUri: "https://example.org/rules/sql-injection.md",
    defaultConfiguration: { level: "error", enabled: true },
    properties: { precision: "high", "security-severity": "8.0", "problem.severity": "error" },
  });
});

test("without rule pages the first reference explains the rule", () => {
  const [driverRule] = runOf(report()).tool.driver.rules ?? [];
  expect(driverRule?.helpUri).toBe("https://cwe.mitre.org/data/definitions/89.html");
});

test("every result points at its rule by index", () => {
  const run = runOf(report({ rules: [rule(), rule({ id: "another-rule" })] }));
  const [result] = run.results ?? [];
  expect(run.tool.driver.rules?.[result?.ruleIndex ?? -1]?.id).toBe("sql-injection");
});

test("the trace is a code flow from source to sink", () => {
  const steps = runOf(report()).results?.[0]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
  expect(steps.map(({ kinds }) => kinds)).toEqual([["source"], ["sink"]]);
  expect(steps[0]?.location?.physicalLocation?.region).toMatchObject({ startLine: 4, startColumn: 12 });
  expect(steps[0]?.location?.message?.text).toBe("`name` is read from the query string");
});

test("the fix replaces regions of the artifact", () => {
  const [fix] = runOf(report()).results?.[0]?.fixes ?? [];
  expect(fix?.artifactChanges[0]?.replacements).toMatchObject([
    {
      deletedRegion: { startLine: 5, startColumn: 23, endLine: 5, endColumn: 69 },
      insertedContent: { text: `"SELECT id FROM person WHERE name = ?", (name,)` },
    },
  ]);
});

test("fingerprints follow an alert across revisions", () => {
  expect(runOf(report()).results?.[0]?.partialFingerprints).toEqual({
    primaryLocationLineHash: "f1:1",
    "safepath/v1": "f1",
  });
});

test("a suppressed finding is a result with its suppression", () => {
  const suppressed = [{ finding: finding(), by: "comment", reason: "an import of ours", added: true }] as const;
  const [result] = runOf(report({ analyses: [analysis({ findings: [], suppressed })] })).results ?? [];
  expect(result?.suppressions).toMatchObject([
    { kind: "inSource", status: "accepted", justification: "an import of ours" },
  ]);
});

test("notices are notifications of the run, and those that hide something make it unsuccessful", () => {
  const listed = { kind: "broken-manifest", path: "requirements.txt", line: 3, reason: "not a requirement" } as const;
  const hiding = { kind: "too-slow", path: "app/big.py", milliseconds: 4000 } as const;
  const [calm] = runOf(report({ analyses: [analysis({ notices: [listed] })] })).invocations ?? [];
  const [alarmed] = runOf(report({ analyses: [analysis({ notices: [listed, hiding] })] })).invocations ?? [];
  expect(calm?.executionSuccessful).toBe(true);
  expect(alarmed?.executionSuccessful).toBe(false);
  expect(alarmed?.toolExecutionNotifications?.map(({ descriptor, level }) => [descriptor?.id, level])).toEqual([
    ["too-slow", "error"],
    ["broken-manifest", "note"],
  ]);
});

test.each([
  ["a b/ü#?%.py", { uri: "a%20b/%C3%BC%23%3F%25.py", uriBaseId: "%SRCROOT%" }],
  ["/srv/a b.py", { uri: "file:///srv/a%20b.py" }],
  ["\uD800.py", { uri: "%EF%BF%BD.py", uriBaseId: "%SRCROOT%" }],
])("the path %j is a valid address", (path, artifactLocation) => {
  const { span } = finding().location;
  const run = runOf(report({ analyses: [analysis({ findings: [finding({ location: { path, span } })] })] }));
  expect(run.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual(artifactLocation);
});

test("the same files in any order give the same bytes", () => {
  const { span } = finding().location;
  const analyses = ["b.py", "a.py", "ä.py", "B.py"].map((path, at) =>
    analysis({
      path,
      findings: [
        finding({ location: { path, span }, fingerprint: `f${at}` }),
        finding({ location: { path, span }, ruleId: "a-rule" }),
      ],
      notices: [{ kind: "crashed", path }],
    }),
  );
  const rules = [rule(), rule({ id: "a-rule" })];
  const expected = toSarif(report({ analyses, rules }));
  fc.assert(
    fc.property(
      fc.shuffledSubarray(analyses, { minLength: 4 }),
      fc.shuffledSubarray(rules, { minLength: 2 }),
      (some, order) => {
        expect(toSarif(report({ analyses: some, rules: order }))).toBe(expected);
      },
    ),
  );
});
