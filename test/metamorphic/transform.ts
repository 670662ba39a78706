import { Field, Kind } from "../../src/python/kinds.ts";
import type { SyntaxArrays } from "../../src/python/syntax-arrays.ts";
import { ancestorOfKind, childByField, lineOf, NONE, namedChildren, textOf } from "../../src/python/walk.ts";

/** A program that means the same. */
export interface Changed {
  readonly text: string;
  /** The line of the program before that a line came from. */
  readonly lineBefore: (line: number) => number;
}

export type Choose = (index: number) => boolean;
export type Transform = (syntax: SyntaxArrays, choose: Choose) => Changed;

const sameLine = (line: number) => line;

/** Local variables get other names. */
export function renameVariables(syntax: SyntaxArrays, choose: Choose): Changed {
  const uses = new Map<string, number[]>();
  const fixed = new Set<string>();
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] === Kind.string_content)
      for (const word of textOf(syntax, node).match(/\w+/g) ?? []) fixed.add(word);
    if (syntax.kind[node] !== Kind.identifier) continue;
    const name = textOf(syntax, node);
    uses.set(name, [...(uses.get(name) ?? []), node]);
    if (isFixed(syntax, node)) fixed.add(name);
  }
  const assigned = [...uses].filter(
    ([name, nodes]) => !fixed.has(name) && nodes.some((node) => isTarget(syntax, node)),
  );
  const edits = assigned
    .filter((_, index) => choose(index))
    .flatMap(([, nodes], index) => nodes.map((node) => replace(syntax, node, `renamed_${index}`)));
  return { text: apply(syntax.text, edits), lineBefore: sameLine };
}

/** The name of an attribute, keyword, parameter, definition or import means something elsewhere. */
function isFixed(syntax: SyntaxArrays, node: number): boolean {
  const parent = syntax.parent[node];
  const kind = syntax.kind[parent];
  const isName = syntax.field[node] === Field.attribute || syntax.field[node] === Field.name;
  const isAlone =
    kind === Kind.dotted_name ||
    kind === Kind.global_statement ||
    kind === Kind.nonlocal_statement ||
    kind === Kind.keyword_pattern ||
    ancestorOfKind(syntax, node, Kind.parameters, Kind.lambda_parameters) !== NONE;
  return (isName && kind !== Kind.named_expression) || isAlone || isModuleLevel(syntax, node);
}

function isModuleLevel(syntax: SyntaxArrays, node: number): boolean {
  return ancestorOfKind(syntax, node, Kind.function_definition) === NONE;
}

function isTarget(syntax: SyntaxArrays, node: number): boolean {
  return syntax.kind[syntax.parent[node]] === Kind.assignment && syntax.field[node] === Field.left;
}

