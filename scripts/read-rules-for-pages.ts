import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Example, FixTemplate, Match, Rule, Section } from "../src/rules/rule.ts";

type Yaml = Readonly<Record<string, unknown>>;

/**
 * The rules as far as their pages show them: prose, examples and the titles of fixes. Patterns are not read, so that a
 * page can be drawn of a rule whose pattern is still being written.
 */
export function readRulesForPages(folder: string): readonly Rule[] {
  const sections = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "models",
  );
  return sections.flatMap(({ name: section }) =>
    readdirSync(join(folder, section))
      .filter((file) => file.endsWith(".yml"))
      .map((file) => readRule(section as Section, parse(readFileSync(join(folder, section, file), "utf8")) as Yaml)),
  );
}

function readRule(section: Section, yaml: Yaml): Rule {
  const { match, fix, bad, good, "in-tests": inTests, ...head } = yaml;
  const shown = {
    formerly: [],
    supersedes: [],
    inTests: inTests ?? "off",
    ...head,
    section,
    match: readMatch(match as Yaml),
    ...(fix !== undefined && { fix: readFix(fix as Yaml) }),
    bad: readExamples(bad),
    good: readExamples(good),
  };
  return shown as unknown as Rule;
}

/** Every pattern as one detector: what it looks for is not shown, what it offers is. */
function readMatch(match: Yaml): Match {
  const patterns = (match.any ?? match.all ?? [match]) as readonly Yaml[];
  return {
    kind: "any",
    of: patterns.map(({ fix }) => ({
      kind: "detector",
      name: "",
      options: {},
      ...(fix !== undefined && { fix: readFix(fix as Yaml) }),
    })),
  };
}

function readFix({ title, applicability }: Yaml): FixTemplate {
  return { title: String(title), applicability: applicability === "safe" ? "safe" : "unsafe", changes: [] };
}

function readExamples(examples: unknown): readonly Example[] {
  return (examples as readonly Partial<Example>[]).map((example) => ({
    name: "",
    code: "",
    path: "example.py",
    ...example,
  }));
}
