import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
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

/** Between two answers of the database: one that took longer was away, or this process was. */
const LONGEST_SILENCE_MS = 5_000;

/** Since when the database answers without a pause, by its own clock. */
interface Contact {
  readonly since: number;
  readonly last: number;
}

/**
 * The rows of several processes. Each turn of a job has a lease: whoever does not renew it in time has ended, and writes nothing more to
 * it. Leases are measured by the database's clock, which is one for all. When the database was away they have all run out: whoever is
 * alive renews them, so that none is taken over until all have had the time for that.
 */
export class PostgresJobs implements JobStore {
  readonly #pool: Pool;
  readonly #leaseMs: number;
  /** Shorter than the lease: nothing more is said when another process takes the job over. */
  readonly patienceMs: number;
  #contact: Contact | undefined;

  constructor(pool: Pool, leaseMs: number) {
    this.#pool = pool;
    this.#leaseMs = leaseMs;
    this.patienceMs = (leaseMs * 2) / 3;
  }

  add(job: ReviewJob, now: number): Promise<"queued" | "duplicate"> {
    return this.#inLane(job.key, async (client) => {
      const known = await client.query("SELECT state FROM safepath.job WHERE delivery_id = $1", [job.deliveryId]);
      if (known.rows.length > 0 && known.rows[0].state !== "dead") return "duplicate";
      await put(client, job, now);
      return "queued";
    });
  }

  /** One process at a time takes: the next must see what the one before has begun. */
  take(now: number): Promise<TakenJob | undefined> {
    return this.#atomically(async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('safepath take'))");
      const values = [now - BACKGROUND_PATIENCE_MS, now, randomUUID(), this.#leaseMs, now + LONGEST_PAUSE_MS];
      const { rows } = await client.query(TAKE, values);
      const [row] = rows;
      if (row === undefined) return undefined;
      await client.query(TURN, [row.installation]);
      return takenFrom(row);
    });
  }

  async nextReadyAt(now: number): Promise<number | undefined> {
    const sql = "SELECT min(ready_at) AS at FROM safepath.job WHERE state = 'waiting' AND ready_at > $1";
    const { rows } = await this.#pool.query(sql, [now]);
    return rows[0]?.at === null ? undefined : Number(rows[0]?.at);
  }

  async done({ job, lease }: TakenJob, now: number): Promise<void> {
    await this.#pool.query(DONE, [job.deliveryId, lease, now]);
  }

  async dead({ job, lease }: TakenJob, lastError: string, now: number): Promise<void> {
    await this.#pool.query(DEAD, [job.deliveryId, lease, now, lastError]);
  }

  pause(taken: TakenJob, readyAt: number, now: number): Promise<void> {
    return this.#putBack(taken, readyAt, now, 0);
  }

  defer(taken: TakenJob, readyAt: number, now: number): Promise<void> {
    return this.#putBack(taken, readyAt, now, 1);
  }

  async pauseInstallation(installationId: number, until: number): Promise<void> {
    await this.#pool.query(PAUSE_INSTALLATION, [installationId, until]);
  }

  handBack(taken: TakenJob, now: number): Promise<void> {
    return this.defer(taken, now, now);
  }

  async keep(held: readonly TakenJob[]): Promise<ReadonlyMap<TakenJob, AbortReason>> {
    const ended = new Map<TakenJob, AbortReason>();
    if (held.length === 0) return ended;
    const values = [held.map(({ job }) => job.deliveryId), held.map(({ lease }) => lease), this.#leaseMs];
    const { rows } = await this.#pool.query(KEEP, values);
    const kept = new Map(rows.map((row) => [row.worker, row.is_superseded]));
    for (const taken of held) {
      const isSuperseded = kept.get(taken.lease);
      if (isSuperseded !== false) ended.set(taken, isSuperseded === true ? "superseded" : "lost");
    }
    return ended;
  }

  async reclaim(): Promise<readonly TakenJob[]> {
    const contact = await this.#touch();
    if (contact.last - contact.since < this.patienceMs) return [];
    // A statement that hung with its database takes nothing over when that goes on: nobody would read the answer.
    const { rows } = await this.#pool.query(RECLAIM, [this.#leaseMs, contact.last + LONGEST_SILENCE_MS]);
    return rows.map(takenFrom);
  }

  async #touch(): Promise<Contact> {
    const before = this.#contact;
    this.#contact = undefined;
    const last = Number((await this.#pool.query(CLOCK)).rows[0]?.at);
    const hasAnswered = before !== undefined && before.last <= last && last - before.last <= LONGEST_SILENCE_MS;
    this.#contact = { since: hasAnswered ? before.since : last, last };
    return this.#contact;
  }

  async drop(installationId: number, repositoryIds: readonly number[] | undefined, now: number): Promise<void> {
    await this.#pool.query(DROP, [now, installationId, repositoryIds ?? null]);
  }

  async busySince(key: string): Promise<number | undefined> {
    const sql = "SELECT min(queued_at) AS at FROM safepath.job WHERE key = $1 AND state IN ('waiting', 'running')";
    const { rows } = await this.#pool.query(sql, [key]);
    return rows[0]?.at === null ? undefined : Number(rows[0]?.at);
  }

  async depth(now: number): Promise<QueueDepth> {
    const { rows } = await this.#pool.query(DEPTH, [now]);
    return readDepth(rows, now);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    const { rows } = await this.#pool.query(
      "SELECT body, attempts, last_error FROM safepath.job WHERE state = 'dead' ORDER BY ended_at, position",
    );
    return rows.map((row) => ({ job: row.body, attempts: row.attempts, lastError: row.last_error }));
  }

  async replay(deliveryId: string, now: number): Promise<boolean> {
    const sql = "SELECT body FROM safepath.job WHERE delivery_id = $1 AND state = 'dead'";
    const { rows } = await this.#pool.query(sql, [deliveryId]);
    const [letter] = rows;
    return letter !== undefined && (await this.add(letter.body, now)) === "queued";
  }

  async forget(now: number): Promise<void> {
    const sql = "DELETE FROM safepath.job WHERE state = $1 AND ended_at < $2";
    await this.#pool.query(sql, ["done", now - REMEMBERED_MS]);
    await this.#pool.query(sql, ["dead", now - DEAD_KEPT_MS]);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #putBack({ job, lease }: TakenJob, readyAt: number, now: number, uncounted: 0 | 1): Promise<void> {
    return this.#inLane(job.key, async (client) => {
      const sql = "SELECT delivery_id, body FROM safepath.job WHERE key = $1 AND state = 'waiting' FOR UPDATE";
      const [later] = (await client.query(sql, [job.key])).rows;
      const rest = cutShort(job);
      if (later === undefined) {
        await client.query(PUT_BACK, [job.deliveryId, lease, readyAt, uncounted, JSON.stringify(rest)]);
        return;
      }
      const body = JSON.stringify(replaceJobs([rest], later.body));
      await client.query("UPDATE safepath.job SET body = $2 WHERE delivery_id = $1", [later.delivery_id, body]);
      await client.query(DONE, [job.deliveryId, lease, now]);
    });
  }

  /** Nobody else adds to the lane meanwhile. */
  #inLane<T>(key: string, change: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#atomically(async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('safepath lane'), hashtext($1))", [key]);
      return change(client);
    });
  }

  async #atomically<T>(change: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query("BEGIN");
      const result = await change(client);
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      // A connection in doubt is not used again; the database rolls back when it closes.
      client.release(true);
      throw error;
    }
  }
}