/** Other indentation, and a remark at the end of lines. */
export function reformat(syntax: SyntaxArrays, choose: Choose): Changed {
  const unit = choose(0) ? "  " : "\t";
  const lines = syntax.text.split("\n").map((line, index) => {
    const indentation = /^(?: {4})*/.exec(line)?.[0].length ?? 0;
    const rest = line.slice(indentation);
    const isWhole = rest !== "" && !/["'\\]$|"""/.test(rest) && choose(index);
    return unit.repeat(indentation / 4) + rest + (isWhole ? "  # a remark" : "");
  });
  return { text: lines.join("\n"), lineBefore: sameLine };
}

/** A branch that changes nothing stands before statements. */
export function addBranches(syntax: SyntaxArrays, choose: Choose): Changed {
  const starts = new Set(
    statements(syntax)
      .filter((_, index) => choose(index))
      .map((node) => lineOf(syntax, syntax.start[node])),
  );
  const origins: number[] = [];
  const lines = syntax.text.split("\n").flatMap((line, index) => {
    const indentation = /^\s*/.exec(line)?.[0] ?? "";
    const isStart = starts.has(index + 1) && line.trim() !== "";
    const added = isStart ? [`${indentation}if __debug__:`, `${indentation}    pass`] : [];
    for (let count = 0; count <= added.length; count++) origins.push(index + 1);
    return [...added, line];
  });
  return { text: lines.join("\n"), lineBefore: (line) => origins[line - 1] };
}

/** `sink(expression)` becomes two statements. */
export function splitExpressions(syntax: SyntaxArrays, choose: Choose): Changed {
  const edits = sinkArguments(syntax)
    .filter(({ statement }, index) => statement !== NONE && choose(index))
    .flatMap(({ argument, statement }, index) => [
      {
        at: syntax.start[statement],
        end: syntax.start[statement],
        text: `part_${index} = ${textOf(syntax, argument)}; `,
      },
      replace(syntax, argument, `part_${index}`),
    ]);
  return { text: apply(syntax.text, edits), lineBefore: sameLine };
}

/** What goes to a sink passes through a function. */
export function extractHelpers(syntax: SyntaxArrays, choose: Choose): Changed {
  const edits = sinkArguments(syntax)
    .filter((_, index) => choose(index))
    .map(({ argument }) => replace(syntax, argument, `handed_on(${textOf(syntax, argument)})`));
  const helper = "\n\ndef handed_on(value):\n    return value\n";
  return { text: apply(syntax.text, edits) + helper, lineBefore: sameLine };
}

/** `a = expression` directly before the only statement that uses it: the expression stands in its place. */
export function inlineVariables(syntax: SyntaxArrays, choose: Choose): Changed {
  const found = statements(syntax).flatMap((node) => {
    const [assignment] = namedChildren(syntax, node);
    const isAssignment = assignment !== undefined && syntax.kind[assignment] === Kind.assignment;
    const name = isAssignment ? childByField(syntax, assignment, Field.left) : NONE;
    const value = isAssignment ? childByField(syntax, assignment, Field.right) : NONE;
    const next = syntax.next[node];
    const isLast = next >= syntax.next[syntax.parent[node]];
    if (name === NONE || value === NONE || isLast || syntax.kind[name] !== Kind.identifier) return [];
    const body = ancestorOfKind(syntax, node, Kind.function_definition);
    const uses = body === NONE ? [] : namesIn(syntax, body, textOf(syntax, name)).filter((use) => use !== name);
    const [use] = uses;
    const isSimple = syntax.kind[next] === Kind.expression_statement && !textOf(syntax, value).includes("\n");
    if (uses.length !== 1 || !isSimple || use < next || use >= syntax.next[next]) return [];
    // Between its evaluation there and here nothing may happen.
    const isFirst = /^os\.system\("[^"]*" \+ \w+\)$/.test(textOf(syntax, next));
    return isFirst ? [[replace(syntax, use, `(${textOf(syntax, value)})`), replace(syntax, node, "pass")]] : [];
  });
  return { text: apply(syntax.text, found.filter((_, index) => choose(index)).flat()), lineBefore: sameLine };
}

/** Functions of the module that nothing at its level names stand in another order. */
export function reorderFunctions(syntax: SyntaxArrays, choose: Choose): Changed {
  const all = namedChildren(syntax, 0).filter((node) => syntax.kind[node] === Kind.function_definition);
  const names = all.map((node) => textOf(syntax, childByField(syntax, node, Field.name)));
  const early = new Set<string>();
  for (let node = 0; node < syntax.count; node++) {
    const isName = syntax.kind[node] === Kind.identifier && syntax.field[node] !== Field.name;
    if (isName && isEarly(syntax, node)) early.add(textOf(syntax, node));
  }
  const movable = all.filter((_, index) => {
    const name = names[index];
    return !early.has(name) && names.indexOf(name) === names.lastIndexOf(name) && choose(index);
  });
  const order = movable.toReversed();
  const text = apply(
    syntax.text,
    movable.map((node, index) => replace(syntax, node, textOf(syntax, order[index]))),
  );
  return { text, lineBefore: linesAfterMoves(syntax, movable, order) };
}

/** Read while the module is defined: outside functions, or in a decorator or default. */
function isEarly(syntax: SyntaxArrays, node: number): boolean {
  const body = ancestorOfKind(syntax, node, Kind.block);
  const around = ancestorOfKind(syntax, node, Kind.function_definition);
  return around === NONE || body === NONE || body < around;
}

function linesAfterMoves(
  syntax: SyntaxArrays,
  places: readonly number[],
  moved: readonly number[],
): (line: number) => number {
  const origins: number[] = [];
  let at = 1;
  places.forEach((place, index) => {
    for (const first = lineOf(syntax, syntax.start[place]); at < first; at++) origins.push(at);
    const from = lineOf(syntax, syntax.start[moved[index]]);
    for (let line = from; line <= lineOf(syntax, syntax.end[moved[index]]); line++) origins.push(line);
    at = lineOf(syntax, syntax.end[place]) + 1;
  });
  return (line) => origins[line - 1] ?? at + (line - 1 - origins.length);
}

/** Every argument of a sink inside a call of a function. */
export function wrapSinks(syntax: SyntaxArrays, sanitizer: string): string {
  const [module] = sanitizer.split(".");
  const edits = sinkArguments(syntax).map(({ argument }) =>
    replace(syntax, argument, `${sanitizer}(${textOf(syntax, argument)})`),
  );
  return apply(syntax.text, edits).replace("import os\n", `import os; import ${module}\n`);
}

/** The lines of the sinks that `wrapSinks` wraps. */
export function sinkLines(syntax: SyntaxArrays): ReadonlySet<number> {
  return new Set(sinkArguments(syntax).map(({ call }) => lineOf(syntax, syntax.start[call])));
}

/** The only arguments of `os.system(…)`, with the statement that the call is, or NONE. */
function sinkArguments(syntax: SyntaxArrays): { call: number; argument: number; statement: number }[] {
  const found = [];
  for (let call = 0; call < syntax.count; call++) {
    if (syntax.kind[call] !== Kind.call) continue;
    if (textOf(syntax, childByField(syntax, call, Field.function)) !== "os.system") continue;
    const list = namedChildren(syntax, childByField(syntax, call, Field.arguments));
    const [argument] = list;
    const isOne =
      list.length === 1 && !textOf(syntax, argument).includes("\n") && !textOf(syntax, argument).includes(":=");
    const parent = syntax.parent[call];
    const isStatement = syntax.kind[parent] === Kind.expression_statement;
    // Inside another sink's argument it would be changed twice.
    const isInner = ancestorOfKind(syntax, call, Kind.argument_list) !== NONE;
    if (isOne && !isInner) found.push({ call, argument, statement: isStatement ? parent : NONE });
  }
  return found;
}

/** Simple statements of functions, each at the beginning of its line. */
function statements(syntax: SyntaxArrays): number[] {
  const found: number[] = [];
  for (let node = 0; node < syntax.count; node++) {
    const kind = syntax.kind[node];
    if (kind !== Kind.expression_statement && kind !== Kind.return_statement) continue;
    const line = syntax.text.slice(syntax.text.lastIndexOf("\n", syntax.start[node] - 1) + 1, syntax.start[node]);
    if (line.trim() === "" && !isModuleLevel(syntax, node)) found.push(node);
  }
  return found;
}

function namesIn(syntax: SyntaxArrays, node: number, name: string): number[] {
  const found: number[] = [];
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] === Kind.identifier && textOf(syntax, at) === name) found.push(at);
  }
  return found;
}

interface TextEdit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

function replace(syntax: SyntaxArrays, node: number, text: string): TextEdit {
  return { at: syntax.start[node], end: syntax.end[node], text };
}

function apply(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const edit of edits.toSorted((a, b) => b.at - a.at || b.end - a.end)) {
    result = result.slice(0, edit.at) + edit.text + result.slice(edit.end);
  }
  return result;
}
