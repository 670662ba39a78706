import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Pool } from "pg";
import { describe, expect, test } from "vitest";
import { openPostgres } from "../../src/database/open-postgres.ts";
import { openSqlite } from "../../src/database/open-sqlite.ts";
import { SqliteJobs } from "../../src/queue/sqlite-jobs.ts";
import { job } from "../queue/contract.ts";
import { isPostgresMissing, startPostgres } from "../queue/postgres-server.ts";

/** What the first version wrote, by its own statement, into its own tables. */
const FIRST_SCHEMA = `
  CREATE TABLE job (
    position INTEGER PRIMARY KEY AUTOINCREMENT, delivery_id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, installation INTEGER NOT NULL,
    background INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead', 'done')), attempts INTEGER NOT NULL,
    queued_at INTEGER NOT NULL, ready_at INTEGER NOT NULL, ended_at INTEGER, last_error TEXT, body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX job_waiting ON job (key) WHERE state = 'waiting';
  CREATE UNIQUE INDEX job_running ON job (key) WHERE state = 'running';
  CREATE INDEX job_ready ON job (installation, background, position) WHERE state = 'waiting';
  CREATE INDEX job_ended ON job (state, ended_at);
  CREATE TABLE turn (installation INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;
  PRAGMA user_version = 1`;
const FIRST_INSERT = `
  INSERT INTO job (delivery_id, key, installation, background, state, attempts, queued_at, ready_at, body)
  VALUES (?, ?, 1, 0, 'waiting', 0, 1, 1, ?)`;

test("a file of the version before is opened with all that waits in it, and that version can go on with it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "safepath-migrate-"));
  const path = join(folder, "queue.db");
  const insert = (id: string, number: number) => {
    const database = new DatabaseSync(path);
    if (id === "before") database.exec(FIRST_SCHEMA);
    const { key, ...rest } = job(id, number);
    database.prepare(FIRST_INSERT).run(id, key, JSON.stringify({ key, ...rest }));
    database.close();
  };
  insert("before", 1);
  openSqlite(path).close();
  insert("went back", 2);
  const file = openSqlite(path);
  const jobs = new SqliteJobs(file);
  expect([await jobs.take(10), await jobs.take(10)]).toMatchObject([
    { job: { deliveryId: "before" } },
    { job: { deliveryId: "went back" } },
  ]);
  file.close();
  rmSync(folder, { recursive: true });
});

describe.skipIf(isPostgresMissing())("PostgreSQL", () => {
  test("is migrated once, however many processes start at the same time", async () => {
    const server = await startPostgres();
    const pools = await Promise.all(Array.from({ length: 5 }, () => openPostgres(server.url, console.error)));
    const { rows } = await (pools[0] as Pool).query("SELECT number FROM safepath.migration ORDER BY number");
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });
});
