import { beforeAll, expect, test } from "vitest";
import { LARGEST_OWN_FILE, MOST_OWN_FILES, type OwnFile } from "../../src/config/own-files.ts";
import { createOwnRuleReader, type OwnRuleReader } from "../../src/config/read-own-rules.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { OWN_RULE } from "../own-rule.ts";

let read: OwnRuleReader;
beforeAll(async () => {
  read = createOwnRuleReader({ ruleSet: await loadRules(), detectors: DETECTORS });
});

const rule = (text: string, name = "repo-acme-client.yml"): OwnFile => ({ kind: "rules", name, text });
const model = (text: string): OwnFile => ({ kind: "models", name: "acme.yml", text });
const inRepository = (...files: readonly OwnFile[]) => read([{ owner: "repo", files, mayClear: false }]);

test("a rule of a repository's own needs no page, no examples and no codes", () => {
  const { own, problems } = inRepository(rule(OWN_RULE));
  expect(problems).toEqual([]);
  expect(own?.rules).toMatchObject([{ id: "repo-acme-client", profile: "default", precision: "high", bad: [] }]);
});

test.each([
  ["a name of ours", OWN_RULE.replace("repo-acme-client", "sql-injection"), 1, "begins with `repo-`"],
  [
    "a name that is not the file's",
    OWN_RULE.replace("id: repo-acme-client", "id: repo-other"),
    1,
    "not the file's name",
  ],
  ["an unknown key", `${OWN_RULE}supersedes: [sql-injection]\n`, 13, "`supersedes`: unknown key"],
  ["a level that there is not", OWN_RULE.replace("level: error", "level: fatal"), 4, "`level`"],
  ["a detector that there is not", withMatch("detector: read-the-mind"), 10, "names a detector"],
  [
    "an option that a detector does not know",
    withMatch("detector: list-argument\n  options: { depth: 3 }"),
    10,
    "an option",
  ],
  [
    "a label that there is not",
    withMatch("taint: { from: [aether], to: [sql] }"),
    10,
    "unknown label or kind `aether`",
  ],
  ["no YAML", "id: [", 1, "not valid YAML"],
  ["an alias", `x: &x [1]\ny: *x\n${OWN_RULE}`, 1, "YAML with aliases"],
  ["a list", "- 1\n", 1, "expected"],
  ["nesting without end", `match: ${"[".repeat(9_000)}`, 1, "not valid YAML"],
  ["more than it may have", `# ${"x".repeat(LARGEST_OWN_FILE)}\n${OWN_RULE}`, 1, "larger than 32 kB"],
])("a rule with %s is left out and named with its line", (_, text, line, said) => {
  const { own, problems } = inRepository(rule(text));
  expect(own).toBeUndefined();
  expect(problems).toContainEqual({
    path: ".github/safepath/rules/repo-acme-client.yml",
    line,
    message: expect.stringContaining(said),
  });
});

function withMatch(match: string): string {
  return OWN_RULE.replace(/match:[\s\S]*/u, `match:\n  ${match}\n`);
}

test("one file with a mistake leaves the others in force", () => {
  const { own, problems } = inRepository(rule("id: ["), rule(OWN_RULE));
  expect(own?.rules).toHaveLength(1);
  expect(problems).toHaveLength(1);
});

test("more files than are read are said to be left out", () => {
  const files = Array.from({ length: MOST_OWN_FILES + 1 }, (_, at) =>
    rule(OWN_RULE.replace("repo-acme-client", `repo-rule-${at}`), `repo-rule-${at}.yml`),
  );
  const { own, problems } = inRepository(...files);
  expect(own?.rules).toHaveLength(MOST_OWN_FILES);
  expect(problems).toMatchObject([{ message: expect.stringContaining("more than 50 files") }]);
});

const SOURCE = "package: acme\nsources:\n  - { yields: remote, text: an order, at: acme.order }\n";

test("a repository's model may add sources and sinks", () => {
  const { own, problems } = inRepository(model(SOURCE));
  expect(problems).toEqual([]);
  expect(own?.models).toMatchObject([{ package: "acme", isOwn: true }]);
});

const HARMLESS: Readonly<Record<string, string>> = {
  sanitizers: "[]",
  guards: "[]",
  opaque: "acme.digest",
  aliases: "{ acme.x: acme.y }",
};

test.each(Object.keys(HARMLESS))("it may not say what makes data harmless by %s", (key) => {
  const text = `${SOURCE}${key}: ${HARMLESS[key]}\n`;
  expect(inRepository(model(text))).toEqual({
    problems: [
      {
        path: ".github/safepath/models/acme.yml",
        line: 4,
        message: expect.stringContaining("unless the organization allows more"),
      },
    ],
  });
  expect(read([{ owner: "repo", files: [model(text)], mayClear: true }]).problems).toEqual([]);
});

test("a misspelled label is named where it stands", () => {
  const { problems } = inRepository(model(SOURCE.replace("remote", "remotely")));
  expect(problems).toMatchObject([{ line: 3, message: expect.stringContaining('unknown label "remotely"') }]);
});

test("braces that stand for more names than anybody writes are refused before they are multiplied out", () => {
  const bomb = `acme.${"{a,b,c,d,e,f,g,h,i,j}.".repeat(12)}x`;
  const { problems } = inRepository(model(SOURCE.replace("at: acme.order", `at: "${bomb}"`)));
  expect(problems).toMatchObject([{ message: expect.stringContaining("more than 2000 names") }]);
});

test("rules of the organization begin with its own prefix, and are named with its repository", () => {
  const { problems } = read([{ owner: "org", files: [rule(OWN_RULE)], mayClear: true }]);
  expect(problems).toMatchObject([
    { path: ".github:.github/safepath/rules/repo-acme-client.yml", message: expect.stringContaining("`org-`") },
  ]);
});
