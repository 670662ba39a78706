import { lastPart } from "../../python/last-part.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";

/** Methods that take a statement first, whatever the driver or mapper. */
export const STATEMENT_METHODS: readonly string[] = [
  ...[
    "execute",
    "executemany",
    "executescript",
    "execute_async",
    "execute_fetchall",
    "execute_insert",
    "fetch",
    "fetchrow",
    "fetchval",
    "fetchone",
    "raw",
  ],
  ...["read_sql", "read_sql_query", "exec_driver_sql", "mogrify", "copy_expert"],
  ...["sql", "query", "query_and_wait", "query_df", "run_query", "execute_query", "execute_sql", "read_gbq"],
];
const METHODS: ReadonlySet<string> = new Set(STATEMENT_METHODS);

export interface StatementCall {
  readonly call: CallFact;
  readonly statement: ArgumentFact;
}

/** Calls that run a statement which is not a constant. */
export function* statementCalls(facts: ModuleFacts): Generator<StatementCall> {
  for (const call of facts.calls) {
    const last = lastPart(call.name);
    if (!METHODS.has(last.trim())) continue;
    const statement = call.args.find(
      ({ position, keyword }) => position === 0 || keyword === "sql" || keyword === "query",
    );
    if (statement !== undefined && statement.value.constancy !== "constant") yield { call, statement };
  }
}
