import { textOf } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { brief } from "./shared/brief.ts";
import { splicedText } from "./sql/spliced-statement.ts";
import { statementCalls } from "./sql/statement-calls.ts";
import { beginsStatement } from "./sql/statement-text.ts";

/** Statements put together from values that the program does not fix: what a driver's parameters are for. */
export const sqlString: ModuleDetector = {
  kind: "module",
  name: "sql-string",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const { call, statement } of statementCalls(facts)) {
    const spliced = splicedText(facts, statement.node, false);
    if (spliced === undefined) continue;
    if (!spliced.literals.some((literal) => beginsStatement(facts.syntax, literal))) continue;
    yield { node: call.node, fields: { callee: call.name, piece: brief(textOf(facts.syntax, spliced.piece)) } };
  }
}
