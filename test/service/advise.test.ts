import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import type { AnalysisTask } from "../../src/analysis/analyser.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { createInProcessEngine } from "../../src/engine/in-process.ts";
import { createOsvClient } from "../../src/packages/osv-client.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { advise } from "../../src/service/advise.ts";
import { analyseFiles } from "../../src/service/analyse-files.ts";
import type { ReadFile } from "../../src/service/file-sides.ts";
import type { Advisories } from "../../src/service/ports.ts";
import { type OsvServer, record, startOsvServer } from "../packages/osv-server.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const engine = createInProcessEngine(createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS }));

const RECORDS = [
  record("GHSA-aaaa", "idna", [{ introduced: "0" }, { fixed: "3.7" }], {
    aliases: ["CVE-2024-3651"],
    database_specific: { severity: "MODERATE" },
  }),
  record("GHSA-cccc", "jinja2", [{ introduced: "0" }, { fixed: "3.1.5" }], {
    database_specific: { severity: "CRITICAL" },
  }),
];

type Texts = readonly (readonly [path: string, before: string, after: string])[];

async function review(files: Texts, advisories: Advisories | undefined, levels = {}) {
  const first = await Promise.all(
    files.map(async ([path, before, text]) => {
      const change = { base: { path, text: before }, head: { path, text }, hunks: diffTexts(before, text) };
      const options = { profile: "default", levels, today: "2026-01-01" } as const;
      const task: AnalysisTask = { kind: "change", change, options };
      return { task, analysis: await engine.analyse(task) };
    }),
  );
  const analyses = (await advise(engine, first, advisories)).map(({ analysis }) => analysis);
  const findings = analyses
    .flatMap((analysis) => analysis.findings)
    .filter(({ ruleId }) => ruleId === "dep-known-vulnerable");
  return {
    said: findings.map(
      ({ location, level, message }) => `${location.path}:${location.span.start.line} ${level} ${message}`,
    ),
    fixes: findings.flatMap(({ fix }) => fix?.edits.map(({ text }) => text) ?? []),
    notices: analyses.flatMap((analysis) => analysis.notices),
    suppressed: analyses.flatMap((analysis) => analysis.suppressed),
  };
}

function osv({ url }: OsvServer): Advisories {
  return createOsvClient({ url, clock: { now: () => new Date(0) } });
}

function lock(...packages: readonly (readonly [string, string])[]): string {
  return packages
    .map(
      ([name, version]) =>
        `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "https://pypi.org/simple" }\n`,
    )
    .join("\n");
}

test("releases that the change brings in are said, those that were there are not", async () => {
  const server = await startOsvServer(RECORDS);
  const { said, fixes, notices } = await review(
    [
      ["requirements.txt", "idna==3.4\n", "idna==3.4\nJinja2==3.1.2\n"],
      ["uv.lock", lock(["flask", "3.1.0"]), lock(["flask", "3.1.1"], ["idna", "3.4"])],
    ],
    osv(server),
  );
  expect(said).toEqual([
    "requirements.txt:2 error `Jinja2` 3.1.2 has known flaws: GHSA-cccc (critical). Take 3.1.5 or later.",
    "uv.lock:7 warning `idna` 3.4 has known flaws: CVE-2024-3651 (moderate). Take 3.7 or later.",
  ]);
  expect(fixes).toEqual(["3.1.5"]);
  expect(notices).toEqual([]);
});

test("300 lines in 40 files are one batch, and each record is one request", async () => {
  const server = await startOsvServer(RECORDS);
  const files = Array.from({ length: 40 }, (_, at) => {
    const count = at < 20 ? 7 : 8;
    const lines = Array.from({ length: count }, (_, line) => `service-${at}-${line}==1.${line}`);
    if (at % 10 === 0) lines[0] = "jinja2==3.1.2";
    return [`services/${at}/requirements.txt`, "", `${lines.join("\n")}\n`] as const;
  });
  expect(files.flatMap(([, , text]) => text.trim().split("\n"))).toHaveLength(300);
  const { said } = await review(files, osv(server));
  expect(said).toHaveLength(4);
  // Four files ask for one release.
  expect(server.requests).toEqual(["POST /v1/querybatch 297", "GET /v1/vulns/GHSA-cccc"]);
});

