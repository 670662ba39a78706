import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../scripts/read-rule-files.ts";
import { plainPalette } from "../src/report/palette.ts";
import { drawRule } from "../src/report/rule-text.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import type { Rule } from "../src/rules/rule.ts";

const { rules } = loadRuleSet(readRuleFiles());

type Text = "title" | "message" | "why" | "remedy" | "limits";

/** The most letters that are read where the text stands: a line, a comment, a paragraph on a page. */
const MOST: Readonly<Record<Text, number>> = { title: 60, message: 180, why: 300, remedy: 400, limits: 500 };
const TEXTS = Object.keys(MOST) as Text[];

function lengthOf(text: string): number {
  return text.replace(/\s+/g, " ").trim().length;
}

/** Ids of the rules whose text is not as it should be. */
function rulesWhere(isWrong: (rule: Rule) => boolean): readonly string[] {
  return rules.filter(isWrong).map(({ id }) => id);
}

describe.each(TEXTS)("the %s of a rule", (text) => {
  test("says something", () => {
    expect(rulesWhere((rule) => lengthOf(rule[text] ?? "") < 10)).toEqual([]);
  });

  test("is read in one breath", () => {
    expect(rulesWhere((rule) => lengthOf(rule[text] ?? "") > MOST[text])).toEqual([]);
  });

  test("is said by no other rule", () => {
    const bySaying = Map.groupBy(
      rules,
      (rule) => lengthOf(rule[text] ?? "") && rule[text]?.replace(/\s+/g, " ").trim(),
    );
    expect([...bySaying.values()].filter(({ length }) => length > 1).map((same) => same.map(({ id }) => id))).toEqual(
      [],
    );
  });
});

test("no text of a rule repeats another one of it", () => {
  expect(rulesWhere((rule) => new Set(TEXTS.map((text) => rule[text]?.trim())).size < TEXTS.length)).toEqual([]);
});

test("a text names no rule that there is not", () => {
  const ids = new Set(rules.flatMap(({ id, formerly }) => [id, ...formerly]));
  const like = (name: string) =>
    [...ids].some((id) => id.split("-").slice(0, 2).join("-") === name.split("-").slice(0, 2).join("-"));
  const unknown = rules.flatMap((rule) =>
    TEXTS.flatMap((text) => [...(rule[text] ?? "").matchAll(/`([a-z]+(?:-[a-z]+){2,})`/g)].map(([, name = ""]) => name))
      .filter((name) => !ids.has(name) && like(name))
      .map((name) => `${rule.id}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test("a rule that is said to report by default does", () => {
  const audited = new Set(rulesWhere(({ profile }) => profile === "audit"));
  const wrong = rules.flatMap(({ id, limits = "" }) =>
    [...limits.replace(/\s+/g, " ").matchAll(/reported (?:by|as) `([a-z-]+)`, by default/g)]
      .filter(([, name = ""]) => audited.has(name))
      .map(([, name]) => `${id}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test.each([80, 120])("what explains a rule fits %i columns, code excepted, and no more than a few screens", (width) => {
  for (const rule of rules) {
    const lines = drawRule(rule, rule.message, plainPalette, width).split("\n");
    const prose = lines.filter((line) => !/^ {2}(?:\||https:)/.test(line));
    expect(
      prose.filter((line) => line.length > width && line.trim().includes(" ")),
      rule.id,
    ).toEqual([]);
    expect(lines.length, rule.id).toBeLessThan(135);
  }
});
