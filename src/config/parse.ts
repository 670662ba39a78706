import type { z } from "zod";
import { closest } from "../text/closest.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readSettingsTree, type SettingsTree } from "./settings-tree.ts";

/** What is wrong with a configuration file, and where; what happens then is said beside it. */
export interface ConfigProblem {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Markdown; what comes from the file is inside code spans. */
  readonly message: string;
}

export interface ParsedConfig<Config> {
  /** All that could be understood. */
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** Larger files are refused whole: no configuration needs more. */
export const MAX_CONFIG_LENGTH = 64 * 1024;
const MAX_PROBLEMS = 20;

/**
 * Reads a configuration file. A setting that is not understood is left out and named with its line; the others are in
 * force. A file that is no YAML at all leaves nothing in force but the layers around it.
 */
export function parseConfig<Config extends object>(
  path: string,
  text: string,
  schema: z.ZodType<Config>,
  ruleNames: ReadonlySet<string>,
): ParsedConfig<Config> {
  const nothing = schema.parse({});
  if (text.length > MAX_CONFIG_LENGTH) {
    return refused(path, nothing, "the file is larger than 64 kB, or not UTF-8; none of it is in force");
  }
  const yaml = parseYaml(text);
  if (yaml.kind === "broken") return refused(path, nothing, "not valid YAML; none of the file is in force", yaml.line);
  const tree = readSettingsTree(yaml.document);
  const given = tree.value;
  if (given === null) return { config: nothing, problems: [] };
  if (typeof given !== "object" || Array.isArray(given)) {
    return refused(path, nothing, "expected settings, `name: value`; none of the file is in force");
  }
  const problems = createProblems(path, yaml.lineOf, tree);
  // All of them, before anything is taken out and rules with it.
  for (const { name, at } of rulesNamedIn(given, wrongIn(schema, given))) {
    if (!ruleNames.has(name)) problems.add(at, () => aboutUnknownRule(name, ruleNames));
  }
  for (;;) {
    const parsed = schema.safeParse(given);
    if (parsed.success) return { config: parsed.data, problems: problems.inOrder() };
    // Backwards: taking an entry out of a list moves those behind it.
    for (const { at, message } of parsed.error.issues.flatMap(placesOf).toReversed()) {
      problems.addOnce(at, () => message);
      if (!tree.remove(at)) return { config: nothing, problems: problems.inOrder() };
    }
  }
}

interface Problems {
  /** Whatever else is said of the place. */
  add(at: readonly PropertyKey[], message: () => string): void;
  /** What is left of a setting that a part was taken out of may be wrong too: that is not said again. */
  addOnce(at: readonly PropertyKey[], message: () => string): void;
  /** As they stand in the file, the first of them alone. */
  inOrder(): readonly ConfigProblem[];
}

function createProblems(path: string, lineOf: (offset: number) => number, tree: SettingsTree): Problems {
  const found: { readonly offset: number; readonly line: number; readonly message: () => string }[] = [];
  const takenOut = new Map<number, (readonly PropertyKey[])[]>();
  const placeOf = (at: readonly PropertyKey[]) => {
    const offset = tree.offsetOf(at);
    return { offset, line: lineOf(offset) };
  };
  return {
    add(at, message) {
      found.push({ ...placeOf(at), message });
    },
    addOnce(at, message) {
      const place = placeOf(at);
      const others = takenOut.get(place.line) ?? [];
      takenOut.set(place.line, others);
      if (others.some((other) => startsWith(other, at))) return;
      // More of one line are never shown.
      if (others.push(at) > MAX_PROBLEMS) others.shift();
      found.push({ ...place, message });
    },
    inOrder() {
      const first = found.toSorted((one, other) => one.offset - other.offset).slice(0, MAX_PROBLEMS);
      return first.map(({ line, message }) => ({ path, line, message: message() }));
    },
  };
}

function startsWith(at: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.length <= at.length && start.every((key, index) => key === at[index]);
}

function refused<Config>(path: string, config: Config, message: string, line = 1): ParsedConfig<Config> {
  return { config, problems: [{ path, line, message }] };
}

/** What an issue is about: each of the keys that nobody knows, or the setting itself. */
function placesOf(issue: z.core.$ZodIssue): readonly Wrong[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ at: [...issue.path, key], message: `unknown setting ${quoted(key)}` }));
  }
  const message = `${quoted(issue.path.join("."))}: ${expectation(issue)}; the setting is not in force`;
  return [{ at: issue.path, message }];
}

interface Wrong {
  readonly at: readonly PropertyKey[];
  readonly message: string;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `expected ${issue.values.map((value) => `\`${String(value)}\``).join(", ")}`;
    case "invalid_type":
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case "too_big":
      return `at most ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case "too_small":
      return issue.origin === "string" ? "is empty" : `at least ${String(issue.minimum)}`;
    default:
      return "not understood";
  }
}

/** In words, by the name that the schema has for it. */
const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  object: "settings",
  record: "settings",
  string: "a text",
  int: "a whole number",
  number: "a number",
};

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}

/** Back ticks would end the code span that shows it. */
function quoted(name: string): string {
  return `\`${name.replace(/[`\r\n]/gu, "'").slice(0, 80)}\``;
}

/** A misspelled rule would silently keep its own level. */
function aboutUnknownRule(name: string, known: ReadonlySet<string>): string {
  const similar = closest(name, [...known]);
  return `unknown rule ${quoted(name)}${similar === undefined ? "" : ` (did you mean \`${similar}\`?)`}`;
}

interface NamedRule {
  readonly name: string;
  readonly at: readonly PropertyKey[];
}

/** No setting lies deeper. */
const DEEPEST = 8;

/** Those of settings that are one: what lies below a wrong one goes with it. What is given may be anything yet. */
function rulesNamedIn(
  given: unknown,
  wrong: ReadonlySet<string>,
  at: readonly PropertyKey[] = [],
): readonly NamedRule[] {
  if (typeof given !== "object" || given === null || at.length > DEEPEST || wrong.has(keyOf(at))) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...at, Array.isArray(given) ? Number(key) : key];
    if (key !== "rules") return rulesNamedIn(value, wrong, here);
    if (typeof value !== "object" || value === null || wrong.has(keyOf(here))) return [];
    if (!Array.isArray(value)) return Object.keys(value).map((name) => ({ name, at: [...here, name] }));
    return value.flatMap((name, index) => (typeof name === "string" ? [{ name, at: [...here, index] }] : []));
  });
}

function wrongIn(schema: z.ZodType, given: unknown): ReadonlySet<string> {
  const { error } = schema.safeParse(given);
  return new Set((error?.issues ?? []).flatMap(placesOf).map(({ at }) => keyOf(at)));
}

function keyOf(at: readonly PropertyKey[]): string {
  return JSON.stringify(at);
}
