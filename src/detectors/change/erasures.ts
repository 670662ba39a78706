import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { asSubjects, variablesIn } from "./conditions.ts";
import { refiningFunctions } from "./refining-functions.ts";

/** Something in a statement that protects, and without which it would still be a statement. */
export interface Erasure {
  /** As it is written, for a message. */
  readonly said: string;
  /** A table gives its own values, which may be titles: it matters where a function takes what has a name. */
  readonly isLookUp?: boolean;
  /** The variables of what it protects. */
  readonly subjects: ReadonlySet<string>;
  /** A check of a value that goes into the statement, or something that a call is told besides. */
  readonly of: "value" | "call";
  /** What happens without it. */
  readonly without: string;
  /** How often a file has it. */
  readonly countIn: (facts: ModuleFacts) => number;
}

interface Cut {
  readonly erasure: Erasure;
  /** UTF-16 offsets of what is left out. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Gives a statement's text without spaces and without what protects, and what that was. */
export type Eraser = (statement: number) => { readonly rest: string; readonly erased: readonly Erasure[] };

export function eraserOf(facts: ModuleFacts): Eraser {
  const { syntax } = facts;
  const refining = refiningFunctions(facts);
  const tables = tablesOf(facts);
  return (statement) => {
    const cuts: Cut[] = [];
    for (let at = statement; at < syntax.next[statement]; at++) {
      const cut =
        refined(facts, at, refining) ??
        lookedUp(facts, at, tables) ??
        escaped(facts, at) ??
        separator(facts, at) ??
        locked(facts, at);
      if (cut !== undefined) cuts.push(cut);
    }
    return { rest: without(syntax, statement, cuts), erased: cuts.map(({ erasure }) => erasure) };
  };
}

function without({ text, start, end }: SyntaxArrays, node: number, cuts: readonly Cut[]): string {
  const ranges = cuts.flatMap((one) => one.ranges).sort(([a], [b]) => a - b);
  let rest = "";
  let at = start[node] ?? 0;
  for (const [from, to] of ranges) {
    if (from > at) rest += text.slice(at, from);
    at = Math.max(at, to);
  }
  return `${rest}${text.slice(at, end[node])}`.replaceAll(/\s+/g, "");
}

/** `check_url(url)`, of a function that raises an exception or gives back what it was given. */
function refined(facts: ModuleFacts, node: number, refining: ReturnType<typeof refiningFunctions>): Cut | undefined {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.call) return undefined;
  const name = textOf(syntax, childByField(syntax, node, Field.function));
  const [first] = namedChildren(syntax, childByField(syntax, node, Field.arguments));
  if (!refining.has(name) || first === undefined) return undefined;
  const isWhole = syntax.kind[syntax.parent[node]] === Kind.expression_statement;
  return isWhole ? undefined : kept(facts, node, first, name, (other) => countOfCalls(other, name));
}

function countOfCalls({ calls }: ModuleFacts, name: string): number {
  return calls.filter((one) => lastPart(one.name) === lastPart(name)).length;
}

/** `KINDS[name]`, `KINDS.get(name)`, of a table of the module. */
function lookedUp(facts: ModuleFacts, node: number, tables: ReadonlySet<string>): Cut | undefined {
  const { syntax } = facts;
  const kind = syntax.kind[node];
  if (kind !== Kind.subscript && kind !== Kind.call) return undefined;
  const [object = NONE, key = NONE] = namedChildren(syntax, node);
  const table = kind === Kind.call ? textOf(syntax, object).replace(/\.get$/, "") : textOf(syntax, object);
  if (!tables.has(table) || key === NONE) return undefined;
  const [first = NONE] = kind === Kind.call ? namedChildren(syntax, key) : [key];
  if (first === NONE || literalText(syntax, first) !== undefined) return undefined;
  const said = `${table}[${textOf(syntax, first)}]`;
  const { erasure, ranges } = kept(facts, node, first, said, (other) => countOfNames(other, table));
  return { erasure: { ...erasure, isLookUp: true }, ranges };
}

/** Names that the module gives a dict that is written out, once. */
function tablesOf(facts: ModuleFacts): ReadonlySet<string> {
  const own = facts.assignments.filter(
    ({ name, node, value }) =>
      /^_?[A-Z][A-Z0-9_]*$/.test(name) && facts.scopeOf(node) === "" && facts.syntax.kind[value] === Kind.dictionary,
  );
  return new Set(own.map(({ name }) => name));
}

function countOfNames({ syntax }: ModuleFacts, name: string): number {
  let count = 0;
  for (let at = 0; at < syntax.count; at++)
    if (syntax.kind[at] === Kind.identifier && textOf(syntax, at) === name) count++;
  return count;
}

/** Leaves what is inside; of `check(one) for one in names` the names. */
function kept(facts: ModuleFacts, call: number, inner: number, said: string, countIn: Erasure["countIn"]): Cut {
  const { syntax } = facts;
  const { start, end } = syntax;
  const whole = wholeComprehension(syntax, call, inner);
  const left = whole?.source ?? inner;
  const [from, to] = whole?.span ?? [start[call] ?? 0, end[call] ?? 0];
  const subjects = asSubjects(variablesIn(facts, left));
  return {
    erasure: { of: "value", said, subjects, without: "", countIn },
    ranges: [
      [from, start[left] ?? 0],
      [end[left] ?? 0, to],
    ],
  };
}

