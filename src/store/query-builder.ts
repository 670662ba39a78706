import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import type { Pool } from "pg";
import type { Tables } from "./tables.ts";

/**
 * One text of a query for both databases. Every use is a single statement: on SQLite the queue's transactions run on the same
 * connection. Whoever opened the database closes it.
 */
export type QueryBuilder = Kysely<Tables>;

export function queryPostgres(pool: Pool): QueryBuilder {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema("safepath");
}

export function querySqlite(database: DatabaseSync): QueryBuilder {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: asBetterSqlite(database) }) });
}

/** Node's own SQLite in the shape that the dialect knows. */
function asBetterSqlite(database: DatabaseSync) {
  return {
    close: () => database.close(),
    prepare(sql: string) {
      const statement = database.prepare(sql);
      const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
      };
    },
  };
}
