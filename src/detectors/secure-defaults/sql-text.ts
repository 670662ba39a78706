import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { buildsText, isWholeText, textAround } from "../shared/built-text.ts";
import { splicedText } from "../sql/spliced-statement.ts";
import { statementCalls } from "../sql/statement-calls.ts";
import { beginsStatement, readsAsStatement } from "../sql/statement-text.ts";

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
    const isStatement = spliced.literals.some(
      (literal) => beginsStatement(syntax, literal) || readsAsStatement(syntax, literal),
    );
    if (!isStatement && !fillsUnseen(facts, statement.node)) continue;
    for (const literal of spliced.literals) markAround(syntax, literal, reported);
    yield { node: call.node, fields: { piece: brief(textOf(syntax, spliced.piece)) } };
  }
  for (let node = 0; node < syntax.count; node++) {
    if (!buildsText(syntax, node) || !isWholeText(syntax, node) || reported.has(node)) continue;
    if (!readsAsStatement(syntax, node) || isPrinted(syntax, node)) continue;
    const spliced = splicedText(facts, node, true);
    if (spliced !== undefined) yield { node, fields: { piece: brief(textOf(syntax, spliced.piece)) } };
  }
}

/** Adds the text that a literal is part of, and all that are put together on the way to it. */
function markAround(syntax: SyntaxArrays, literal: number, marked: Set<number>): void {
  for (let at = literal; at !== NONE && !marked.has(at); at = textAround(syntax, at)) marked.add(at);
}

/** Shown to whoever runs the program, and run by nobody. */
function isPrinted(syntax: SyntaxArrays, node: number): boolean {
  const list = syntax.parent[node];
  if (syntax.kind[list] !== Kind.argument_list) return false;
  return textOf(syntax, childByField(syntax, syntax.parent[list], Field.function)) === "print";
}

/** `queries.BY_NAME.format(name)` where a statement is due: the template is another module's, and a value is written into it. */
function fillsUnseen(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.call || !buildsText(syntax, node)) return false;
  const template = childByField(syntax, childByField(syntax, node, Field.function), Field.object);
  const isName = syntax.kind[template] === Kind.attribute || syntax.kind[template] === Kind.identifier;
  return isName && facts.value(template)?.constancy === "unknown";
}
