import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

/** Accounts that a database comes with and that may do everything. */
const SUPERUSERS = new Set(["root", "postgres", "sa", "sys", "system", "sysdba", "rdsadmin", "dbadmin", "superuser"]);

const LIBRARIES =
  "psycopg psycopg2 psycopg_pool asyncpg aiopg pg8000 pymysql MySQLdb mysql aiomysql mariadb pymssql pytds oracledb cx_Oracle asyncmy".split(
    " ",
  );
const CONNECTORS = new RegExp(
  `^(?:${LIBRARIES.join("|")})\\..*(?:connect|Connection|create_pool|connect_async|ConnectionPool)$`,
);

const ADDRESS =
  /^[a-z]{0,2}["']{1,3}(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle|cockroachdb)(?:\+\w+)?:\/\/(\w+)(?::[^@\s]*)?@([^/:"'\s]*)/i;

/** A part of every address with such an account, cheap to look for. */
const AUTHORITY = `://(?:${[...SUPERUSERS].join("|")})[:@]`;

const LOCAL =
  /^(?:localhost|127\.|0\.0\.0\.0|::1|\[::1\]|host\.docker\.internal|(?:db|database|postgres(?:ql)?|mysql|mariadb|mssql)$|$)/;

/** Connections of a program to another machine's database as its superuser. */
export const databaseSuperuser: ModuleDetector = {
  kind: "module",
  name: "database-superuser",
  triggers: { roots: LIBRARIES, names: ["DATABASES"], texts: [AUTHORITY] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  yield* connections(facts);
  yield* addresses(facts);
  yield* djangoDatabases(facts);
}

function* connections(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => CONNECTORS.test(path))) continue;
    const user = textOfArgument(call, ["user", "username"]);
    const host = call.args.find(({ keyword }) => keyword === "host" || keyword === "server" || keyword === "dsn");
    if (user === undefined || !SUPERUSERS.has(user.toLowerCase()) || host === undefined || isLocal(host.value))
      continue;
    yield { node: call.node, call, fields: { user } };
  }
}

function* addresses({ syntax }: ModuleFacts): Generator<Detection> {
  for (const node of nodesOfKind(syntax, Kind.string)) {
    const [, user = "", host = ""] = ADDRESS.exec(textOf(syntax, node)) ?? [];
    if (SUPERUSERS.has(user.toLowerCase()) && !LOCAL.test(host) && !/\bexample\./.test(host))
      yield { node, fields: { user } };
  }
}

function* djangoDatabases(facts: ModuleFacts): Generator<Detection> {
  for (const { node, name, valueFact } of facts.assignments) {
    if (name !== "DATABASES") continue;
    for (const database of valueFact.entries?.values() ?? []) {
      const user = database.entries?.get("USER")?.constants[0];
      const host = database.entries?.get("HOST");
      if (typeof user !== "string" || !SUPERUSERS.has(user.toLowerCase()) || host === undefined || isLocal(host))
        continue;
      yield { node, fields: { user } };
    }
  }
}

function textOfArgument(call: CallFact, keywords: readonly string[]): string | undefined {
  const value = call.args.find(({ keyword }) => keyword !== undefined && keywords.includes(keyword))?.value;
  const [constant, ...more] = value?.constants ?? [];
  return typeof constant === "string" && more.length === 0 ? constant : undefined;
}

function isLocal({ constants }: ValueFact): boolean {
  return (
    constants.length > 0 &&
    constants.every((host) => host === null || LOCAL.test(String(host)) || String(host).startsWith("/"))
  );
}
