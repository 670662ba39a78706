import { openPostgres } from "./database/open-postgres.ts";
import { openSqlite } from "./database/open-sqlite.ts";
import type { QueueOptions } from "./queue/durable-queue.ts";
import { createPostgresQueue } from "./queue/postgres-queue.ts";
import { createSqliteQueue } from "./queue/sqlite-queue.ts";
import type { JobQueue } from "./service/job-queue.ts";
import type { QueuePlace } from "./settings.ts";
import { type QueryBuilder, queryPostgres, querySqlite } from "./store/query-builder.ts";

/** Whoever closes the queue closes the database. */
export async function openDatabase(
  place: QueuePlace,
  options: QueueOptions,
): Promise<{ readonly queue: JobQueue; readonly queries: QueryBuilder }> {
  if (place.kind === "file") {
    const file = openSqlite(place.path);
    return { queue: createSqliteQueue(file, options), queries: querySqlite(file.database) };
  }
  const pool = await openPostgres(place.url, options.onTrouble);
  return { queue: createPostgresQueue(pool, options), queries: queryPostgres(pool) };
}
