import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../scripts/read-rule-files.ts";
import { createAnalyse } from "../src/analysis/create-analyse.ts";
import { commitTasks, earlierSecrets, linesOf } from "../src/analysis/earlier-secrets.ts";
import type { FileAnalysis } from "../src/analysis/finding.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { diffTexts } from "../src/diff/diff-texts.ts";
import { chooseParser } from "../src/python/choose-parser.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import type { Example, Rule } from "../src/rules/rule.ts";
import { expectationsOf, stripExpectations } from "./expectations.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const parser = await chooseParser();
const analyse = createAnalyse({ parser, ruleSet, detectors: DETECTORS });

function analyseExample(rule: Rule, example: Example, text: string): FileAnalysis {
  const { path, before, between, files = {}, advisories } = example;
  if (between !== undefined) return analyseBetween({ path, before, between, text });
  const options = {
    profile: rule.profile,
    levels: audited(rule),
    today: "2026-01-01",
    ...(advisories && { advisories }),
  } as const;
  const others = Object.entries(files).map(([path, text]) => ({ path, text }));
  const project = { kind: "given", files: others } as const;
  if (before === undefined) return analyse({ kind: "file", file: { path, text }, options, project });
  const change = { base: { path, text: before }, head: { path, text }, hunks: diffTexts(before, text) };
  return analyse({ kind: "change", change, options, project });
}

/** A commit that has one text, in a change that ends with another. */
function analyseBetween({
  path,
  before = "",
  between,
  text,
}: Record<"path" | "between" | "text", string> & { before?: string }): FileAnalysis {
  const rules = new Map(ruleSet.rules.map((one) => [one.id, one]));
  const file = { basePath: path, headPath: path, hunks: diffTexts(before, stripExpectations(between)) };
  const removed = linesOf([{ hunks: diffTexts(before, text) }], "removed");
  const findings = commitTasks({ sha: "0".repeat(40), files: [file] }, rules, "2026-01-01").flatMap((task) =>
    earlierSecrets(task, analyse(task.task), { heads: [text], removed }, rules),
  );
  return { path, findings, suppressed: [], notices: [], linesInScope: 0 };
}

/** Rules of the audit profile speak of much: an example of one is judged by itself and by the default rules. */
function audited(rule: Rule): Readonly<Record<string, "off">> {
  const others = ruleSet.rules.filter(({ id, profile }) => profile === "audit" && id !== rule.id);
  return Object.fromEntries(others.map(({ id }) => [id, "off"]));
}

function reported(analysis: FileAnalysis): string[] {
  return analysis.findings
    .map(({ ruleId, location, trace }) => {
      const source = trace?.[0]?.location.span.start.line;
      return { ruleId, line: location.span.start.line, source };
    })
    .map(({ ruleId, line, source }) =>
      source === undefined ? `${line} ${ruleId}` : `${line} ${ruleId} from ${source}`,
    )
    .sort();
}

/** Expectations that name no source accept any. */
function comparable(found: readonly string[], wanted: readonly string[]): string[] {
  return found.map((one) => {
    const short = one.replace(/ from \d+$/, "");
    return wanted.includes(one) || !wanted.includes(short) ? one : short;
  });
}

test("there are rules, and a parser to try them with", () => {
  expect(ruleSet.rules.length).toBeGreaterThan(20);
});

test("each rule is proved by three examples of either kind at least", () => {
  expect(ruleSet.rules.filter(({ bad, good }) => bad.length < 3 || good.length < 3).map(({ id }) => id)).toEqual([]);
});

const comparing = ruleSet.rules.filter(
  ({ match }) => match.kind === "detector" && /change$/.test(DETECTORS.get(match.name)?.kind ?? ""),
);

test("rules that compare have both sides in each example, and more than 80 in all", () => {
  const examples = comparing.flatMap(({ bad, good }) => [...bad, ...good]);
  expect(examples.filter(({ before }) => before === undefined)).toEqual([]);
  expect(examples.length).toBeGreaterThan(80);
});

/** A mark is new where its file is; files that are exchanged back are exchanged too. */
const NEVER_SILENT = new Set(["suppression-without-reason", "dep-lock-hash-changed"]);

test.each(comparing.map((rule) => [rule.id, rule] as const))(
  "%s is silent where nothing changed, nothing was there before, or all comes back",
  (_, rule) => {
    for (const example of rule.bad) {
      const { code, before = "" } = example;
      const head = stripExpectations(code);
      const unchanged = [code, code] as const;
      const pairs = NEVER_SILENT.has(rule.id) ? [unchanged] : [unchanged, ["", head] as const, [head, before] as const];
      for (const [base, after] of pairs) {
        const found = analyseExample(rule, { ...example, before: base }, after).findings;
        expect(found.filter(({ ruleId }) => ruleId === rule.id)).toEqual([]);
      }
    }
  },
);

test("no line is said twice: where two rules know a mistake by one code, the more exact one silences the other", () => {
  const codesOf = new Map(ruleSet.rules.map(({ id, codes }) => [id, codes]));
  const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
  const twice = ruleSet.rules.flatMap(({ bad }) =>
    bad.flatMap(({ path, code: text }) => {
      const { findings } = analyse({ kind: "file", file: { path, text }, options });
      return findings.flatMap((one) =>
        findings
          .filter(
            (other) => one.ruleId < other.ruleId && one.location.span.start.line === other.location.span.start.line,
          )
          .filter((other) => codesOf.get(one.ruleId)?.some((code) => codesOf.get(other.ruleId)?.includes(code)))
          .map((other) => `${one.ruleId} and ${other.ruleId}: ${one.excerpt}`),
      );
    }),
  );
  expect(twice).toEqual([]);
});

describe.each(ruleSet.rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  const examples: readonly (readonly [string, Example])[] = [
    ...rule.bad.map((example) => [`reports: ${example.name}`, example] as const),
    ...rule.good.map((example) => [`is silent: ${example.name}`, example] as const),
  ];

  test.each(examples)("%s", (_, example) => {
    const { code, before, between } = example;
    const wanted = expectationsOf(between ?? code);
    // An expectation changes its line: a comparison is shown the code without it.
    const analysis = analyseExample(rule, example, before === undefined ? code : stripExpectations(code));
    expect(comparable(reported(analysis), wanted)).toEqual(wanted);
    if (rule.bad.includes(example)) expect(wanted.some((line) => line.includes(rule.id))).toBe(true);
    else expect(wanted.filter((line) => line.includes(` ${rule.id}`))).toEqual([]);
  });

  test.each(examples.filter(([, { fixed }]) => fixed !== undefined))("%s: the fix", (_, example) => {
    const code = stripExpectations(example.code);
    const analysis = analyseExample(rule, example, code);
    const edits = analysis.findings.flatMap(({ fix }) => fix?.edits ?? []);
    edits.sort((a, b) => b.span.start.offset - a.span.start.offset);
    let fixed = code;
    for (const { span, text } of edits) fixed = fixed.slice(0, span.start.offset) + text + fixed.slice(span.end.offset);
    expect(fixed).toBe(example.fixed);
    const left = analysis.findings.filter(({ ruleId, fix }) => ruleId === rule.id && fix === undefined).length;
    const after = analyseExample(rule, example, fixed).findings.filter(({ ruleId }) => ruleId === rule.id);
    expect(after.length).toBe(left);
  });
});
