import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { describeNewPackages, type PackageRegistry, type WantedPackage } from "../../src/service/new-packages.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

type Texts = readonly (readonly [path: string, before: string | undefined, after: string])[];

/** What is said of each new package, and what was asked. */
async function review(files: Texts) {
  const asked: WantedPackage[] = [];
  const registry: PackageRegistry = {
    async describe(packages) {
      asked.push(...packages);
      return packages.map(() => ({ kind: "absent" }));
    },
  };
  const analyses = files.map(([path, before, text]) => {
    const base = before === undefined ? {} : { base: { path, text: before } };
    const change = { ...base, head: { path, text }, hunks: diffTexts(before ?? "", text) };
    return analyse({ kind: "change", change, options: { profile: "default", levels: {}, today: "2026-01-01" } });
  });
  const packages = await describeNewPackages(analyses, registry);
  return {
    said: packages.map(
      ({ name, location, answer }) => `${name} ${location.path}:${location.span.start.line} ${answer.kind}`,
    ),
    asked: asked.map(({ name, version }) => (version === undefined ? name : `${name} ${version}`)),
    locked: analyses.flatMap(({ packages }) => packages?.locked ?? []),
  };
}

test("packages that the change adds are asked for, with the release that is fixed", async () => {
  const { said, asked } = await review([
    ["requirements.txt", "flask==3.1.0\n", "flask==3.1.1\nHTTPX==0.28.1\nrich>=13\n"],
    ["app.py", "", "import httpx\n"],
  ]);
  expect(said).toEqual(["httpx requirements.txt:2 absent", "rich requirements.txt:3 absent"]);
  expect(asked).toEqual(["httpx 0.28.1", "rich"]);
});

test("of a lock file the number of packages is told, and nobody is asked about them", async () => {
  const lock = (...names: readonly string[]) =>
    names
      .map(
        (name) => `[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\n`,
      )
      .join("\n");
  const { asked, locked } = await review([["uv.lock", lock("a"), lock("a", "b", "c")]]);
  expect(asked).toEqual([]);
  expect(locked).toEqual([{ before: 1, after: 3 }]);
});

test("a package that another file had has moved, and one that several files add is new once", async () => {
  const project = (...names: readonly string[]) =>
    `[project]\nname = "shop"\ndependencies = [${names.map((name) => `"${name}"`).join(", ")}]\n`;
  const { said } = await review([
    ["requirements.txt", "moved==1\nkept==1\n", "kept==1\n"],
    ["pyproject.toml", project(), project("moved", "fresh")],
    ["tools/requirements.txt", undefined, "fresh==2\n"],
  ]);
  expect(said).toEqual(["fresh pyproject.toml:3 absent"]);
});

test("names that may be of another index are told to nobody", async () => {
  const { said, asked } = await review([
    ["requirements.txt", "", "--extra-index-url https://packages.example.org/simple\nsecret-project==1.0\n"],
    ["tools/requirements.txt", "", "ours @ https://example.org/ours.zip\n"],
    ["pyproject.toml", "", '[project]\nname = "shop"\ndependencies = ["inside", "outside"]\n'],
    [
      "uv.lock",
      "",
      '[[package]]\nname = "inside"\nversion = "1"\nsource = { registry = "https://packages.example.org/simple" }\n',
    ],
  ]);
  expect(said).toEqual([
    "secret-project requirements.txt:2 withheld",
    "ours tools/requirements.txt:1 withheld",
    "inside pyproject.toml:3 withheld",
    "outside pyproject.toml:3 absent",
  ]);
  expect(asked).toEqual(["outside"]);
});

test("beyond twenty the others are listed as not looked at", async () => {
  const names = Array.from({ length: 25 }, (_, at) => `package-${at}==1`);
  const { said, asked } = await review([["requirements.txt", "", `${names.join("\n")}\n`]]);
  expect(asked).toHaveLength(20);
  expect(said.filter((line) => line.endsWith(" unasked"))).toHaveLength(5);
});

test("constraints bring nothing in, and of a base that is known in part nothing is new", async () => {
  expect((await review([["constraints.txt", "", "a==1\n"]])).said).toEqual([]);
  expect((await review([["requirements.txt", "a b c\n", "a==1\n"]])).said).toEqual([]);
});

test("without a registry nothing is listed", async () => {
  expect(await describeNewPackages([], undefined)).toEqual([]);
});