interface Comprehension {
  /** What it takes its elements from. */
  readonly source: number;
  /** UTF-16 offsets, without the brackets of a call. */
  readonly span: readonly [number, number];
}

/** A generator or list that makes the same of each element. */
function wholeComprehension(syntax: SyntaxArrays, call: number, inner: number): Comprehension | undefined {
  const { kind, start, end } = syntax;
  const around = syntax.parent[call];
  if (kind[around] !== Kind.generator_expression && kind[around] !== Kind.list_comprehension) return undefined;
  const [, loop = NONE, ...others] = namedChildren(syntax, around);
  if (loop === NONE || others.length > 0 || kind[loop] !== Kind.for_in_clause) return undefined;
  const target = childByField(syntax, loop, Field.left);
  const source = childByField(syntax, loop, Field.right);
  if (target === NONE || source === NONE || textOf(syntax, target) !== textOf(syntax, inner)) return undefined;
  const bracket = syntax.field[around] === Field.arguments ? 1 : 0;
  return { source, span: [(start[around] ?? 0) + bracket, (end[around] ?? 0) - bracket] };
}

/** A mark that ends a text, a line or a tag, as the literal has it between its quotes. */
const MARK = /^(?:["'`\\<>&;|\0]|\\["'\\nrtx0][0-9a-f]{0,2}|\\r\\n)$/i;

/** `name.replace('"', '""')`, `name.replace("\n", " ")`: what is written out in its place is more than the mark, or another one. */
function escaped(facts: ModuleFacts, node: number): Cut | undefined {
  const { syntax } = facts;
  const callee = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : NONE;
  const object = callee === NONE ? NONE : childByField(syntax, callee, Field.object);
  if (object === NONE || !/\.replace$/.test(textOf(syntax, callee))) return undefined;
  const [mark, other, ...more] = namedChildren(syntax, childByField(syntax, node, Field.arguments)).map((one) =>
    literalText(syntax, one),
  );
  if (mark === undefined || other === undefined || more.length > 0 || !MARK.test(mark)) return undefined;
  return {
    erasure: {
      of: "value",
      said: syntax.text.slice(syntax.end[object], syntax.end[node]),
      subjects: asSubjects(variablesIn(facts, object)),
      without: "",
      countIn: (other) => countOfCalls(other, "replace"),
    },
    ranges: [[syntax.end[object] ?? 0, syntax.end[node] ?? 0]],
  };
}

const SEPARATORS = new Set(["--", "--end-of-options"]);
const SEQUENCES: ReadonlySet<number> = new Set([Kind.argument_list, Kind.list, Kind.tuple]);

/** `"--"` among the words of a command, with something behind it that is not written out. */
function separator(facts: ModuleFacts, node: number): Cut | undefined {
  const { syntax } = facts;
  const around = syntax.parent[node];
  if (syntax.kind[node] !== Kind.string || !SEQUENCES.has(syntax.kind[around])) return undefined;
  const said = literalText(syntax, node);
  if (said === undefined || !SEPARATORS.has(said)) return undefined;
  const words = namedChildren(syntax, around);
  const at = words.indexOf(node);
  const behind = words.slice(at + 1).filter((one) => literalText(syntax, one) === undefined);
  const [next] = words.slice(at + 1);
  if (at < 1 || behind.length === 0 || next === undefined) return undefined;
  const subjects = asSubjects(behind.flatMap((one) => variablesIn(facts, one)));
  return {
    erasure: {
      of: "call",
      said: `"${said}"`,
      subjects,
      without: "a value that begins with a dash is taken for an option",
      countIn: countOfSeparators,
    },
    ranges: [[syntax.start[node] ?? 0, syntax.start[next] ?? 0]],
  };
}

function countOfSeparators({ syntax }: ModuleFacts): number {
  let count = 0;
  for (let at = 0; at < syntax.count; at++)
    if (syntax.kind[at] === Kind.string && SEPARATORS.has(literalText(syntax, at) ?? "")) count++;
  return count;
}

const LOCKS = /\.(?:select_for_update|with_for_update)$/;

/** `.select_for_update()` of a query. */
function locked(facts: ModuleFacts, node: number): Cut | undefined {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.call) return undefined;
  const callee = childByField(syntax, node, Field.function);
  const object = callee === NONE ? NONE : childByField(syntax, callee, Field.object);
  if (object === NONE || !LOCKS.test(textOf(syntax, callee))) return undefined;
  const method = lastPart(textOf(syntax, callee));
  return {
    erasure: {
      of: "call",
      said: `.${method}()`,
      subjects: asSubjects(variablesIn(facts, object)),
      without: "two requests at a time may both pass what is asked of the same row",
      countIn: (other) => countOfCalls(other, method),
    },
    ranges: [[syntax.end[object] ?? 0, syntax.end[node] ?? 0]],
  };
}
