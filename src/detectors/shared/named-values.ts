import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, children, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import { literalText, operands } from "./literal.ts";

/** A value that stands beside the name it is given or compared with. */
export interface NamedValue {
  readonly how: "assigned" | "keyword" | "entry" | "default" | "compared";
  /** As written: `self.password`, `config["PASSWORD"]`; for an entry the key's text. */
  readonly name: string;
  /** The last part of the name, which says what the value is: `password`. */
  readonly lastName: string;
  readonly value: number;
}

/** By the kind of the node: how the value is named, and the fields of name and value. */
const NAMED_BY: ReadonlyMap<number, readonly [how: NamedValue["how"], name: number, value: number]> = new Map([
  [Kind.assignment, ["assigned", Field.left, Field.right]],
  [Kind.named_expression, ["assigned", Field.name, Field.value]],
  [Kind.keyword_argument, ["keyword", Field.name, Field.value]],
  [Kind.default_parameter, ["default", Field.name, Field.value]],
  [Kind.typed_default_parameter, ["default", Field.name, Field.value]],
]);

const NAMING = [...NAMED_BY.keys(), Kind.pair, Kind.comparison_operator];

/** Every value with a name beside it, in source order. */
export const namedValues: (syntax: SyntaxArrays) => readonly NamedValue[] = oncePer((syntax) => {
  const found: NamedValue[] = [];
  for (const node of nodesOfKinds(syntax, NAMING)) {
    const kind = syntax.kind[node];
    const named = NAMED_BY.get(kind);
    if (kind === Kind.pair) addEntry(syntax, node, found);
    if (kind === Kind.comparison_operator) addCompared(syntax, node, found);
    if (kind === Kind.keyword_argument) addDefaultOfOption(syntax, node, found);
    if (named === undefined) continue;
    const [how, name, value] = named;
    addPairs(syntax, how, childByField(syntax, node, name), childByField(syntax, node, value), found);
  }
  return found;
});

/** The part of a name that says what a value is: the attribute, the constant key, or the name itself. */
export function lastNameOf(syntax: SyntaxArrays, target: number): string | undefined {
  switch (syntax.kind[target]) {
    case Kind.identifier:
      return textOf(syntax, target);
    case Kind.attribute:
      return textOf(syntax, childByField(syntax, target, Field.attribute));
    case Kind.subscript:
      return literalText(syntax, childByField(syntax, target, Field.subscript));
    case Kind.string:
      return literalText(syntax, target);
    default:
      return undefined;
  }
}

function addPairs(
  syntax: SyntaxArrays,
  how: NamedValue["how"],
  target: number,
  value: number,
  found: NamedValue[],
): void {
  if (target === NONE || value === NONE) return;
  const kind = syntax.kind[target];
  if (kind === Kind.pattern_list || kind === Kind.tuple_pattern) {
    const values = operands(syntax, value);
    operands(syntax, target).forEach((part, at) => {
      addPairs(syntax, how, part, values[at] ?? NONE, found);
    });
    return;
  }
  const lastName = lastNameOf(syntax, target);
  if (syntax.kind[value] === Kind.assignment)
    addPairs(syntax, how, target, childByField(syntax, value, Field.right), found);
  else if (lastName !== undefined) found.push({ how, name: textOf(syntax, target), lastName, value });
}

/** `add_argument("--password", default="…")`, `@option("-p", "--password", default="…")`: the option has the name. */
function addDefaultOfOption(syntax: SyntaxArrays, node: number, found: NamedValue[]): void {
  if (textOf(syntax, childByField(syntax, node, Field.name)) !== "default") return;
  const options = operands(syntax, syntax.parent[node]).map((argument) => literalText(syntax, argument) ?? "");
  const option = options.find((text) => /^--[a-z][\w-]*$/i.test(text));
  const value = childByField(syntax, node, Field.value);
  if (option === undefined || value === NONE) return;
  const name = option.slice(2).replaceAll("-", "_");
  found.push({ how: "default", name: option, lastName: name, value });
}

function addEntry(syntax: SyntaxArrays, node: number, found: NamedValue[]): void {
  const key = literalText(syntax, childByField(syntax, node, Field.key));
  const value = childByField(syntax, node, Field.value);
  if (key !== undefined && value !== NONE) found.push({ how: "entry", name: key, lastName: key, value });
}

function addCompared(syntax: SyntaxArrays, node: number, found: NamedValue[]): void {
  if (!comparesEquality(syntax, node) || isAsserted(syntax, node) || isRefused(syntax, node)) return;
  const compared = operands(syntax, node);
  // In `a == b == "text"` both are the text.
  const text = compared.find((operand) => syntax.kind[operand] === Kind.string);
  const [left = NONE, right = NONE] = compared;
  if (compared.length > 2 && !isAllEqual(syntax, node, compared.length)) return;
  const ordered: readonly (readonly [number, number])[] =
    compared.length === 2
      ? [
          [left, right],
          [right, left],
        ]
      : compared.map((target) => [target, text ?? NONE]);
  for (const [target, value] of ordered) {
    if (syntax.kind[target] !== Kind.string) addPairs(syntax, "compared", target, value, found);
  }
}

/** `a == b == c`, with no other comparison among them. */
function isAllEqual(syntax: SyntaxArrays, node: number, count: number): boolean {
  const signs = children(syntax, node).filter((child) => syntax.kind[child] === Kind.token_double_equals);
  return signs.length === count - 1;
}

/** What a test expects decides nothing. */
function isAsserted(syntax: SyntaxArrays, node: number): boolean {
  const above = ancestorOfKind(syntax, node, Kind.assert_statement, Kind.block, Kind.lambda);
  return above !== NONE && syntax.kind[above] === Kind.assert_statement;
}

/** `if password == "bad_request": raise …`: what is refused opens nothing. */
function isRefused(syntax: SyntaxArrays, node: number): boolean {
  const above = syntax.parent[node];
  if (syntax.kind[above] !== Kind.if_statement || childByField(syntax, above, Field.condition) !== node) return false;
  const isEqual = syntax.kind[childByField(syntax, node, Field.operators)] === Kind.token_double_equals;
  const first = firstNamedChild(syntax, childByField(syntax, above, Field.consequence));
  return isEqual && syntax.kind[first] === Kind.raise_statement;
}

function comparesEquality(syntax: SyntaxArrays, node: number): boolean {
  const operator = syntax.kind[childByField(syntax, node, Field.operators)];
  return operator === Kind.token_double_equals || operator === Kind.token_not_equals;
}