interface TakenRow {
  readonly body: ReviewJob;
  readonly attempts: number;
  readonly queued_at: number;
  readonly worker: string;
}

function takenFrom({ body, attempts, queued_at, worker }: TakenRow): TakenJob {
  return { job: body, attempt: attempts, queuedAt: queued_at, lease: worker };
}

async function put(client: PoolClient, job: ReviewJob, now: number): Promise<void> {
  const { rows } = await client.query(LANE, [job.key]);
  const merged = replaceJobs(
    rows.map((row) => row.body),
    job,
  );
  const replaced = "UPDATE safepath.job SET state = 'done', ended_at = $2 WHERE key = $1 AND state = 'waiting'";
  await client.query(replaced, [job.key, now]);
  const { deliveryId, key, pullRequest, background = false } = merged;
  await client.query("DELETE FROM safepath.job WHERE delivery_id = $1", [deliveryId]);
  await client.query(PUT, [deliveryId, key, pullRequest.installationId, background, now, JSON.stringify(merged)]);
}

const LANE = "SELECT body FROM safepath.job WHERE key = $1 AND state IN ('waiting', 'running') FOR UPDATE";

const PUT = `
  INSERT INTO safepath.job (delivery_id, key, installation, background, state, attempts, queued_at, ready_at, body)
  VALUES ($1, $2, $3, $4, 'waiting', 0, $5, 0, $6)`;

