import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

const CONNECTIONS: ReadonlySet<string> = new Set([
  "sqlite3.connect",
  "aiosqlite.connect",
  "psycopg2.connect",
  "psycopg.connect",
  "asyncpg.connect",
  "pymysql.connect",
  "MySQLdb.connect",
  "mysql.connector.connect",
  "sqlalchemy.create_engine",
]);

/** Names of what only looks: the module's, or that of the function that connects. */
const LOOKING =
  /(?:^|[/_.])(?:reports?|reporting|exports?|exporter|statistics|stats|analytics|dashboards?|metrics|readonly|read_only)(?:[/_.]|$)/i;

/** Asked for in the address, the options or on the connection. */
const ASKED = /read[_-]?only|mode=ro\b|immutable=1|postgresql_readonly/i;

const RUNS =
  /\.(?:execute|executemany|executescript|fetch|fetchall|fetchrow|fetchval|scalars?|read_sql|read_sql_query)$/;
const WRITES =
  /\.(?:commit|executescript|executemany|to_sql|bulk_save_objects|add_all|merge|create_all|drop_all|callproc|copy_from|copy_expert)$/;
const QUERY = /^\s*(?:select|explain|show|values)\b/i;

/** Connections that may write, in modules that by their name look at data, and whose statements are all known and only read. */
export const readOnlyConnection: ModuleDetector = {
  kind: "module",
  name: "read-only-connection",
  triggers: { calls: [...CONNECTIONS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const connections = facts.calls.filter(
    ({ callee, node }) =>
      callee.some((path) => CONNECTIONS.has(path)) && (LOOKING.test(facts.path) || LOOKING.test(facts.scopeOf(node))),
  );
  if (connections.length === 0 || isDevelopmentPath(facts.path) || asksForReading(facts) || !onlyReads(facts)) return;
  for (const { node, name } of connections) yield { node, fields: { callee: name } };
}

function asksForReading({ syntax, calls, assignments }: ModuleFacts): boolean {
  return [...calls, ...assignments].some(({ node }) => ASKED.test(textOf(syntax, node)));
}

/** Whether there are statements, each of them is a constant, and none changes anything. */
function onlyReads({ calls }: ModuleFacts): boolean {
  if (calls.some(({ name }) => WRITES.test(name))) return false;
  const statements = calls.filter(({ name, args }) => RUNS.test(name) && args.length > 0).map(statementOf);
  return statements.length > 0 && statements.every((text) => text !== undefined && QUERY.test(text));
}

/** What is run, where it is one constant. */
function statementOf({ args }: CallFact): string | undefined {
  const [constant, ...others] = args[0]?.value.constants ?? [];
  return typeof constant === "string" && others.length === 0 ? constant : undefined;
}
