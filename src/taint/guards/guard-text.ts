import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { ownEntry } from "../../text/own-entry.ts";
import type { Machine } from "../machine/machine.ts";
import { markOfAdmitted } from "../values/quoted-text.ts";
import { EVERYTHING } from "../values/value.ts";
import { isEither, isPlace, type Known, narrow, subjectOf } from "./narrow.ts";
import { beginningOf, beginsWithoutDash } from "./pattern-beginnings.ts";

/** Characters by which a value leaves the place it was put into, by sink kind. */
const METACHARACTERS: Readonly<Record<string, string>> = {
  sql: "'\"`;\\()-",
  command: "'\"`;|&$<>(){}\\\n*?~! ",
  code: "()[]'\"`",
  html: "<>\"'",
  path: "/\\",
  template: "{}%",
  header: "\r\n",
  log: "\r\n",
  ldap: "()*\\",
  xpath: "'\"[]()/",
  url: "/\\@:?#",
  redirect: "/\\@:",
  ssrf: "/\\@:",
  regex: "()[]*+{}|\\",
  format: "{}%",
  nosql: "${}",
  csv: "=+-@",
  deserialise: "!:.(){}\n",
  "xml-parse": "<&",
  session: "",
  // Without a dot there is no ending that would make it another kind of file.
  upload: ".",
};

/** Which argument a match of a constant pattern clears, and for what; undefined where it proves nothing. */
export function regexProof(
  machine: Machine,
  path: string,
  call: number,
  args: readonly number[],
): RegexProof | undefined {
  const method = /^re\.(?:Pattern\(\)\.)?(fullmatch|match|search)$/.exec(path)?.[1];
  if (method === undefined) return undefined;
  const isCompiled = path.startsWith("re.Pattern()");
  const pattern = isCompiled ? compiledPattern(machine, call) : constantText(machine, args[0]);
  const subject = isCompiled ? args[0] : args[1];
  if (pattern === undefined || subject === undefined) return undefined;
  const beginning = beginningOf(pattern, method);
  const admitted = admittedCharacters(pattern, method);
  const mask = patternMask(machine, pattern, method);
  const known = beginning === "/" ? { beginning } : admitted === undefined ? undefined : markOfAdmitted(admitted);
  if (mask === 0 && known === undefined) return undefined;
  return { subject, mask, ...(known !== undefined && { known }) };
}

export interface RegexProof {
  readonly subject: number;
  readonly mask: number;
  readonly known?: Known;
}

/**
 * `name.isalnum()`: no character means anything to a language. `name.replace("-", "").isalnum()`: none but those that were
 * taken out before.
 */
export function assumeClean(machine: Machine, receiver: number): void {
  const { syntax, models } = machine;
  const admitted = new Set<string>();
  let subject = subjectOf(machine, receiver);
  for (; syntax.kind[subject] === Kind.call && !isPlace(machine, subject); ) {
    const target = childByField(syntax, subject, Field.function);
    const [search, replacement] = namedChildren(syntax, childByField(syntax, subject, Field.arguments));
    if (syntax.kind[target] !== Kind.attribute) return;
    if (textOf(syntax, childByField(syntax, target, Field.attribute)) !== "replace") return;
    const removed = constantText(machine, search);
    if (removed === undefined || constantText(machine, replacement) === undefined) return;
    for (const character of removed) if (!/\w/.test(character)) admitted.add(character);
    subject = subjectOf(machine, childByField(syntax, target, Field.object));
  }
  const all = admitted.size === 0 ? models.kindMask(["injection"]) : 0;
  narrow(machine, subject, all | maskOf(machine, admitted), markOfAdmitted(admitted));
}

/** The kinds for which a text is harmless that the pattern lets through, by its characters and by how it begins. */
export function patternMask(machine: Machine, pattern: string, method: string): number {
  const admitted = admittedCharacters(pattern, method);
  const own = beginningOf(pattern, method) === "own" ? machine.models.kindMask(["redirect", "ssrf", "url"]) : 0;
  const noOption = beginsWithoutDash(pattern, method) ? machine.models.kindMask(["argument"]) : 0;
  const signs = admitted === undefined ? 0 : maskOf(machine, admitted) | codeMask(machine, pattern);
  return signs | own | noOption;
}

/** Digits and signs compute a number and name nothing. */
function codeMask(machine: Machine, characters: string): number {
  const isNamed = /[^\W\d]/.test(characters.replace(/\\[dsbAZ]|\(\?:/g, "")) || /\W-[^\w\]]/.test(characters);
  return isNamed ? 0 : machine.models.kindMask(["code"]);
}

/** The kinds that none of the characters, besides letters, digits and `_`, means anything to. */
export function maskOf(machine: Machine, admitted: ReadonlySet<string>): number {
  let mask = 0;
  for (const kind of machine.models.kinds.names) {
    const dangerous = METACHARACTERS[kind];
    if (dangerous !== undefined && ![...dangerous].some((character) => admitted.has(character)))
      mask |= machine.models.kinds.bit(kind);
  }
  return mask;
}

/** The one character without which a value cannot leave its place; what is listed beside it in a condition changes nothing. */
const SEPARATORS: Readonly<Record<string, readonly string[]>> = {
  "/": ["path"],
  "\n": ["header", "log"],
};

/** What a value that does not contain a text is harmless for: a name without a separator stays in its folder. */
export function withoutText(machine: Machine, node: number): number {
  const value = machine.recorder.valueOf(node);
  const isSeparator = value?.paths.some((path) => path === "os.sep" || path === "os.path.sep") === true;
  const text = isSeparator ? "/" : constantText(machine, node);
  return machine.models.kindMask(ownEntry(SEPARATORS, text ?? "") ?? []);
}

