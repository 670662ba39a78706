import type { Pool } from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { openPostgres } from "../../src/database/open-postgres.ts";
import { IN_MEMORY, openSqlite } from "../../src/database/open-sqlite.ts";
import { queryPostgres, querySqlite } from "../../src/store/query-builder.ts";
import { isPostgresMissing, type PostgresServer, startPostgres } from "../queue/postgres-server.ts";
import { describeStore } from "./contract.ts";

describeStore("in SQLite", async () => querySqlite(openSqlite(IN_MEMORY).database));

describe.skipIf(isPostgresMissing())("PostgreSQL", () => {
  let server: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await startPostgres();
    pool = await openPostgres(server.url, console.error);
  });

  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  describeStore("in PostgreSQL", async () => {
    const tables = ["duty", "arrival", "installation", "delivery", "head", "review", "finding", "triage"];
    await pool.query(`TRUNCATE ${tables.map((name) => `safepath.${name}`).join(", ")}`);
    return queryPostgres(pool);
  });
});
