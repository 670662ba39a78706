import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

/** `others` are the files that are known; `undefined` that there is none. */
function analysed(path: string, text: string, others: Readonly<Record<string, string | undefined>>) {
  const files = Object.entries(others).map(([one, content]) => ({
    path: one,
    ...(content !== undefined && { text: content }),
  }));
  const levels = { "dep-audit-step-missing": "off" } as const;
  const options = { profile: "audit", levels, today: "2026-01-01" } as const;
  const project = { kind: "given", files } as const;
  const { releases, read, wanted, findings } = analyse({ kind: "file", file: { path, text }, options, project });
  return {
    open: releases?.open.map(({ name }) => name) ?? [],
    withheld: releases?.withheld.map(({ name }) => name) ?? [],
    read: read ?? [],
    wanted: wanted ?? [],
    rules: findings.map(({ ruleId }) => ruleId),
  };
}

const PRIVATE = "--index-url https://packages.example.org/simple\n";

test("a file that another one includes is asked for, and until it is known no name is told", () => {
  expect(analysed("deploy/requirements.txt", "-r ../base.txt\na==1\n", {})).toMatchObject({
    open: [],
    withheld: ["a"],
    wanted: ["base.txt"],
  });
});

test.each<[string, string, Readonly<Record<string, string | undefined>>, readonly string[]]>([
  ["names no index", "-r base.txt\na==1\n", { "base.txt": "b==1\n" }, ["a"]],
  ["names the default index", "-r base.txt\na==1\n", { "base.txt": "-i https://pypi.org/simple\n" }, ["a"]],
  ["names another index", "-r base.txt\na==1\n", { "base.txt": PRIVATE }, []],
  ["includes one that does", "-r base.txt\na==1\n", { "base.txt": "-c more/c.txt\n", "more/c.txt": PRIVATE }, []],
  ["includes one beside itself", "-r more/b.txt\na==1\n", { "more/b.txt": "-r c.txt\n", "more/c.txt": PRIVATE }, []],
  ["includes it back", "-r base.txt\na==1\n", { "base.txt": "-r requirements.txt\n-r base.txt\n" }, ["a"]],
  ["is not there", "-r base.txt\na==1\n", { "base.txt": undefined }, ["a"]],
  ["lies outside", "-r ../base.txt\na==1\n", { "base.txt": "" }, []],
  ["is fetched", "-r https://example.org/base.txt\na==1\n", {}, []],
  ["lies at the root of a disk", "-r /srv/base.txt\na==1\n", { "srv/base.txt": "" }, []],
  ["is named by a variable", "-c $BASE/c.txt\na==1\n", { "$BASE/c.txt": "" }, []],
])("where the file that is included %s, these names are told", (_, text, others, open) => {
  const found = analysed("requirements.txt", text, others);
  expect([found.open, found.withheld]).toEqual(open.length > 0 ? [open, []] : [[], ["a"]]);
});

test("files that were read are named, and at most twenty are followed", () => {
  const chain = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`r${at}.txt`, `-r r${at + 1}.txt\n`]));
  const { read, open } = analysed("requirements.txt", "-r r0.txt\na==1\n", chain);
  expect(read).toHaveLength(20);
  expect(open).toEqual([]);
});

test("versions that an included file limits are not open, and an index that takes the place of the default one is not beside it", () => {
  const text = "-r base.txt\nflask\n";
  expect(analysed("requirements.txt", text, { "base.txt": "b==1\n" }).rules).toContain("dep-unpinned");
  expect(analysed("requirements.txt", text, { "base.txt": "-c c.txt\n", "c.txt": "flask==1\n" }).rules).toEqual([]);
  const extra = "-r base.txt\n--extra-index-url https://packages.example.org/simple\na==1\n";
  expect(analysed("requirements.txt", extra, { "base.txt": "" }).rules).toEqual(["dep-extra-index-confusion"]);
  expect(analysed("requirements.txt", extra, { "base.txt": PRIVATE }).rules).toEqual([]);
});

test("a lock that does not say where packages are from goes by the project beside it", () => {
  const lock = '[[package]]\nname = "a"\nversion = "1"\n';
  const source = (url: string) => `[[tool.pdm.source]]\nname = "pypi"\nurl = "${url}"\n`;
  expect(analysed("api/pdm.lock", lock, {})).toMatchObject({ withheld: ["a"], wanted: ["api/pyproject.toml"] });
  expect(analysed("api/pdm.lock", lock, { "api/pyproject.toml": "" }).open).toEqual(["a"]);
  expect(analysed("api/pdm.lock", lock, { "api/pyproject.toml": undefined }).open).toEqual(["a"]);
  const publicOne = { "api/pyproject.toml": source("https://pypi.org/simple") };
  expect(analysed("api/pdm.lock", lock, publicOne)).toMatchObject({ open: ["a"], read: ["api/pyproject.toml"] });
  const privateOne = { "api/pyproject.toml": source("https://packages.example.org/simple") };
  expect(analysed("api/pdm.lock", lock, privateOne)).toMatchObject({ open: [], withheld: ["a"] });
  expect(analysed("api/pdm.lock", lock, { "api/pyproject.toml": "[tool" }).open).toEqual([]);
});
