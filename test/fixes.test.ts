import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../scripts/read-rule-files.ts";
import { createAnalyse } from "../src/analysis/create-analyse.ts";
import type { Finding } from "../src/analysis/finding.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { readManifest } from "../src/manifests/read-manifest.ts";
import { chooseParser } from "../src/python/choose-parser.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import type { Example, Match, Profile, Rule } from "../src/rules/rule.ts";
import { applyEdits } from "../src/text/apply-edits.ts";
import { stripExpectations } from "./expectations.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const parser = await chooseParser();
const analyse = createAnalyse({ parser, ruleSet, detectors: DETECTORS });
const PROFILES: readonly Profile[] = ["default", "audit"];

function findingsIn(
  rule: Rule,
  { path, files = {}, advisories }: Example,
  text: string,
  profile: Profile,
): readonly Finding[] {
  const others = Object.entries(files).map(([path, text]) => ({ path, text }));
  return analyse({
    kind: "file",
    file: { path, text },
    options: { profile, levels: { [rule.id]: rule.level }, today: "2026-01-01", ...(advisories && { advisories }) },
    project: { kind: "given", files: others },
  }).findings;
}

function hasFix(match: Match): boolean {
  if (match.kind === "any" || match.kind === "all") return match.of.some(hasFix);
  return "fix" in match && match.fix !== undefined;
}

/** Places of a text that are no Python; undefined for a text that is not parsed. */
function errorsIn({ path }: Example, text: string): number | undefined {
  if (!path.endsWith(".py")) return readManifest(path, text)?.problems.length;
  const syntax = parser.parse(text);
  return "reason" in syntax ? undefined : syntax.errors.length;
}

/** How often each rule speaks. */
function counted(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const groups = Map.groupBy(findings, ({ ruleId }) => ruleId);
  return new Map([...groups].map(([id, found]) => [id, found.length]));
}

const fixing = ruleSet.rules.filter(({ fix, match }) => fix !== undefined || hasFix(match));

test("there are rules with fixes", () => {
  expect(fixing.length).toBeGreaterThan(40);
});

test("no keyword is written into a call that gets it by `**` already, where Python would refuse it", () => {
  const text = `import jinja2
from flask import make_response

COOKIE = {"httponly": False}
JINJA = {"autoescape": False}


def sign_in(token):
    answer = make_response("welcome")
    answer.set_cookie("session", token, **COOKIE)


pages = jinja2.Environment(**JINJA)
`;
  const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
  const { findings } = analyse({ kind: "file", file: { path: "app.py", text }, options });
  const called = findings.filter(({ location }) => text.split("\n")[location.span.start.line - 1]?.includes("**"));
  expect(called.map(({ ruleId, fix }) => [ruleId, fix])).toEqual([
    ["cookie-no-secure", undefined],
    ["template-autoescape-off", undefined],
  ]);
});

describe.each(fixing.map((rule) => [rule.id, rule] as const))("the fixes of %s", (id, rule) => {
  const offered = PROFILES.flatMap((profile) =>
    rule.bad.flatMap((example) => {
      const code = stripExpectations(example.code);
      const before = findingsIn(rule, example, code, profile);
      return before
        .filter(({ ruleId, fix }) => ruleId === id && fix !== undefined)
        .map((finding) => ({ profile, example, code, before, fixed: applyEdits(code, finding.fix?.edits ?? []) }));
    }),
  );

  test("are offered in both profiles, and an example shows the whole result of one", () => {
    expect(new Set(offered.map(({ profile }) => profile)).size).toBe(2);
    expect(rule.bad.filter(({ fixed }) => fixed !== undefined)).not.toEqual([]);
  });

  test("parse, cure what was found and bring nothing else up", () => {
    for (const { profile, example, code, before, fixed } of offered) {
      const about = `${profile}: ${example.name}\n${fixed}`;
      expect(fixed, about).not.toBe(code);
      expect(errorsIn(example, fixed), about).toBe(0);
      const [was, is] = [counted(before), counted(findingsIn(rule, example, fixed, profile))];
      expect(is.get(id) ?? 0, about).toBeLessThan(was.get(id) ?? 0);
      const more = [...is].filter(([other, count]) => count > (was.get(other) ?? 0)).map(([other]) => other);
      expect(more, about).toEqual([]);
    }
  });
});
