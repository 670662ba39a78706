import { setInterval } from "node:timers";
import { openPostgres } from "./database/open-postgres.ts";
import { openSqliteBeside } from "./database/open-sqlite.ts";
import { DurableQueue, type QueueOptions } from "./queue/durable-queue.ts";
import { createPostgresQueue } from "./queue/postgres-queue.ts";
import { SqliteJobs } from "./queue/sqlite-jobs.ts";
import type { DeadLetter, JobQueue } from "./service/job-queue.ts";
import { whenToRetry } from "./service/when-to-retry.ts";
import { type Environment, readQueuePlace } from "./settings.ts";
import { systemClock } from "./system-clock.ts";

/** What an operator does with the queue of a service, while that one runs or not. */
export interface QueueOperations {
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Puts a dead letter back: whoever works on the queue takes it within a second. */
  replay(deliveryId: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function operateQueue(environment: Environment): Promise<QueueOperations> {
  const queue = await open(environment);
  return {
    deadLetters: () => queue.deadLetters(),
    replay: (deliveryId) => queue.replay(deliveryId),
    close: () => queue.close(0),
  };
}

async function open(environment: Environment): Promise<JobQueue> {
  const place = readQueuePlace(environment);
  const options: QueueOptions = {
    clock: systemClock,
    every: (milliseconds, run) => {
      const timer = setInterval(run, milliseconds);
      return () => clearInterval(timer);
    },
    whenToRetry,
    onTrouble: (error) => {
      throw error;
    },
  };
  if (place.kind === "file") return new DurableQueue(new SqliteJobs(openSqliteBeside(place.path)), options);
  return createPostgresQueue(await openPostgres(place.url, options.onTrouble), options);
}
