import { z } from "zod";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { brief } from "../shared/brief.ts";
import { isNamePlace, isStatementPart } from "../sql/name-place.ts";
import { type SplicedText, splicedText } from "../sql/spliced-statement.ts";
import { STATEMENT_METHODS, statementCalls } from "../sql/statement-calls.ts";
import { beginsStatement } from "../sql/statement-text.ts";
import { isValuePlace } from "../sql/value-place.ts";

const Options = z.strictObject({
  /** Values that could be parameters; or names, in statements into which nothing else is written. */
  place: z.enum(["value", "name"]).default("value"),
});
type Options = z.infer<typeof Options>;

/** Statements put together from values that the program does not fix: what a driver's parameters are for. */
export const sqlString: ModuleDetector = {
  kind: "module",
  name: "sql-string",
  triggers: { names: STATEMENT_METHODS },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { place }: Options): Generator<Detection> {
  for (const { call, spliced } of splicedStatements(facts)) {
    const pieces = spliced.pieces.filter((node) => !isStatementPart(facts, node));
    const value = pieces.find((node) => !isNamePlace(facts, node));
    const piece = place === "value" ? value : value === undefined ? pieces[0] : undefined;
    if (piece === undefined) continue;
    yield { node: call.node, fields: { callee: call.name, piece: brief(textOf(facts.syntax, piece)) } };
  }
}

const splicedStatements: (facts: ModuleFacts) => readonly { readonly call: CallFact; readonly spliced: SplicedText }[] =
  oncePer((facts) =>
    [...statementCalls(facts)].flatMap(({ call, statement: { node } }) => {
      const spliced = splicedText(facts, node, false) ?? spliceOfValues(facts, node);
      const isStatement = spliced?.literals.some((literal) => beginsStatement(facts.syntax, literal)) === true;
      return isStatement ? [{ call, spliced }] : [];
    }),
  );

/** Wherever it comes from, what stands where a parameter could is a value: here the ones count that the analysis cannot see. */
function spliceOfValues(facts: ModuleFacts, statement: number): SplicedText | undefined {
  const spliced = splicedText(facts, statement, true);
  return spliced?.pieces.some((piece) => isValuePlace(facts, piece)) ? spliced : undefined;
}
