import { Pool, type PoolClient, types } from "pg";
import { answerTable, headTable, storeTables } from "./store-tables.ts";

/** How long a query waits for an answer: a sender of a delivery waits ten seconds for its own. */
const ANSWER_MS = 8_000;

const INT8 = 20;

/** There is no connection to the database: it is not up yet, or elsewhere. */
export class DatabaseAwayError extends Error {
  override readonly name = "DatabaseAwayError";

  constructor(url: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`the database at ${new URL(url).host || "DATABASE_URL"} cannot be reached: ${why}`, { cause });
  }
}

/** A pool on a database whose schema is as this version wants it; a query fails that has no answer within `answerMs`. */
export async function openPostgres(
  url: string,
  onTrouble: (error: unknown) => void,
  answerMs = ANSWER_MS,
): Promise<Pool> {
  const pool = new Pool({
    connectionString: url,
    application_name: "safepath",
    max: 10,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
    types: { getTypeParser: (id, format) => (id === INT8 ? Number : types.getTypeParser(id, format)) },
  });
  // Of a connection that breaks: while nobody uses it, and in use, where the query fails as well.
  pool.on("error", onTrouble);
  pool.on("connect", (client) => client.on("error", onTrouble));
  try {
    const client = await pool.connect().catch((error: unknown) => {
      throw new DatabaseAwayError(url, error);
    });
    await migrate(client).finally(() => client.release());
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Each is run once, in order. Two adjacent versions of the service work on one database: a migration only ever adds. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE safepath.job (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id text NOT NULL UNIQUE,
    key text NOT NULL,
    installation bigint NOT NULL,
    background boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'running', 'dead', 'done')),
    attempts integer NOT NULL,
    queued_at bigint NOT NULL,
    ready_at bigint NOT NULL,
    ended_at bigint,
    worker uuid,
    leased_until timestamptz,
    last_error text,
    body jsonb NOT NULL
  );
  CREATE UNIQUE INDEX job_waiting ON safepath.job (key) WHERE state = 'waiting';
  CREATE UNIQUE INDEX job_running ON safepath.job (key) WHERE state = 'running';
  CREATE INDEX job_ready ON safepath.job (installation, background, position) WHERE state = 'waiting';
  CREATE INDEX job_ended ON safepath.job (state, ended_at);
  CREATE TABLE safepath.turn (installation bigint PRIMARY KEY, number bigint NOT NULL);
  `,
  storeTables("bigint", "safepath."),
  "ALTER TABLE safepath.turn ADD COLUMN paused_until bigint",
  answerTable("bigint", "safepath."),
  headTable("bigint", "safepath."),
  `
  CREATE TABLE safepath.pace (
    installation text NOT NULL, kind text NOT NULL, free_at timestamptz NOT NULL, PRIMARY KEY (installation, kind)
  )
  `,
];

async function migrate(client: PoolClient): Promise<void> {
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock(hashtext('safepath migrate'))");
  await client.query("CREATE SCHEMA IF NOT EXISTS safepath");
  await client.query("CREATE TABLE IF NOT EXISTS safepath.migration (number integer PRIMARY KEY)");
  const { rows } = await client.query<{ readonly done: number }>("SELECT count(*) AS done FROM safepath.migration");
  const done = rows[0]?.done ?? 0;
  for (const [index, migration] of MIGRATIONS.slice(done).entries()) {
    await client.query(migration);
    await client.query("INSERT INTO safepath.migration VALUES ($1)", [done + index + 1]);
  }
  await client.query("COMMIT");
}
