import type { StatementSync } from "node:sqlite";
import type { OpenSqlite } from "../database/open-sqlite.ts";
import type { AbortReason, DeadLetter, QueueDepth, ReviewJob } from "../service/job-queue.ts";
import {
  BACKGROUND_PATIENCE_MS,
  DEAD_KEPT_MS,
  type JobStore,
  LONGEST_PAUSE_MS,
  REMEMBERED_MS,
  type TakenJob,
} from "./job-store.ts";
import { readDepth } from "./read-depth.ts";
import { cutShort, replaceJobs } from "./replace-jobs.ts";

interface Arriving {
  readonly job: ReviewJob;
  readonly now: number;
  readonly resolve: (outcome: "queued" | "duplicate") => void;
  readonly reject: (error: unknown) => void;
}

/** The rows of the one process that works on the file. */
export class SqliteJobs implements JobStore {
  readonly #file: OpenSqlite;
  readonly #statements = new Map<string, StatementSync>();
  #leftRunning: readonly TakenJob[];
  #arriving: Arriving[] = [];

  constructor(file: OpenSqlite) {
    this.#file = file;
    const rows = this.#all("SELECT body, attempts, queued_at FROM job WHERE state = 'running' ORDER BY position");
    this.#leftRunning = rows.map((row) => takenFrom(row, Number(row.attempts)));
  }

  /** Those that arrive in one turn of the event loop share a transaction: a flush to the disk costs as much as many rows. */
  add(job: ReviewJob, now: number): Promise<"queued" | "duplicate"> {
    return new Promise((resolve, reject) => {
      this.#arriving.push({ job, now, resolve, reject });
      if (this.#arriving.length === 1) setImmediate(() => this.#addAll());
    });
  }

  async replay(deliveryId: string, now: number): Promise<boolean> {
    return this.#durably(() => {
      const dead = this.#one("SELECT body FROM job WHERE delivery_id = ? AND state = 'dead'", deliveryId);
      if (dead === undefined) return false;
      this.#put(readJob(dead.body), now);
      return true;
    });
  }

  async take(now: number): Promise<TakenJob | undefined> {
    return this.#atomically(() => {
      const next = this.#one(NEXT, now - BACKGROUND_PATIENCE_MS, now, now + LONGEST_PAUSE_MS);
      if (next === undefined) return undefined;
      const { delivery_id: id, installation } = next;
      this.#run("UPDATE job SET state = 'running', attempts = attempts + 1 WHERE delivery_id = ?", id);
      this.#run(TURN, installation);
      return takenFrom(next, Number(next.attempts) + 1);
    });
  }

  async nextReadyAt(now: number): Promise<number | undefined> {
    const at = this.#one("SELECT min(ready_at) AS at FROM job WHERE state = 'waiting' AND ready_at > ?", now)?.at;
    return at === null || at === undefined ? undefined : Number(at);
  }

  async done({ job }: TakenJob, now: number): Promise<void> {
    this.#end(job.deliveryId, now);
  }

  async dead({ job }: TakenJob, lastError: string, now: number): Promise<void> {
    const sql = "UPDATE job SET state = 'dead', last_error = ?, ended_at = ? WHERE delivery_id = ?";
    this.#run(sql, lastError, now, job.deliveryId);
  }

  async pause(taken: TakenJob, readyAt: number, now: number): Promise<void> {
    this.#putBack(taken, readyAt, now, 0);
  }

  async defer(taken: TakenJob, readyAt: number, now: number): Promise<void> {
    this.#putBack(taken, readyAt, now, 1);
  }

  async pauseInstallation(installationId: number, until: number): Promise<void> {
    this.#run(PAUSE_INSTALLATION, installationId, until);
  }

  async handBack(taken: TakenJob, now: number): Promise<void> {
    await this.defer(taken, now, now);
  }

  /** The lock of the file is the lease, and whoever supersedes a job is this process. */
  async keep(): Promise<ReadonlyMap<TakenJob, AbortReason>> {
    return new Map();
  }

  /** What ran when the last process of this file ended. */
  async reclaim(): Promise<readonly TakenJob[]> {
    const left = this.#leftRunning;
    this.#leftRunning = [];
    return left;
  }

  async drop(installationId: number, repositoryIds: readonly number[] | undefined, now: number): Promise<void> {
    this.#run(DROP, now, installationId, repositoryIds === undefined ? null : JSON.stringify(repositoryIds));
  }

  async busySince(key: string): Promise<number | undefined> {
    const sql = "SELECT min(queued_at) AS at FROM job WHERE key = ? AND state IN ('waiting', 'running')";
    const at = this.#one(sql, key)?.at;
    return at === null || at === undefined ? undefined : Number(at);
  }

  async depth(now: number): Promise<QueueDepth> {
    return readDepth(this.#all(DEPTH, now), now);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    const rows = this.#all(
      "SELECT body, attempts, last_error FROM job WHERE state = 'dead' ORDER BY ended_at, position",
    );
    return rows.map((row) => ({
      job: readJob(row.body),
      attempts: Number(row.attempts),
      lastError: String(row.last_error),
    }));
  }

  async forget(now: number): Promise<void> {
    this.#run("DELETE FROM job WHERE state = 'done' AND ended_at < ?", now - REMEMBERED_MS);
    this.#run("DELETE FROM job WHERE state = 'dead' AND ended_at < ?", now - DEAD_KEPT_MS);
  }

  async close(): Promise<void> {
    this.#addAll();
    this.#file.close();
  }

  #addAll(): void {
    const arriving = this.#arriving;
    this.#arriving = [];
    if (arriving.length === 0) return;
    try {
      const outcomes = this.#durably(() => arriving.map(({ job, now }) => this.#addOne(job, now)));
      for (const [at, { resolve }] of arriving.entries()) resolve(outcomes[at] ?? "duplicate");
    } catch (error) {
      for (const { reject } of arriving) reject(error);
    }
  }

  #addOne(job: ReviewJob, now: number): "queued" | "duplicate" {
    const known = this.#one("SELECT state FROM job WHERE delivery_id = ?", job.deliveryId);
    if (known !== undefined && known.state !== "dead") return "duplicate";
    this.#put(job, now);
    return "queued";
  }

  #putBack({ job }: TakenJob, readyAt: number, now: number, uncounted: 0 | 1): void {
    this.#atomically(() => {
      const later = this.#one("SELECT delivery_id, body FROM job WHERE key = ? AND state = 'waiting'", job.key);
      const rest = cutShort(job);
      if (later === undefined) return this.#run(PUT_BACK, readyAt, uncounted, JSON.stringify(rest), job.deliveryId);
      const merged = replaceJobs([rest], readJob(later.body));
      this.#run("UPDATE job SET body = ? WHERE delivery_id = ?", JSON.stringify(merged), later.delivery_id);
      this.#end(job.deliveryId, now);
    });
  }

  #end(deliveryId: string, now: number): void {
    this.#run("UPDATE job SET state = 'done', ended_at = ? WHERE delivery_id = ?", now, deliveryId);
  }

  #put(job: ReviewJob, now: number): void {
    const lane = this.#all(
      "SELECT delivery_id, state, body FROM job WHERE key = ? AND state IN ('waiting', 'running')",
      job.key,
    );
    const merged = replaceJobs(
      lane.map(({ body }) => readJob(body)),
      job,
    );
    for (const row of lane) if (row.state === "waiting") this.#end(String(row.delivery_id), now);
    const { deliveryId, key, pullRequest, background = false } = merged;
    const body = JSON.stringify(merged);
    this.#run(PUT, deliveryId, key, pullRequest.installationId, background ? 1 : 0, now, body);
  }

  /** On the disk when it returns, also if the power fails: a delivery is answered then. Whatever else is lost with the power is done again. */
  #durably<T>(change: () => T): T {
    this.#file.database.exec("PRAGMA synchronous = FULL");
    try {
      return this.#atomically(change);
    } finally {
      this.#file.database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  #atomically<T>(change: () => T): T {
    this.#file.database.exec("BEGIN IMMEDIATE");
    try {
      const result = change();
      this.#file.database.exec("COMMIT");
      return result;
    } catch (error) {
      // A full disk may have rolled it back already.
      if (this.#file.database.isTransaction) this.#file.database.exec("ROLLBACK");
      throw error;
    }
  }

  #one(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  #all(sql: string, ...values: readonly Value[]): readonly Row[] {
    return this.#prepared(sql).all(...values);
  }

  #run(sql: string, ...values: readonly Value[]): void {
    this.#prepared(sql).run(...values);
  }

  #prepared(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#file.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

