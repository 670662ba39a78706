import { expect, test } from "vitest";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import type { TaskAnalysis } from "../../src/analysis/elsewhere.ts";
import type { ProjectFile } from "../../src/analysis/project-file.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const rule = (id: string, when: string) => ({
  path: `input-validation/${id}.yml`,
  text: `
id: ${id}
title: A call of an old version
level: error
precision: high
cwe: CWE-20
profile: default
seed: []
tags: []
codes: []
message: "An example of a message"
match: { call: { callee: [shop.open] }, when: ${when} }
why: An example of a reason, long enough.
remedy: An example.
bad: [{ name: a, code: "" }, { name: b, code: "" }]
good: [{ name: a, code: "" }, { name: b, code: "" }]
`,
});

const parser = await chooseParser();

function analyseWith(when: string) {
  const files = [
    rule("old-version", when),
    { path: "models/kinds.yml", text: "labels: [remote]\nkinds: { database: [sql] }\n" },
  ];
  return createAnalyse({ parser, ruleSet: loadRuleSet(files), detectors: DETECTORS });
}

const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
const text = "import shop\n\nshop.open()\n";

function scan(when: string, files: readonly ProjectFile[], path = "api/app/views.py"): TaskAnalysis {
  return analyseWith(when)({ kind: "file", file: { path, text }, options, project: { kind: "given", files } });
}

function isReported(when: string, ...files: readonly (readonly [string, string])[]): boolean {
  const given = files.map(([path, text]) => ({ path, text }));
  return scan(when, given).findings.length > 0;
}

test.each([
  ["{ package: shop, below: '2', unknown: silent }", "shop==1.9", true],
  ["{ package: shop, below: '2', unknown: report }", "shop==2.0", false],
  ["{ package: shop, from: '2', unknown: report }", "shop==1.9", false],
  ["{ package: shop, from: '2', unknown: silent }", "shop==2.0", true],
  ["{ package: shop, from: '1', below: '2', unknown: silent }", "shop==1.5", true],
  ["{ package: shop, from: '1', below: '2', unknown: report }", "shop==2.5", false],
  ["{ package: shop, below: '2', unknown: report }", "till==2.0", true],
  ["{ package: shop, below: '2', unknown: silent }", "till==2.0", false],
  ["{ package: shop, below: '2', unknown: report }", "shop", true],
])("a pattern with %s, in a project with %s, reports: %s", (when, requirements, expected) => {
  expect(isReported(when, ["requirements.txt", requirements])).toBe(expected);
});

const OLD = "{ package: shop, below: '2', unknown: silent }";

test("the nearest file that fixes a version decides", () => {
  const near = ["api/requirements.txt", "shop==1.0"] as const;
  expect(isReported(OLD, near, ["requirements.txt", "shop==2.0"])).toBe(true);
  expect(isReported(OLD, ["other/requirements.txt", "shop==1.0"])).toBe(false);
});

test("a lock further away decides before a lower bound that is near", () => {
  const lock = ["uv.lock", '[[package]]\nname = "shop"\nversion = "2.3"\n'] as const;
  expect(isReported(OLD, ["api/pyproject.toml", '[project]\ndependencies = ["shop>=1"]\n'], lock)).toBe(false);
});

test("files are asked for when a rule has something to say, and named once they were read", () => {
  const { wanted = [], read } = scan(OLD, []);
  expect(wanted).toEqual(expect.arrayContaining(["api/app/uv.lock", "api/requirements.txt", "pyproject.toml"]));
  expect(read).toBeUndefined();
  const silent = analyseWith(OLD)({
    kind: "file",
    file: { path: "app.py", text: "print()\n" },
    options,
    project: { kind: "given", files: [] },
  });
  expect(silent.wanted).toBeUndefined();
  expect(scan(OLD, [{ path: "requirements.txt", text: "shop==1.0" }]).read).toEqual(["requirements.txt"]);
});

test("each side of a change goes by its own versions", () => {
  const path = "app.py";
  const after = `${text}shop.open()\n`;
  const change = { base: { path, text }, head: { path, text: after }, hunks: diffTexts(text, after) };
  const file = (base: string, now: string): ProjectFile => ({
    path: "requirements.txt",
    text: now,
    change: { base, hunks: diffTexts(base, now) },
  });
  const found = (base: string, now: string) =>
    analyseWith(OLD)({ kind: "change", change, options, project: { kind: "given", files: [file(base, now)] } })
      .findings;
  expect(found("shop==1.0", "shop==2.0")).toEqual([]);
  expect(found("shop==2.0", "shop==1.0").map(({ location }) => location.span.start.line)).toEqual([4]);
});

test.each([
  ["{ package: Shop, below: '2', unknown: silent }", "is not normalized"],
  ["{ package: shop, below: two, unknown: silent }", "is no version"],
  ["{ package: shop, unknown: silent }", "needs `below` or `from`"],
  ["{ package: shop, below: '2' }", "when.unknown"],
])("%s is refused", (when, problem) => {
  expect(() => analyseWith(when)).toThrow(problem);
});
