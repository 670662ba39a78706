import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Pool } from "pg";
import { describe, expect, test } from "vitest";
import { openPostgres } from "../../src/database/open-postgres.ts";
import { openSqlite } from "../../src/database/open-sqlite.ts";
import { PostgresJobs } from "../../src/queue/postgres-jobs.ts";
import { SqliteJobs } from "../../src/queue/sqlite-jobs.ts";
import { job } from "../queue/jobs.ts";
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

const FIRST_POSTGRES = `
  CREATE SCHEMA safepath;
  CREATE TABLE safepath.migration (number integer PRIMARY KEY);
  INSERT INTO safepath.migration VALUES (1);
  CREATE TABLE safepath.job (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, delivery_id text NOT NULL UNIQUE, key text NOT NULL,
    installation bigint NOT NULL, background boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'running', 'dead', 'done')), attempts integer NOT NULL,
    queued_at bigint NOT NULL, ready_at bigint NOT NULL, ended_at bigint, worker uuid, leased_until timestamptz, last_error text,
    body jsonb NOT NULL
  );
  CREATE UNIQUE INDEX job_waiting ON safepath.job (key) WHERE state = 'waiting';
  CREATE UNIQUE INDEX job_running ON safepath.job (key) WHERE state = 'running';
  CREATE INDEX job_ready ON safepath.job (installation, background, position) WHERE state = 'waiting';
  CREATE INDEX job_ended ON safepath.job (state, ended_at);
  CREATE TABLE safepath.turn (installation bigint PRIMARY KEY, number bigint NOT NULL)`;
const FIRST_POSTGRES_INSERT = `
  INSERT INTO safepath.job (delivery_id, key, installation, background, state, attempts, queued_at, ready_at, body)
  VALUES ($1, $2, 1, false, 'waiting', 0, 1, 0, $3)`;
const FIRST_POSTGRES_TAKE = `
  UPDATE safepath.job SET state = 'running', attempts = attempts + 1, worker = $3,
    leased_until = clock_timestamp() + $4::integer * interval '1 millisecond'
  WHERE state = 'waiting' AND position = (
    SELECT position FROM safepath.job
    WHERE position IN (
      SELECT min(position) FROM safepath.job
      WHERE state = 'waiting' AND ready_at <= $2 AND key NOT IN (SELECT key FROM safepath.job WHERE state = 'running')
      GROUP BY installation, background
    )
    ORDER BY background AND queued_at > $1, position LIMIT 1
  )
  RETURNING installation, attempts, body`;
const FIRST_POSTGRES_TURN = `
  INSERT INTO safepath.turn (installation, number) VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM safepath.turn))
  ON CONFLICT (installation) DO UPDATE SET number = excluded.number`;

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
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });

  test("of the version before is opened with all that waits in it, and that version goes on with it beside the new one", async () => {
    const server = await startPostgres();
    const before = new Pool({ connectionString: server.url });
    await before.query(FIRST_POSTGRES);
    const insert = (id: string, number: number) => {
      const { key, ...rest } = job(id, number);
      return before.query(FIRST_POSTGRES_INSERT, [id, key, JSON.stringify({ key, ...rest })]);
    };
    await insert("before", 1);
    const after = await openPostgres(server.url, console.error);
    await insert("beside", 2);
    const jobs = new PostgresJobs(after, 60_000);
    expect([await jobs.take(10), await jobs.take(10)]).toMatchObject([
      { job: { deliveryId: "before" } },
      { job: { deliveryId: "beside" } },
    ]);
    await jobs.add(job("new", 3), 10);
    const { rows } = await before.query(FIRST_POSTGRES_TAKE, [0, 10, randomUUID(), 60_000]);
    expect(rows).toMatchObject([{ body: { deliveryId: "new" } }]);
    await before.query(FIRST_POSTGRES_TURN, [rows[0].installation]);
    await Promise.all([before.end(), after.end()]);
    await server.stop();
  });

  test("of a later version is opened as it is", async () => {
    const server = await startPostgres();
    const after = await openPostgres(server.url, console.error);
    await after.query("INSERT INTO safepath.migration SELECT max(number) + 1 FROM safepath.migration");
    await after.query("ALTER TABLE safepath.job ADD COLUMN later text");
    const now = await openPostgres(server.url, console.error);
    const jobs = new PostgresJobs(now, 60_000);
    expect(await jobs.add(job("a", 1), 1)).toBe("queued");
    expect(await jobs.take(2)).toMatchObject({ job: { deliveryId: "a" } });
    await Promise.all([after.end(), now.end()]);
    await server.stop();
  });
});
