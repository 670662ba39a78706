import type { JobQueue } from "../service/ports.ts";
import { DurableQueue, type QueueOptions } from "./durable-queue.ts";
import { openSqlite } from "./open-sqlite.ts";
import { SqliteJobs } from "./sqlite-jobs.ts";

/** Durable on one machine with nothing to set up; `path` is for this process alone, `IN_MEMORY` ends with it. */
export function createSqliteQueue(path: string, options: QueueOptions): JobQueue {
  return new DurableQueue(new SqliteJobs(openSqlite(path)), options);
}
