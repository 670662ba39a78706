import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "./fact-index.ts";
import { formatPlace } from "./format-place.ts";
import { operands } from "./literal.ts";

/** Assignments followed one after the other; text is seldom put together through more. */
const MAX_ASSIGNMENTS = 8;

/** Methods that hand on the text they are called on. */
const TEXT_METHODS = new Set([
  "strip",
  "lstrip",
  "rstrip",
  "lower",
  "upper",
  "title",
  "encode",
  "decode",
  "replace",
  "format",
  "join",
  "ljust",
  "rjust",
  "zfill",
  "removeprefix",
  "removesuffix",
  "expandtabs",
]);

/** Functions that hand on the text they are given. */
const TEXT_FUNCTIONS = new Set([
  "str",
  "bytes",
  "repr",
  "textwrap.dedent",
  "dedent",
  "copy",
  "list",
  "tuple",
  "reversed",
  "sorted",
  "map",
]);

/**
 * The expressions whose values end up in the text of `expression`: through concatenation, formatting, joining, text
 * methods, both branches of a condition, and the assignments to a name in the same scope. An expression that is none of
 * these stands for itself. `stop` ends the walk at an expression, which is then not among the pieces.
 */
export function textPieces(facts: ModuleFacts, expression: number, stop: (node: number) => boolean): readonly number[] {
  const pieces: number[] = [];
  const seen = new Set<number>();
  visit(expression, 0);
  return pieces;

  function visit(node: number, assignments: number): void {
    if (node === NONE || seen.has(node) || stop(node)) return;
    seen.add(node);
    if (isWrittenAsNumber(facts, node)) return;
    const parts = partsOf(facts, node, assignments < MAX_ASSIGNMENTS);
    if (parts === undefined) pieces.push(node);
    else for (const part of parts.nodes) visit(part, assignments + (parts.assigned ? 1 : 0));
  }
}

interface Parts {
  readonly nodes: readonly number[];
  readonly assigned?: true;
}

function partsOf(facts: ModuleFacts, node: number, followNames: boolean): Parts | undefined {
  const { syntax } = facts;
  switch (syntax.kind[node]) {
    case Kind.string:
      return {
        nodes: operands(syntax, node).flatMap((part) =>
          syntax.kind[part] === Kind.interpolation ? expressionOf(facts, part) : [],
        ),
      };
    case Kind.concatenated_string:
    case Kind.parenthesized_expression:
    case Kind.tuple:
    case Kind.list:
    case Kind.list_splat:
    case Kind.await:
      return { nodes: operands(syntax, node) };
    case Kind.dictionary:
      return { nodes: operands(syntax, node).map((pair) => childByField(syntax, pair, Field.value)) };
    case Kind.keyword_argument:
    case Kind.named_expression:
      return { nodes: [childByField(syntax, node, Field.value)] };
    case Kind.binary_operator:
      return { nodes: [childByField(syntax, node, Field.left), childByField(syntax, node, Field.right)] };
    case Kind.boolean_operator:
      return { nodes: operands(syntax, node) };
    case Kind.conditional_expression: {
      const [whenTrue, , whenFalse] = operands(syntax, node);
      return { nodes: [whenTrue ?? NONE, whenFalse ?? NONE] };
    }
    case Kind.list_comprehension:
    case Kind.generator_expression:
    case Kind.set_comprehension:
      return { nodes: [childByField(syntax, node, Field.body)] };
    case Kind.call:
      return textCall(facts, node);
    case Kind.identifier:
      return followNames ? assigned(facts, node) : undefined;
    default:
      return undefined;
  }
}

/** `"%d" % node`, `"{:x}".format(node)`: anything but a number fails there. */
function isWrittenAsNumber(facts: ModuleFacts, node: number): boolean {
  const place = formatPlace(facts, node);
  return place !== undefined && /^[bdiouxXeEfFgG]$/.test(place.conversion);
}

function expressionOf(facts: ModuleFacts, interpolation: number): readonly number[] {
  const { syntax } = facts;
  const specifier = childByField(syntax, interpolation, Field.format_specifier);
  const isNumber = specifier !== NONE && /[bcdoxXneEfFgG%]$/.test(textOf(syntax, specifier));
  return isNumber ? [] : [childByField(syntax, interpolation, Field.expression)];
}

function textCall(facts: ModuleFacts, node: number): Parts | undefined {
  const { syntax } = facts;
  const callee = childByField(syntax, node, Field.function);
  const list = childByField(syntax, node, Field.arguments);
  const args = syntax.kind[list] === Kind.argument_list ? operands(syntax, list) : [list];
  if (
    syntax.kind[callee] === Kind.attribute &&
    TEXT_METHODS.has(textOf(syntax, childByField(syntax, callee, Field.attribute)))
  ) {
    return { nodes: [childByField(syntax, callee, Field.object), ...args] };
  }
  return TEXT_FUNCTIONS.has(textOf(syntax, callee)) ? { nodes: args } : undefined;
}

/** What a name of the same scope was set to, or undefined for a parameter, a global of elsewhere or a loop variable. */
function assigned(facts: ModuleFacts, node: number): Parts | undefined {
  const { syntax } = facts;
  const scope = facts.scopeOf(node);
  const before = factIndex(facts)
    .assignmentsTo(scope, textOf(syntax, node))
    .filter((fact) => syntax.next[fact.node] <= node);
  if (before.length === 0) return undefined;
  const replacing = before.findLastIndex((fact) => isPlain(syntax, fact.node) && runsBefore(syntax, fact.node, node));
  const given = before.slice(Math.max(replacing, 0));
  if (given.some((fact) => isOneOfSeveral(syntax, fact))) return undefined;
  return { nodes: given.map((fact) => fact.value), assigned: true };
}

/** `key, error = read_key()`: which of what the call gives, its name does not say. */
function isOneOfSeveral({ kind, parent }: SyntaxArrays, { target, value }: AssignmentFact): boolean {
  const isInside = kind[parent[target]] === Kind.pattern_list || kind[parent[target]] === Kind.tuple_pattern;
  return isInside && kind[value] === Kind.call;
}

/** `name = value`, after which nothing of an earlier value is left. */
function isPlain(syntax: SyntaxArrays, node: number): boolean {
  return syntax.kind[node] === Kind.assignment;
}

/** Whether an earlier statement has run whenever a later node does: it stands in a block around the node. */
function runsBefore(syntax: SyntaxArrays, statement: number, node: number): boolean {
  const block = ancestorOfKind(syntax, statement, Kind.block, Kind.module);
  return block !== NONE && node < syntax.next[block];
}