/**
 * `all(c.isalnum() for c in name)`, and that `any(c not in LETTERS for c in name)` does not hold: the iterated name, and what for it
 * is harmless; undefined for any other form.
 */
export function allMatch(
  machine: Machine,
  call: number,
  holds: boolean,
): { readonly subject: number; readonly mask: number } | undefined {
  const { syntax } = machine;
  const generator = childByField(syntax, call, Field.arguments);
  if (generator === NONE || syntax.kind[generator] !== Kind.generator_expression) return undefined;
  const body = childByField(syntax, generator, Field.body);
  const clause = childOfKind(syntax, generator, Kind.for_in_clause);
  if (childOfKind(syntax, generator, Kind.if_clause) !== NONE) return undefined;
  const target = childByField(syntax, clause, Field.left);
  if (syntax.kind[target] !== Kind.identifier) return undefined;
  const variable = textOf(syntax, target);
  const subject = childByField(syntax, clause, Field.right);
  let mask = EVERYTHING;
  const tests = [body];
  for (let test = tests.pop(); test !== undefined; test = tests.pop()) {
    if (holds && isEither(syntax, test)) tests.push(...namedChildren(syntax, test));
    else mask &= characterTest(machine, test, variable, holds);
  }
  return mask === 0 ? undefined : { subject, mask };
}

/** What one test of a character proves of it: that it is one of a list, a letter or a digit. */
function characterTest(machine: Machine, test: number, variable: string, holds: boolean): number {
  const { syntax } = machine;
  if (syntax.kind[test] === Kind.comparison_operator) {
    const { operands, operators } = comparisonParts(syntax, test);
    const isListed = operators.length === 1 && operators[0] === (holds ? "in" : "not in");
    return isListed && textOf(syntax, operands[0] ?? NONE) === variable ? characterMask(machine, operands[1]) : 0;
  }
  const isClean = new RegExp(`^${variable}\\.(?:isalnum|isalpha|isdigit)\\(\\)$`).test(textOf(syntax, test));
  return holds && isClean ? machine.models.kindMask(["injection"]) : 0;
}

/** The kinds that none of the characters of a constant text means anything to; all, where it is not known which they are. */
function characterMask(machine: Machine, node: number | undefined): number {
  const known = constantText(machine, node);
  return known === undefined
    ? machine.models.kindMask(["injection"])
    : maskOf(machine, new Set(known.replace(/\w/g, ""))) | codeMask(machine, known.replaceAll("-", ""));
}

function compiledPattern(machine: Machine, call: number): string | undefined {
  const target = childByField(machine.syntax, call, Field.function);
  const object = childByField(machine.syntax, target, Field.object);
  return object === NONE ? undefined : machine.recorder.valueOf(object)?.prefix;
}

function constantText(machine: Machine, node: number | undefined): string | undefined {
  const constants = node === undefined ? undefined : machine.recorder.valueOf(node)?.constants;
  return constants?.length === 1 && typeof constants[0] === "string" ? constants[0] : undefined;
}

/**
 * The characters outside letters, digits and `_` that a pattern lets through; undefined when it lets through anything:
 * an open end, a dot, a negated class.
 */
export function admittedCharacters(pattern: string, method: string): ReadonlySet<string> | undefined {
  const body = pattern.replace(/^\(\?[aiLmsux]+\)/, "");
  const isAnchoredAtEnd = method === "fullmatch" || /(?:[^\\]|^)(?:\$|\\Z)$/.test(body);
  const isAnchoredAtStart = method !== "search" || /^(?:\^|\\A)/.test(body);
  if (!isAnchoredAtEnd || !isAnchoredAtStart) return undefined;
  const admitted = new Set<string>();
  const inner = body.replace(/^(?:\^|\\A)/, "").replace(/(?:\$|\\Z)$/, "");
  // A final line break, which `$` lets through, begins nothing that the sender could write.
  let inClass = false;
  let nesting = 0;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === "\\") {
      const escaped = inner[++at];
      if (escaped === "S" || escaped === "D" || escaped === "W") return undefined;
      if (escaped === "s") for (const space of " \t\r\n") admitted.add(space);
      else if (!/[wdbBAZ0-9]/.test(escaped ?? "")) admitted.add(escaped ?? "\\");
    } else if (inClass) {
      if (character === "]") inClass = false;
      else if (!/\w/.test(character)) addRange(inner, at, admitted);
    } else if (character === "[") {
      inClass = true;
      if (inner[at + 1] === "^") return undefined;
    } else if (character === ".") return undefined;
    else if (character === "|") {
      // Anchors belong to one alternative only, unless the alternatives stand in a group.
      if (nesting === 0 && method !== "fullmatch") return undefined;
    } else if (character === "{") at = Math.max(at, inner.indexOf("}", at));
    else if (character === "(") {
      nesting++;
      if (inner[at + 1] === "?") at = Math.max(at, inner.slice(at).search(/[:>=!]/) + at);
    } else if (character === ")") nesting--;
    else if (!/[\w()?*+]/.test(character)) admitted.add(character);
  }
  return admitted;
}

/** In `[ -~]` the minus is a range over everything between; in `[a-z]` and `[-a]` it is not. */
function addRange(text: string, at: number, admitted: Set<string>): void {
  const isRange = text[at] === "-" && text[at - 1] !== "[" && text[at + 1] !== "]";
  if (!isRange) {
    admitted.add(text[at]);
    return;
  }
  for (let code = text.charCodeAt(at - 1); code <= text.charCodeAt(at + 1); code++) {
    const character = String.fromCharCode(code);
    if (!/\w/.test(character)) admitted.add(character);
  }
}
