import { createHash } from "node:crypto";
import type { z } from "zod";
import { checkRule } from "../analysis/catalogue.ts";
import type { Detector } from "../rules/detector.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import type { Match, Rule } from "../rules/rule.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { ownRuleSchema } from "../rules/schema.ts";
import { unknownWords } from "../taint/models/load-models.ts";
import type { Model } from "../taint/models/model.ts";
import { modelSchema } from "../taint/models/model-schema.ts";
import type { Vocabulary } from "../taint/models/vocabulary.ts";
import { openYaml } from "./open-yaml.ts";
import { LARGEST_OWN_FILE, MOST_OWN_FILES, OWN_FOLDERS, type OwnFile, type OwnKind } from "./own-files.ts";
import type { ConfigProblem } from "./parse.ts";

/** Whose files they are: ids begin with it, so that no rule takes another's name. */
export type Owner = "org" | "repo";

export interface OwnFiles {
  readonly owner: Owner;
  readonly files: readonly OwnFile[];
  /** Whether its models may say what makes data harmless, and not only where it comes from and where it hurts. */
  readonly mayClear: boolean;
}

export interface ReadOwnRules {
  /** Absent where there is none. */
  readonly own?: OwnRules;
  readonly problems: readonly ConfigProblem[];
}

/** What the rules are checked against. */
export interface Known {
  readonly ruleSet: RuleSet;
  readonly detectors: ReadonlyMap<string, Detector>;
}

export type OwnRuleReader = (sources: readonly OwnFiles[]) => ReadOwnRules;

/** Readings that are kept: most reviews of a repository find the files as the last one did. */
const MOST_KEPT = 50;

export function createOwnRuleReader(known: Known): OwnRuleReader {
  const kept = new Map<string, ReadOwnRules>();
  return (sources) => {
    if (sources.every(({ files }) => files.length === 0)) return NOTHING;
    const key = digest(sources);
    const found = kept.get(key) ?? readOwnRules(sources, known);
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? key);
    kept.set(key, found);
    return found;
  };
}

const NOTHING: ReadOwnRules = { problems: [] };

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** Rules and models of an organization and a repository. A file with a mistake is left out and named; the others are in force. */
function readOwnRules(sources: readonly OwnFiles[], known: Known): ReadOwnRules {
  const problems: ConfigProblem[] = [];
  const rules: Rule[] = [];
  const models: Model[] = [];
  for (const { owner, files, mayClear } of sources) {
    for (const kind of ["models", "rules"] as const) {
      const own = files.filter((file) => file.kind === kind);
      for (const file of own.slice(0, MOST_OWN_FILES)) {
        const say = (line: number, message: string) => problems.push({ path: pathOf(owner, file), line, message });
        if (kind === "models") models.push(...readModel(file, mayClear, known, say));
        else rules.push(...readRule(file, owner, known, say));
      }
      if (own.length > MOST_OWN_FILES) problems.push(tooMany(owner, kind));
    }
  }
  if (rules.length === 0 && models.length === 0) return { problems };
  return { own: { key: digest([rules, models]), rules, models }, problems };
}

/** Puts what is wrong, with its line, on the list. */
type Say = (line: number, message: string) => void;

function readRule(file: OwnFile, owner: Owner, { ruleSet, detectors }: Known, say: Say): readonly Rule[] {
  const read = parseFile(file, ownRuleSchema, say);
  if (read === undefined) return [];
  const { data: rule, lineAt } = read;
  if (!rule.id.startsWith(`${owner}-`)) {
    say(lineAt(["id"]), `the id of a rule of ${OWNERS[owner]} begins with \`${owner}-\`; the rule is not in force`);
    return [];
  }
  if (`${rule.id}.yml` !== file.name) {
    say(lineAt(["id"]), "the id is not the file's name; the rule is not in force");
    return [];
  }
  const unknown = wordsOf(rule.match).find((word) => !isKnown(word, ruleSet.vocabulary));
  if (unknown !== undefined) {
    say(lineAt(["match"]), `unknown label or kind ${quoted(unknown)}; the rule is not in force`);
    return [];
  }
  try {
    checkRule(rule, ruleSet.vocabulary, detectors);
    return [rule];
  } catch {
    // A detector that there is not, or options that it does not know.
    say(
      lineAt(["match"]),
      "the match names a detector, or an option of one, that there is not; the rule is not in force",
    );
    return [];
  }
}

/** Labels and kinds that flows are looked for by. */
function wordsOf(match: Match): readonly string[] {
  if (match.kind === "taint") return [...match.from, ...match.to];
  return match.kind === "any" || match.kind === "all" ? match.of.flatMap(wordsOf) : [];
}

