import { Field, Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { childByField, textOf } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { brief } from "./shared/brief.ts";
import { splicedText } from "./sql/spliced-statement.ts";
import { statementCalls } from "./sql/statement-calls.ts";
import { beginsStatement, readsAsStatement } from "./sql/statement-text.ts";

/**
 * Everything that reads as a statement and has a value in it: where it is run, and else where it is built. Values that
 * the analysis cannot see count too, so this is for who looks through all SQL of a project.
 */
export const sqlText: ModuleDetector = {
  kind: "module",
  name: "sql-text",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const reported = new Set<number>();
  for (const { call, statement } of statementCalls(facts)) {
    const spliced = splicedText(facts, statement.node, true);
    if (spliced === undefined) continue;
    if (!spliced.literals.some((literal) => beginsStatement(syntax, literal) || readsAsStatement(syntax, literal)))
      continue;
    for (const literal of spliced.literals) reported.add(rootOf(syntax, literal));
    yield { node: call.node, fields: { piece: brief(textOf(syntax, spliced.piece)) } };
  }
  for (let node = 0; node < syntax.count; node++) {
    if (!buildsText(syntax, node) || rootOf(syntax, node) !== node || reported.has(node)) continue;
    if (!readsAsStatement(syntax, node)) continue;
    const spliced = splicedText(facts, node, true);
    if (spliced !== undefined) yield { node, fields: { piece: brief(textOf(syntax, spliced.piece)) } };
  }
}

/** The largest expression around a text that goes on building it. */
function rootOf(syntax: SyntaxArrays, node: number): number {
  let root = node;
  for (;;) {
    const above = syntax.parent[root];
    const around = syntax.kind[above] === Kind.attribute ? syntax.parent[above] : above;
    if (!goesOn(syntax, around, root)) return root;
    root = around;
  }
}

function goesOn(syntax: SyntaxArrays, around: number, part: number): boolean {
  switch (syntax.kind[around]) {
    case Kind.concatenated_string:
    case Kind.parenthesized_expression:
      return true;
    case Kind.binary_operator:
      return isText(syntax, around);
    case Kind.call: {
      const callee = childByField(syntax, around, Field.function);
      return part >= callee && part < syntax.next[callee] && isFormat(syntax, around);
    }
    default:
      return false;
  }
}

function buildsText(syntax: SyntaxArrays, node: number): boolean {
  switch (syntax.kind[node]) {
    case Kind.string:
    case Kind.concatenated_string:
    case Kind.parenthesized_expression:
      return true;
    case Kind.binary_operator:
      return isText(syntax, node);
    case Kind.call:
      return isFormat(syntax, node);
    default:
      return false;
  }
}

function isText(syntax: SyntaxArrays, operation: number): boolean {
  const operator = syntax.kind[childByField(syntax, operation, Field.operator)];
  return operator === Kind.token_plus || operator === Kind.token_percent;
}

function isFormat(syntax: SyntaxArrays, call: number): boolean {
  const callee = childByField(syntax, call, Field.function);
  if (syntax.kind[callee] !== Kind.attribute) return false;
  return /^(?:format|format_map)$/.test(textOf(syntax, childByField(syntax, callee, Field.attribute)));
}
