import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "../../src/database/open-postgres.ts";
import { IN_MEMORY, openSqlite } from "../../src/database/open-sqlite.ts";
import { createPacing } from "../../src/store/pacing.ts";
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

  test("gives the moments of one sequence to all who ask, one after the other", async () => {
    const other = await openPostgres(server.url, console.error);
    const HOUR_MS = 3_600_000;
    const waits: number[] = [];
    for (const pacing of [createPacing(pool), createPacing(other), createPacing(pool)])
      waits.push(await pacing("7", "write", HOUR_MS));
    expect(waits.map((wait) => Math.ceil(wait / HOUR_MS))).toEqual([0, 1, 2]);
    expect(await createPacing(other)("8", "write", HOUR_MS)).toBe(0);
    await other.end();
  });

  describeStore("in PostgreSQL", async () => {
    const tables = ["duty", "arrival", "installation", "delivery", "head", "review", "finding", "triage"];
    await pool.query(`TRUNCATE ${tables.map((name) => `safepath.${name}`).join(", ")}`);
    return queryPostgres(pool);
  });
});
