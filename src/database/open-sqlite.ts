import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { answerTable, headTable, storeTables } from "./store-tables.ts";

/** A database that lives and dies with its process: for tests and demonstrations. */
export const IN_MEMORY = ":memory:";

/** Another server works on the same file: two would hand out the same job. */
export class DatabaseInUseError extends Error {
  override readonly name = "DatabaseInUseError";

  constructor(path: string, options?: ErrorOptions) {
    super(`another server works on ${path}: stop it first, or give this one a folder of its own (DATA_DIR)`, options);
  }
}

export interface OpenSqlite {
  readonly database: DatabaseSync;
  close(): void;
}

/** Opens the file for the one server that may work on it; the operating system gives the lock back however that one ends. */
export function openSqlite(path: string): OpenSqlite {
  if (path === IN_MEMORY) {
    const database = withSchema(new DatabaseSync(path));
    return { database, close: () => database.close() };
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = lockFor(path);
  const database = connect(path);
  return {
    database,
    close() {
      database.close();
      lock.close();
    },
  };
}

/** No database is there yet: nothing has ever been queued. */
export class NoDatabaseError extends Error {
  override readonly name = "NoDatabaseError";

  constructor(path: string) {
    super(`there is no ${path}: is DATA_DIR the folder of the service?`);
  }
}

/** For a look, or a change of a row, beside the server that works on the file. */
export function openSqliteBeside(path: string): OpenSqlite {
  if (!existsSync(path)) throw new NoDatabaseError(path);
  const database = new DatabaseSync(path, { timeout: BESIDE_BUSY_MS });
  return { database, close: () => database.close() };
}

const BESIDE_BUSY_MS = 5_000;

function connect(path: string): DatabaseSync {
  return withSchema(new DatabaseSync(path, { timeout: BUSY_MS }));
}

/** For a look from outside at the file of a server that works. */
const BUSY_MS = 5_000;

function lockFor(path: string): DatabaseSync {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    throw new DatabaseInUseError(path, { cause: error });
  }
}

/** Each migration is run once, in order; how many were run is the file's `user_version`. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE job (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    installation INTEGER NOT NULL,
    background INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead', 'done')),
    attempts INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    ready_at INTEGER NOT NULL,
    ended_at INTEGER,
    last_error TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX job_waiting ON job (key) WHERE state = 'waiting';
  CREATE UNIQUE INDEX job_running ON job (key) WHERE state = 'running';
  CREATE INDEX job_ready ON job (installation, background, position) WHERE state = 'waiting';
  CREATE INDEX job_ended ON job (state, ended_at);
  CREATE TABLE turn (installation INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;
  `,
  storeTables("INTEGER", ""),
  "ALTER TABLE turn ADD COLUMN paused_until INTEGER",
  answerTable("INTEGER", ""),
  headTable("INTEGER", ""),
];

/** `NORMAL`: a process that is killed loses nothing, a power failure the last moments, save what is written as `FULL`. */
function withSchema(database: DatabaseSync): DatabaseSync {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  database.exec("BEGIN IMMEDIATE");
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { readonly user_version: number };
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  if (version < MIGRATIONS.length) database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  database.exec("COMMIT");
  return database;
}
