import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { buildsText, rootOfText } from "../shared/built-text.ts";
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
    if (!spliced.literals.some((literal) => beginsStatement(syntax, literal) || readsAsStatement(syntax, literal)))
      continue;
    for (const literal of spliced.literals) reported.add(rootOfText(syntax, literal));
    yield { node: call.node, fields: { piece: brief(textOf(syntax, spliced.piece)) } };
  }
  for (let node = 0; node < syntax.count; node++) {
    if (!buildsText(syntax, node) || rootOfText(syntax, node) !== node || reported.has(node)) continue;
    if (!readsAsStatement(syntax, node)) continue;
    const spliced = splicedText(facts, node, true);
    if (spliced !== undefined) yield { node, fields: { piece: brief(textOf(syntax, spliced.piece)) } };
  }
}
