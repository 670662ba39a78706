import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import type { AnalysisOptions } from "../../src/analysis/analyser.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { type FileAnalysis, isAboutSuppression } from "../../src/analysis/finding.ts";
import type { ProjectFile } from "../../src/analysis/project-file.ts";
import { settle } from "../../src/analysis/settle.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });
const options: AnalysisOptions = { profile: "default", levels: {}, today: "2026-06-01" };

function scan(text: string, path = "app.py", files: readonly ProjectFile[] = []): ReturnType<typeof analyse> {
  return analyse({ kind: "file", file: { path, text }, options, project: { kind: "given", files } });
}

function change(before: string, text: string, path = "app.py"): FileAnalysis {
  const sides = { base: { path, text: before }, head: { path, text }, hunks: diffTexts(before, text) };
  return analyse({ kind: "change", change: sides, options });
}

/** `FINDING…` and, in brackets, what is silenced. */
function reported({ findings, suppressed }: FileAnalysis): string {
  const ids = [findings, suppressed.map(({ finding }) => finding)].map((found) =>
    found.map(({ ruleId }) => ruleId).join(" "),
  );
  return `${ids[0]} [${ids[1]}]`.trim();
}

function said({ notices }: FileAnalysis): readonly string[] {
  return notices
    .filter(isAboutSuppression)
    .map(({ kind, location, about, meant }) =>
      [location.span.start.line, kind.replace("suppression-", ""), about, meant].filter(Boolean).join(" "),
    );
}

/** A weak hash, with a comment behind it. */
function hash(comment: string): string {
  return `import hashlib\n\ntag = hashlib.md5(b"page")  ${comment}\n`;
}

test.each([
  ["a rule and a reason", "# safepath: ignore[weak-hash] -- a cache key", "[weak-hash]", []],
  [
    "several rules",
    "# safepath: ignore[weak-hash,sql-injection] -- a cache key",
    "[weak-hash]",
    ["3 unused sql-injection"],
  ],
  ["no reason", "# safepath: ignore[weak-hash]", "weak-hash []", ["3 without-reason"]],
  ["a reason that nothing sets off", "# safepath: ignore[weak-hash] a cache key", "weak-hash []", ["3 without-reason"]],
  ["no rule", "# safepath: ignore -- a cache key", "weak-hash []", ["3 without-rule"]],
  ["empty brackets", "# safepath: ignore[] -- a cache key", "weak-hash []", ["3 without-rule"]],
  [
    "a rule that does not exist",
    "# safepath: ignore[weak-hsh] -- x",
    "weak-hash []",
    ["3 unknown-rule weak-hsh weak-hash"],
  ],
  [
    "another tool's code",
    "# safepath: ignore[B113] -- x",
    "weak-hash []",
    ["3 unknown-rule B113 request-timeout-missing"],
  ],
  ["a rule unlike any", "# safepath: ignore[qqqqqqqqqqqq] -- x", "weak-hash []", ["3 unknown-rule qqqqqqqqqqqq"]],
  ["a day to come", "# safepath: ignore[weak-hash] until 2026-06-16 -- x", "[weak-hash]", []],
  [
    "a day within two weeks",
    "# safepath: ignore[weak-hash] until 2026-06-15 -- x",
    "[weak-hash]",
    ["3 ends-soon 2026-06-15"],
  ],
  ["today", "# safepath: ignore[weak-hash] until 2026-06-01 -- x", "[weak-hash]", ["3 ends-soon 2026-06-01"]],
  [
    "a day that is over",
    "# safepath: ignore[weak-hash] until 2026-05-31 -- x",
    "weak-hash []",
    ["3 expired 2026-05-31"],
  ],
  ["no day", "# safepath: ignore[weak-hash] until 2027-02-30 -- x", "weak-hash []", ["3 bad-date 2027-02-30"]],
  ["a word for a day", "# safepath: ignore[weak-hash] until autumn -- x", "weak-hash []", ["3 bad-date autumn"]],
  ["Bandit's own", "# nosec B324", "[weak-hash]", []],
  ["Bandit's, for another mistake", "# nosec B602", "weak-hash []", []],
  ["Ruff's own", "# noqa: S324, E501", "[weak-hash]", []],
  ["Ruff's for everything", "# noqa", "weak-hash []", []],
])("a comment with %s", (_, comment, expected, notices) => {
  const analysis = scan(hash(comment));
  expect([reported(analysis), said(analysis)]).toEqual([expected, notices]);
});

test("a comment that stands alone speaks of the next line that is none", () => {
  const text = `import hashlib\n\n# safepath: ignore[weak-hash] -- a cache key,\n# and nothing else\ntag = hashlib.md5(b"")\n`;
  expect(reported(scan(text))).toBe("[weak-hash]");
});