function isKnown(word: string, { labels, kinds, shared }: Vocabulary): boolean {
  return labels.includes(word) || word in shared || Object.values(kinds).flat().includes(word);
}

/** What adds to the engine's knowledge of where data comes from and where it hurts. */
const ADDING: ReadonlySet<string> = new Set(["package", "sources", "sinks"]);

function readModel(file: OwnFile, mayClear: boolean, { ruleSet }: Known, say: Say): readonly Model[] {
  const read = parseFile(file, modelSchema, say);
  if (read === undefined) return [];
  const { data: model, given, lineAt } = read;
  const others = Object.keys(given).filter((key) => !ADDING.has(key));
  if (!mayClear && others.length > 0) {
    for (const key of others)
      say(
        lineAt([key]),
        `${quoted(key)}: a repository's model has \`sources\` and \`sinks\` alone, unless the organization allows more; the model is not in force`,
      );
    return [];
  }
  const [unknown] = unknownWords(model, ruleSet.vocabulary);
  if (unknown !== undefined) {
    say(lineAt(keysOf(unknown)), `${quoted(unknown)}; the model is not in force`);
    return [];
  }
  return [{ ...model, isOwn: true }];
}

interface Parsed<T> {
  readonly data: T;
  readonly given: object;
  readonly lineAt: (at: readonly PropertyKey[]) => number;
}

function parseFile<T>(file: OwnFile, schema: z.ZodType<T>, say: Say): Parsed<T> | undefined {
  const refuse = (line: number, message: string) => void say(line, `${message}; none of the file is in force`);
  if (file.text === undefined || file.text.length > LARGEST_OWN_FILE)
    return refuse(1, `the file could not be read, or is larger than ${LARGEST_OWN_FILE / 1024} kB`);
  const opened = openYaml(file.text);
  if (opened.kind === "broken") return refuse(opened.line, "not valid YAML, or YAML with aliases");
  const { value: given, lineAt } = opened;
  if (typeof given !== "object" || given === null || Array.isArray(given)) return refuse(1, "expected `name: value`");
  if (expansions(given) > MOST_EXPANSIONS) return refuse(1, `\`{…}\` stands for more than ${MOST_EXPANSIONS} names`);
  const parsed = attempt(() => schema.safeParse(given));
  if (parsed === undefined) return refuse(1, "nested too deeply");
  if (parsed.success) return { data: parsed.data, given, lineAt };
  for (const { code, path, message, ...issue } of parsed.error.issues.slice(0, MOST_ISSUES)) {
    const at = code === "unrecognized_keys" && "keys" in issue ? [...path, ...issue.keys.slice(0, 1)] : path;
    refuse(lineAt(at), `${quoted(at.join("."))}: ${code === "unrecognized_keys" ? "unknown key" : quoted(message)}`);
  }
  return undefined;
}

/** What is nested without end overflows the stack. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const MOST_ISSUES = 5;
/** Names that the braces of one file stand for. */
const MOST_EXPANSIONS = 2_000;

/** How many names the texts of a value stand for, their braces multiplied out. */
function expansions(value: unknown): number {
  if (typeof value === "string") {
    const groups = value.match(/\{[^}]*\}/gu) ?? [];
    return groups.reduce((product, group) => product * group.split(",").length, 1);
  }
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, each]) => sum + expansions(key) + expansions(each), 0);
}

const OWNERS: Readonly<Record<Owner, string>> = { org: "an organization", repo: "a repository" };

function tooMany(owner: Owner, kind: OwnKind): ConfigProblem {
  const path = `${prefixOf(owner)}${OWN_FOLDERS[kind]}`;
  return { path, line: 1, message: `more than ${MOST_OWN_FILES} files; the others are not in force` };
}

function pathOf(owner: Owner, { kind, name }: OwnFile): string {
  return `${prefixOf(owner)}${OWN_FOLDERS[kind]}/${name}`;
}

function prefixOf(owner: Owner): string {
  return owner === "org" ? ".github:" : "";
}

/** `sinks[2].feeds: …` as a path. */
function keysOf(problem: string): readonly PropertyKey[] {
  const [, keys = ""] = /^([\w.[\]-]+):/u.exec(problem) ?? [];
  return keys.split(/[.[\]]+/u).flatMap((key) => (key === "" ? [] : [/^\d+$/u.test(key) ? Number(key) : key]));
}

/** Back ticks would end the code span that shows it. */
function quoted(text: string): string {
  return `\`${text.replace(/[`\r\n]/gu, "'").slice(0, 120)}\``;
}
