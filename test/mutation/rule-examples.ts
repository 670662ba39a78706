import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import type { Example } from "../../src/rules/rule.ts";
import { expectationsOf, stripExpectations } from "../expectations.ts";

type Parts = Parameters<typeof createAnalyse>[0];

/** The first example of a rule, of both sides of a change, that is not as it says; undefined where all of them are. */
export function failingExample(parts: Parts, id: string): string | undefined {
  const rule = parts.ruleSet.rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const analyse = createAnalyse(parts);
  const levels = Object.fromEntries(
    parts.ruleSet.rules.filter((one) => one !== rule).map((one) => [one.id, "off" as const]),
  );
  const isRight = ({ path, before = "", code, files = {} }: Example) => {
    const text = stripExpectations(code);
    const wanted = expectationsOf(code).filter((line) => line.includes(` ${id}`));
    const change = { base: { path, text: before }, head: { path, text }, hunks: diffTexts(before, text) };
    const project = { kind: "given", files: Object.entries(files).map(([path, text]) => ({ path, text })) } as const;
    const options = { profile: "default", levels, today: "2026-01-01" } as const;
    const { findings } = analyse({ kind: "change", change, options, project });
    const found = findings.map(({ ruleId, location }) => `${location.span.start.line} ${ruleId}`);
    return [...new Set(found)].sort().join() === wanted.sort().join();
  };
  const examples = [...rule.bad, ...rule.good].filter(({ before }) => before !== undefined);
  for (const example of examples) {
    try {
      if (!isRight(example)) return `${id}: ${example.name}`;
    } catch (error) {
      return `${id}: ${error}`;
    }
  }
  return undefined;
}
