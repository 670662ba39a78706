import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";

/** Methods that take a statement first, whatever the driver or mapper. */
const STATEMENT_METHODS =
  /\.(?:execute|executemany|executescript|execute_async|fetch|fetchrow|fetchval|fetchone|raw|read_sql|read_sql_query|exec_driver_sql|mogrify|copy_expert)$/;

export interface StatementCall {
  readonly call: CallFact;
  readonly statement: ArgumentFact;
}

/** Calls that run a statement which is not a constant. */
export function* statementCalls(facts: ModuleFacts): Generator<StatementCall> {
  for (const call of facts.calls) {
    if (!STATEMENT_METHODS.test(`.${call.name.replace(/\s+/g, "")}`)) continue;
    const statement = call.args.find(
      ({ position, keyword }) => position === 0 || keyword === "sql" || keyword === "query",
    );
    if (statement !== undefined && statement.value.constancy !== "constant") yield { call, statement };
  }
}