test("a change without new releases asks nobody", async () => {
  const server = await startOsvServer(RECORDS);
  const texts = [
    ["requirements.txt", "idna==3.4\n", "# why\nidna==3.4\nflask>=3\n"],
    ["app.py", "", "import idna\n"],
  ] as const;
  await review(texts, osv(server));
  expect(server.requests).toEqual([]);
});

test("names of another index are not told, and are listed as not looked up", async () => {
  const server = await startOsvServer(RECORDS);
  const text = "--index-url https://packages.example.org/simple\nsecret-project==1.0\n";
  const { said, notices } = await review([["requirements.txt", "", text]], osv(server));
  expect(said).toEqual([]);
  expect(notices).toEqual([{ kind: "advisories-unchecked", path: "requirements.txt", reason: "private", packages: 1 }]);
  expect(server.requests).toEqual([]);
});

test("where nobody answers, each file says so", async () => {
  const server = await startOsvServer(RECORDS);
  server.broken = "/v1/querybatch";
  const { said, notices } = await review([["requirements.txt", "", "jinja2==3.1.2\n"]], osv(server));
  expect(said).toEqual([]);
  expect(notices).toEqual([
    { kind: "advisories-unchecked", path: "requirements.txt", reason: "unavailable", packages: 1 },
  ]);
});

test("a rule that is off asks nobody, and one that is set says it at its level", async () => {
  const server = await startOsvServer(RECORDS);
  const files: Texts = [["requirements.txt", "", "idna==3.4\n"]];
  await review(files, osv(server), { "dep-known-vulnerable": "off" });
  expect(server.requests).toEqual([]);
  const { said } = await review(files, osv(server), { "dep-known-vulnerable": "error" });
  expect(said).toEqual([expect.stringMatching(/ error /)]);
});

test("a comment silences it; without advisories it is not said to be unused", async () => {
  const server = await startOsvServer(RECORDS);
  const files: Texts = [
    ["requirements.txt", "", "idna==3.4  # safepath: ignore[dep-known-vulnerable] -- not reached\n"],
  ];
  const { said, suppressed } = await review(files, osv(server));
  expect(said).toEqual([]);
  expect(suppressed).toHaveLength(1);
  expect((await review(files, undefined)).notices).toEqual([]);
});

test("with hashes, the version alone is not changed", async () => {
  const server = await startOsvServer(RECORDS);
  const text = `jinja2==3.1.2 --hash=sha256:${"0".repeat(64)}\n`;
  const { said, fixes } = await review([["requirements.txt", "", text]], osv(server));
  expect(said).toHaveLength(1);
  expect(fixes).toEqual([]);
});

test("nobody is asked before the files are known that a change includes", async () => {
  const server = await startOsvServer(RECORDS);
  const clock = { now: () => new Date(0), sleep: async () => undefined };
  const sides = (path: string, text: string): ReadFile => ({
    file: { path, status: "added", sha: "00" },
    head: { kind: "text", text },
  });
  async function* batches() {
    yield [
      sides("requirements.txt", "-r base.txt\njinja2==3.1.2\n"),
      sides("tools/requirements.txt", "-r ../inside.txt\nidna==3.4\n"),
    ];
  }
  const others = new Map([
    ["base.txt", "flask==3.1.1\n"],
    ["inside.txt", "--index-url https://packages.example.org/simple\n"],
  ]);
  const modules = {
    mostFiles: 20,
    mostAsked: 50,
    read: async (paths: readonly string[]) =>
      paths.map((path) => {
        const text = others.get(path);
        return text === undefined ? undefined : { path, text };
      }),
  };
  const rules = new Map(ruleSet.rules.map((rule) => [rule.id, rule]));
  const parts = { engine, clock, rules, own: undefined, advisories: osv(server) };
  const { analyses, alsoRead } = await analyseFiles(parts, DEFAULT_POLICY, batches(), () => modules);
  expect(analyses.map(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual([["dep-known-vulnerable"], []]);
  expect(analyses.map(({ notices }) => notices.map(({ kind }) => kind))).toEqual([[], ["advisories-unchecked"]]);
  expect(alsoRead).toEqual(["base.txt", "inside.txt"]);
  expect(server.requests).toEqual(["POST /v1/querybatch 1", "GET /v1/vulns/GHSA-cccc"]);
});
