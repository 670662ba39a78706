import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { configSchemas } from "../scripts/config-schemas.ts";
import { readRuleMessages } from "../scripts/read-rule-messages.ts";
import { organizationSchema, repositorySchema } from "../src/config/config-schema.ts";
import { parseConfig } from "../src/config/parse.ts";
import { drawCodeIndex } from "../src/report/code-index.ts";
import { drawCoveragePage } from "../src/report/coverage-page.ts";
import { FOUNDING_DOCUMENT } from "../src/report/founding-document.ts";
import { drawRuleIndex, drawRulePage } from "../src/report/rule-page.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = join(root, "docs/rules");
const { rules, messages } = await readRuleMessages();

describe("the pages of the rules", () => {
  it("are there for rules at all", () => {
    expect(rules.length).toBeGreaterThanOrEqual(22);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))("say what %s says (npm run docs:rules)", (id, rule) => {
    expect(readFileSync(join(pages, `${id}.md`), "utf8")).toBe(
      drawRulePage(rule, messages.get(rule.id) ?? rule.message),
    );
  });

  it("say what a rule says of an example, names filled in", () => {
    const said = new Map(rules.map(({ id, message }) => [id, messages.get(id) ?? message]));
    const unfilled = rules.filter(({ id, message }) => message.includes("{") && said.get(id) === message);
    expect(unfilled.map(({ id }) => id)).toEqual([]);
  });

  it("name the variable whose value is the secret", () => {
    expect(messages.get("secret-default-fallback")).toContain("`SECRET_KEY`");
  });

  it("are listed in the index, and no page is left of a rule that is gone", () => {
    expect(readFileSync(join(pages, "README.md"), "utf8")).toBe(drawRuleIndex(rules));
    expect(readFileSync(join(pages, "by-code.md"), "utf8")).toBe(drawCodeIndex(rules));
    expect(readdirSync(pages).sort()).toEqual(
      ["README.md", "by-code.md", "coverage.md", ...rules.map((rule) => `${rule.id}.md`)].sort(),
    );
  });
});

describe("the page of what the founding document says", () => {
  const paragraphs = FOUNDING_DOCUMENT.flatMap(({ paragraphs }) => paragraphs);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));

  it("is drawn from the rules (npm run docs:rules)", () => {
    expect(readFileSync(join(pages, "coverage.md"), "utf8")).toBe(drawCoveragePage(rules));
  });

  it("has an answer for every sentence", () => {
    const sentences = paragraphs.flatMap(({ sentences }) => sentences);
    expect(sentences.length).toBeGreaterThan(80);
    expect(sentences.filter(({ rules = [], beyond = "" }) => rules.length === 0 && beyond === "")).toEqual([]);
  });

  it("answers with rules that name the paragraph as their seed", () => {
    const wrong = paragraphs.flatMap(({ number, sentences }) =>
      sentences
        .flatMap(({ rules = [] }) => rules)
        .filter((id) => byId.get(id)?.seed.includes(number) !== true)
        .map((id) => `${number} ${id}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule.seed] as const))("shows where %s comes from", (id, seed) => {
    const chapters = paragraphs.map(({ number }) => number.replace(/\.\d+$/, ".0"));
    const known = new Set([...paragraphs.map(({ number }) => number), ...chapters]);
    expect(seed.filter((number) => !known.has(number))).toEqual([]);
    expect(readFileSync(join(pages, "coverage.md"), "utf8")).toContain(`[${id}](${id}.md)`);
  });
});

describe("the prose of the rules", () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))("of %s is there and short", (_, rule) => {
    expect(rule.title.length).toBeLessThanOrEqual(60);
    expect(rule.message.length).toBeLessThanOrEqual(200);
    for (const prose of [rule.message, rule.why, rule.remedy]) expect(prose.trim().length).toBeGreaterThan(20);
    expect(rule.why.length).toBeLessThanOrEqual(500);
    expect(rule.remedy.length).toBeLessThanOrEqual(900);
    expect((rule.limits ?? "").length).toBeLessThanOrEqual(500);
    expect(rule.references.length).toBeGreaterThan(0);
    for (const address of rule.references) expect(address).toMatch(/^https:\/\//);
  });

  it("is written for one rule and not copied to another", () => {
    const written = rules.flatMap((rule) => [rule.title, rule.message, rule.why, rule.remedy, rule.limits ?? rule.id]);
    const copies = written.filter((prose, at) => written.indexOf(prose) !== at);
    expect(copies).toEqual([]);
  });
});

describe("the schemas for editors", () => {
  it.each(Object.entries(configSchemas()))("say what %s says (npm run docs:config)", (name, text) => {
    expect(readFileSync(join(root, "docs/schemas", name), "utf8")).toBe(text);
  });

  it("take what docs/configuration.md shows", () => {
    const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
    const [repository = "", organization = ""] = [...page.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text]) => text);
    const names = new Set(rules.map(({ id }) => id));
    expect(parseConfig("page", repository, repositorySchema, names).problems).toEqual([]);
    expect(parseConfig("page", organization, organizationSchema, names).problems).toEqual([]);
  });
});