test("Ruff's comment for a file speaks of all its lines", () => {
  expect(reported(scan(`# ruff: noqa: S324\n${hash("")}`))).toBe("[weak-hash]");
  expect(reported(scan(`# ruff: noqa\n${hash("")}`))).toBe("weak-hash []");
});

test.each([
  ["behind it", "requests  # safepath: ignore[dep-unpinned] -- pinned by the lock\n"],
  ["above it", "# safepath: ignore[dep-unpinned] -- pinned by the lock\nrequests\n"],
  [
    "behind the lines that belong to it",
    "requests \\\n    --no-binary :all: # safepath: ignore[dep-unpinned] -- the lock\n",
  ],
])("a comment in a requirements file, %s", (_, text) => {
  expect(reported(scan(text, "requirements.txt"))).toBe("[dep-unpinned]");
});

test("a comment in a requirements file that does not count is named", () => {
  const analysis = scan("requests  # safepath: ignore[dep-unpined] -- the lock\n", "requirements.txt");
  expect([reported(analysis), said(analysis)]).toEqual([
    "dep-unpinned []",
    ["1 unknown-rule dep-unpined dep-unpinned"],
  ]);
});

test("a comment in pyproject.toml counts, text in a string is none", () => {
  const address = "http://packages.example.org/simple";
  const source = (url: string) => `[[tool.uv.index]]\nname = "ours"\nurl = ${url}\n`;
  const comment = "# safepath: ignore[dep-insecure-index] -- on this machine";
  expect(reported(scan(source(`"${address}"  ${comment}`), "pyproject.toml"))).toBe("[dep-insecure-index]");
  expect(reported(scan(source(`"${address}?${comment}"`), "pyproject.toml"))).toBe("dep-insecure-index []");
});

test("what a change silences in a dependency file is said to be its own doing", () => {
  const { suppressed } = change(
    "flask==3.1\n",
    "flask==3.1\nrequests  # safepath: ignore[dep-unpinned] -- x\n",
    "requirements.txt",
  );
  expect(suppressed).toMatchObject([{ added: true, comment: { span: { start: { line: 2 } } } }]);
});

const CURED = 'import hashlib\n\ntag = hashlib.sha256(b"page")  # safepath: ignore[weak-hash] -- a cache key\n';

test("a comment that silences nothing is unused", () => {
  expect(said(scan(CURED))).toEqual(["3 unused weak-hash"]);
});

test("where another rule finds something on its line, that one is named", () => {
  const text = hash("# safepath: ignore[hash-as-mac] -- a cache key");
  expect(said(scan(text))).toEqual(["3 unused hash-as-mac weak-hash"]);
  expect(said(change("import hashlib\n", text))).toEqual(["3 unused hash-as-mac weak-hash"]);
  const both = hash("# safepath: ignore[hash-as-mac, weak-hash] -- a cache key");
  expect(said(scan(both))).toEqual(["3 unused hash-as-mac"]);
});

test.each([
  ["the rule is not in force", CURED.replace("weak-hash", "request-timeout-missing")],
  ["part of the file is no Python", `${CURED}\ndef broken(:\n`],
  ["the rule compares", CURED.replace("weak-hash", "security-test-removed")],
])("nobody knows whether a comment is unused where %s", (_, text) => {
  expect(said(scan(text))).toEqual([]);
});

test("of a change, only comments that it touches are said to be unused", () => {
  expect(said(change(hash("# safepath: ignore[weak-hash] -- a cache key"), CURED))).toEqual(["3 unused weak-hash"]);
  expect(said(change(CURED, `${CURED}\nprint(tag)\n`))).toEqual([]);
});

test("a comment that silences what was there before the change is not unused", () => {
  const text = hash("");
  const silenced = hash("# safepath: ignore[weak-hash] -- a cache key");
  expect(said(change(text, silenced))).toEqual([]);
});

test("a comment that silences a flow from another file is not unused", () => {
  const store = "def find(db, name):\n    # safepath: ignore[sql-injection] -- names are words\n    db.execute(name)\n";
  const views = `import sqlite3
from flask import request
from store import find

def show():
    find(sqlite3.connect("shop"), "SELECT " + request.args["name"])
`;
  const alone = scan(store, "store.py");
  expect(said(alone)).toEqual(["2 unused sql-injection"]);
  const importing = scan(views, "views.py", [{ path: "store.py", text: store }]);
  const [settled] = settle([alone, importing], new Map(ruleSet.rules.map((rule) => [rule.id, rule])));
  expect(settled && [reported(settled), said(settled)]).toEqual(["[sql-injection]", []]);
});
