import { openPostgres } from "./database/open-postgres.ts";
import { openSqlite } from "./database/open-sqlite.ts";
import type { QueueOptions } from "./queue/durable-queue.ts";
import { createPostgresQueue } from "./queue/postgres-queue.ts";
import { createSqliteQueue } from "./queue/sqlite-queue.ts";
import type { JobQueue } from "./service/job-queue.ts";
import type { QueuePlace } from "./settings.ts";
import { createPacing, type Pacing } from "./store/pacing.ts";
import { type QueryBuilder, queryPostgres, querySqlite } from "./store/query-builder.ts";

export interface OpenDatabase {
  readonly queue: JobQueue;
  readonly queries: QueryBuilder;
  /** Where several processes may work on it. */
  readonly pacing?: Pacing;
}

/** Whoever closes the queue closes the database. */
export async function openDatabase(place: QueuePlace, options: QueueOptions): Promise<OpenDatabase> {
  if (place.kind === "file") {
    const file = openSqlite(place.path);
    return { queue: createSqliteQueue(file, options), queries: querySqlite(file.database) };
  }
  const pool = await openPostgres(place.url, options.onTrouble);
  return { queue: createPostgresQueue(pool, options), queries: queryPostgres(pool), pacing: createPacing(pool) };
}
