import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readRuleFiles } from "../scripts/read-rule-files.ts";
import { organizationSchema } from "../src/config/config-schema.ts";
import { parseConfig } from "../src/config/parse.ts";
import { createOwnRuleReader } from "../src/config/read-own-rules.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { loadRuleSet } from "../src/rules/load.ts";

const root = new URL("..", import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, root)), "utf8");
const blocks = (page: string) => [...read(page).matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = ""]) => text);
const ownRule = blocks("docs/writing-rules.md").find((text) => text.includes("\nid: repo-")) ?? "";

describe("the guides", () => {
  test("roll out with configurations that are understood", () => {
    const rules = new Set(loadRuleSet(readRuleFiles()).rules.map(({ id }) => id));
    const stages = blocks("docs/install-for-an-organization.md");
    expect(stages).toHaveLength(3);
    for (const stage of stages) expect(parseConfig("stage", stage, organizationSchema, rules).problems).toEqual([]);
  });

  test("write a rule of a repository's own that is in force", () => {
    const text = ownRule;
    const read = createOwnRuleReader({ ruleSet: loadRuleSet(readRuleFiles()), detectors: DETECTORS });
    const file = { kind: "rules", name: "repo-acme-client-unverified.yml", text } as const;
    const { own, problems } = read([{ owner: "repo", files: [file], mayClear: false }]);
    expect(problems).toEqual([]);
    expect(own?.rules).toHaveLength(1);
  });

  test.each([
    ["model", readRuleFiles().filter(({ path }) => path.startsWith("models/") && !path.endsWith("kinds.yml"))],
    ["rule", [{ path: "docs/writing-rules.md", text: ownRule }]],
  ])("publish a schema of a %s that takes what is in force, and no key that nobody knows", (name, files) => {
    const ajv = new Ajv2020({ strict: false, formats: { uri: true } });
    const takes = ajv.compile(JSON.parse(read(`docs/schemas/${name}.schema.json`)) as object);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(({ text }) => !takes(parse(text))).map(({ path }) => path)).toEqual([]);
    const [{ text = "" } = {}] = files;
    expect(takes({ ...(parse(text) as object), unheard: true })).toBe(false);
  });

  test("name the hook that the repository offers, and its program", () => {
    const hooks = parse(read(".pre-commit-hooks.yaml")) as readonly { readonly id: string; readonly entry: string }[];
    expect(hooks.map(({ id }) => id)).toEqual(["safepath"]);
    expect(blocks("docs/pre-commit-and-ci.md")[0]).toContain("- id: safepath");
    const { bin } = JSON.parse(read("package.json")) as { readonly bin: Readonly<Record<string, string>> };
    expect(Object.keys(bin)).toContain(hooks[0]?.entry.split(" ")[0]);
  });
});
