import type { Pool } from "pg";
import type { JobQueue } from "../service/job-queue.ts";
import { DurableQueue, type QueueOptions } from "./durable-queue.ts";
import { PostgresJobs } from "./postgres-jobs.ts";

/** Leases are renewed every second: what a process that ended has begun is taken over after this long. */
const LEASE_MS = 15_000;

/** For several processes, on one machine or many; it ends the pool. */
export function createPostgresQueue(pool: Pool, options: QueueOptions, leaseMs = LEASE_MS): JobQueue {
  return new DurableQueue(new PostgresJobs(pool, leaseMs), options);
}