const LEASE = (milliseconds: string) => `clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;

/** What another process has taken over is not written to. */
const MINE = "WHERE delivery_id = $1 AND worker = $2 AND state = 'running'";
const DONE = `UPDATE safepath.job SET state = 'done', ended_at = $3 ${MINE}`;
const DEAD = `UPDATE safepath.job SET state = 'dead', ended_at = $3, last_error = $4 ${MINE}`;
const PUT_BACK = `UPDATE safepath.job SET state = 'waiting', ready_at = $3, attempts = attempts - $4, body = $5 ${MINE}`;

const TAKE = `
  UPDATE safepath.job SET state = 'running', attempts = attempts + 1, worker = $3, leased_until = ${LEASE("$4::integer")}
  WHERE state = 'waiting' AND position = (
    SELECT position FROM safepath.job
    WHERE position IN (
      SELECT min(position) FROM safepath.job
      WHERE state = 'waiting' AND ready_at NOT BETWEEN $2::bigint + 1 AND $5
        AND key NOT IN (SELECT key FROM safepath.job WHERE state = 'running')
        AND installation NOT IN (SELECT installation FROM safepath.turn WHERE paused_until BETWEEN $2::bigint + 1 AND $5)
      GROUP BY installation, background
    )
    ORDER BY
      background AND queued_at > $1,
      (SELECT count(*) FROM safepath.job AS other WHERE other.state = 'running' AND other.installation = job.installation),
      coalesce((SELECT number FROM safepath.turn WHERE turn.installation = job.installation), 0),
      position
    LIMIT 1
  )
  RETURNING installation, attempts, queued_at, worker, body`;

const DROP = `
  UPDATE safepath.job SET state = 'done', ended_at = $1
  WHERE state = 'waiting' AND installation = $2
    AND ($3::bigint[] IS NULL OR (body -> 'pullRequest' ->> 'repositoryId')::bigint = ANY ($3))`;

const PAUSE_INSTALLATION = `
  INSERT INTO safepath.turn (installation, number, paused_until) VALUES ($1, 0, $2)
  ON CONFLICT (installation) DO UPDATE SET paused_until = greatest(turn.paused_until, excluded.paused_until)`;

const DEPTH = `
  SELECT state, count(*) AS jobs, min(CASE WHEN ready_at = 0 THEN queued_at WHEN ready_at <= $1 THEN ready_at END) AS ready_at FROM safepath.job
  WHERE state IN ('waiting', 'running', 'dead') GROUP BY state`;

const TURN = `
  INSERT INTO safepath.turn (installation, number) VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM safepath.turn))
  ON CONFLICT (installation) DO UPDATE SET number = excluded.number`;

const KEEP = `
  WITH kept AS (
    UPDATE safepath.job SET leased_until = ${LEASE("$3::integer")}
    FROM unnest($1::text[], $2::uuid[]) AS held (delivery_id, lease)
    WHERE job.delivery_id = held.delivery_id AND job.worker = held.lease AND job.state = 'running'
    RETURNING job.worker, job.key
  )
  SELECT worker, EXISTS (
    SELECT 1 FROM safepath.job AS later
    WHERE later.key = kept.key AND later.state = 'waiting' AND later.body ? 'headSha'
  ) AS is_superseded
  FROM kept`;

const CLOCK = "SELECT extract(epoch FROM clock_timestamp()) * 1000 AS at";

const RECLAIM = `
  UPDATE safepath.job SET worker = gen_random_uuid(), leased_until = ${LEASE("$1::integer")}
  WHERE state = 'running' AND leased_until < clock_timestamp() AND clock_timestamp() < to_timestamp($2 / 1000.0)
  RETURNING attempts, queued_at, worker, body`;
