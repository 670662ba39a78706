import { parse, YAMLParseError } from "yaml";
import { loadModels } from "../taint/models/load-models.ts";
import type { Rule, Section } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";
import { ruleSchema } from "./schema.ts";

/** A file of `rules/`; the path is relative to it: `secrets/secret-private-key.yml`. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with rule files, each with file and key: `secrets/x.yml: match.call.callee: …`. */
export class RuleFileError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "RuleFileError";
    this.problems = problems;
  }
}

export function loadRuleSet(files: readonly RuleFile[]): RuleSet {
  const isModel = ({ path }: RuleFile) => path.startsWith("models/");
  const { vocabulary, models } = loadModels(files.filter(isModel));
  const problems: string[] = [];
  const rules: Rule[] = [];
  for (const file of files.filter((file) => !isModel(file))) {
    try {
      rules.push(parseRule(file));
    } catch (error) {
      if (!(error instanceof RuleFileError)) throw error;
      problems.push(...error.problems);
    }
  }
  problems.push(...crossCheck(rules));
  if (problems.length > 0) throw new RuleFileError(problems);
  return { rules: rules.sort((a, b) => (a.id < b.id ? -1 : 1)), vocabulary, models };
}

/** One rule; throws `RuleFileError` with everything that is wrong with it. */
export function parseRule({ path, text }: RuleFile): Rule {
  const [section = "", file = ""] = path.split("/");
  const result = ruleSchema.safeParse(parseYaml(path, text));
  if (!result.success) {
    throw new RuleFileError(result.error.issues.map((issue) => `${path}: ${issue.path.join(".")}: ${issue.message}`));
  }
  if (`${result.data.id}.yml` !== file) throw new RuleFileError([`${path}: id: is not the file's name`]);
  return { ...result.data, section: section as Section };
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new RuleFileError([`${path}: ${error.message}`]);
    throw error;
  }
}

function crossCheck(rules: readonly Rule[]): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const { id } of rules) {
    if (ids.has(id)) problems.push(`${id}: another rule has this id`);
    ids.add(id);
  }
  for (const { id, supersedes, formerly } of rules) {
    for (const other of supersedes) if (!ids.has(other)) problems.push(`${id}: supersedes: no rule \`${other}\``);
    for (const other of formerly) if (ids.has(other)) problems.push(`${id}: formerly: \`${other}\` is in use`);
  }
  return problems;
}
