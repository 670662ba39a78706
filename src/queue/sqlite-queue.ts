import type { OpenSqlite } from "../database/open-sqlite.ts";
import type { JobQueue } from "../service/job-queue.ts";
import { DurableQueue, type QueueOptions } from "./durable-queue.ts";
import { SqliteJobs } from "./sqlite-jobs.ts";

/** Durable on one machine with nothing to set up; it closes the file. */
export function createSqliteQueue(file: OpenSqlite, options: QueueOptions): JobQueue {
  return new DurableQueue(new SqliteJobs(file), options);
}