type Row = NonNullable<ReturnType<StatementSync["get"]>>;
type Value = Row[string];

const PUT = `
  INSERT OR REPLACE INTO job (delivery_id, key, installation, background, state, attempts, queued_at, ready_at, body)
  VALUES (?, ?, ?, ?, 'waiting', 0, ?, 0, ?)`;

const PUT_BACK =
  "UPDATE job SET state = 'waiting', ready_at = ?, attempts = attempts - ?, body = ? WHERE delivery_id = ?";

const DROP = `
  UPDATE job SET state = 'done', ended_at = ?1
  WHERE state = 'waiting' AND installation = ?2
    AND (?3 IS NULL OR json_extract(body, '$.pullRequest.repositoryId') IN (SELECT value FROM json_each(?3)))`;

const NEXT = `
  SELECT delivery_id, installation, attempts, queued_at, body FROM job
  WHERE state = 'waiting' AND position IN (
    SELECT min(position) FROM job
    WHERE state = 'waiting' AND ready_at NOT BETWEEN ?2 + 1 AND ?3
      AND key NOT IN (SELECT key FROM job WHERE state = 'running')
      AND installation NOT IN (SELECT installation FROM turn WHERE paused_until BETWEEN ?2 + 1 AND ?3)
    GROUP BY installation, background
  )
  ORDER BY
    background AND queued_at > ?1,
    (SELECT count(*) FROM job AS other WHERE other.state = 'running' AND other.installation = job.installation),
    coalesce((SELECT number FROM turn WHERE turn.installation = job.installation), 0),
    position
  LIMIT 1`;

const PAUSE_INSTALLATION = `
  INSERT INTO turn (installation, number, paused_until) VALUES (?, 0, ?)
  ON CONFLICT (installation) DO UPDATE SET paused_until = max(coalesce(turn.paused_until, 0), excluded.paused_until)`;

const DEPTH = `
  SELECT state, count(*) AS jobs, min(CASE WHEN ready_at = 0 THEN queued_at WHEN ready_at <= ? THEN ready_at END) AS ready_at FROM job
  WHERE state IN ('waiting', 'running', 'dead') GROUP BY state`;

const TURN = `
  INSERT INTO turn (installation, number) VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM turn))
  ON CONFLICT (installation) DO UPDATE SET number = excluded.number`;

function takenFrom({ body = null, queued_at }: Row, attempt: number): TakenJob {
  return { job: readJob(body), attempt, queuedAt: Number(queued_at) };
}

/** Written by this class alone. */
function readJob(body: Value): ReviewJob {
  return JSON.parse(String(body)) as ReviewJob;
}
