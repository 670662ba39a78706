import type { JobQueue } from "../service/ports.ts";
import { DurableQueue, type QueueOptions } from "./durable-queue.ts";
import { openPostgres } from "./open-postgres.ts";
import { PostgresJobs } from "./postgres-jobs.ts";

/** Leases are renewed every second: what a process that ended has begun is taken over after this long. */
const LEASE_MS = 15_000;

/** For several processes, on one machine or many. */
export async function createPostgresQueue(url: string, options: QueueOptions, leaseMs = LEASE_MS): Promise<JobQueue> {
  return new DurableQueue(new PostgresJobs(await openPostgres(url, options.onTrouble), leaseMs), options);
}
