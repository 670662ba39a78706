import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { closest } from "../text/closest.ts";

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0]);
    return refused(path, nothing, "not valid YAML; none of the file is in force", line);
  }
  const problems = new Map<number, ConfigProblem>();
  // What is left of a setting that was taken out may be wrong too: its line is named once.
  const say = (line: number, message: string) => problems.get(line) ?? problems.set(line, { path, line, message });
  const lineAt = (at: readonly PropertyKey[]) => lineOf(document, lines, at);
  for (;;) {
    const given = readValue(document);
    if (given === null) return { config: nothing, problems: [...problems.values()] };
    if (typeof given !== "object" || Array.isArray(given)) {
      return refused(path, nothing, "expected settings, `name: value`; none of the file is in force");
    }
    const parsed = schema.safeParse(given);
    if (parsed.success) {
      for (const { name, at } of rulesNamedIn(given, [])) {
        if (!ruleNames.has(name)) say(lineAt(at), aboutUnknownRule(name, ruleNames));
      }
      const found = [...problems.values()].toSorted((one, other) => one.line - other.line);
      return { config: parsed.data, problems: found.slice(0, MAX_PROBLEMS) };
    }
    // Backwards: taking an entry out of a list moves those behind it.
    for (const { at, message } of parsed.error.issues.flatMap(placesOf).toReversed()) {
      say(lineAt(at), message);
      remove(document, at);
    }
  }
}

function refused<Config>(path: string, config: Config, message: string, line = 1): ParsedConfig<Config> {
  return { config, problems: [{ path, line, message }] };
}

/** Aliases that multiply themselves throw, as values that no JSON has: nothing is understood then. */
function readValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    return "";
  }
}

/** What an issue is about: each of the keys that nobody knows, or the setting itself. */
function placesOf(
  issue: z.core.$ZodIssue,
): readonly { readonly at: readonly PropertyKey[]; readonly message: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ at: [...issue.path, key], message: `unknown setting ${quoted(key)}` }));
  }
  const message = `${quoted(issue.path.join("."))}: ${expectation(issue)}; the setting is not in force`;
  return [{ at: issue.path, message }];
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

/** The deepest part of the path that is there: what lacks something goes whole. */
function remove(document: Document, at: readonly PropertyKey[]): void {
  for (let length = at.length; length > 0; length--) {
    const part = at.slice(0, length);
    if (document.hasIn(part) && document.deleteIn(part)) return;
  }
  document.contents = null;
}

function lineOf(document: Document, lines: LineCounter, at: readonly PropertyKey[]): number {
  for (let length = at.length; length > 0; length--) {
    const node = document.getIn(at.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
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

function rulesNamedIn(given: unknown, at: readonly PropertyKey[]): readonly NamedRule[] {
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...at, Array.isArray(given) ? Number(key) : key];
    if (key !== "rules") return rulesNamedIn(value, here);
    if (Array.isArray(value)) return value.map((name, index) => ({ name: String(name), at: [...here, index] }));
    return Object.keys(value as object).map((name) => ({ name, at: [...here, name] }));
  });
}
