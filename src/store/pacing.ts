import type { Pool } from "pg";

/** Takes the next moment of a sequence, `everyMs` after the last one that was taken, by the database's clock; in milliseconds from now. */
export type Pacing = (installation: string, kind: string, everyMs: number) => Promise<number>;

/** For several processes on one database. A moment that a process took and did not live to use is lost. */
export function createPacing(pool: Pool): Pacing {
  return async (installation, kind, everyMs) => {
    const { rows } = await pool.query<{ readonly wait: number }>(TAKE, [installation, kind, everyMs]);
    return Math.max(0, rows[0]?.wait ?? 0);
  };
}

const EVERY = "$3::integer * interval '1 millisecond'";
const TAKE = `
  INSERT INTO safepath.pace (installation, kind, free_at) VALUES ($1, $2, clock_timestamp() + ${EVERY})
  ON CONFLICT (installation, kind) DO UPDATE SET free_at = greatest(pace.free_at, clock_timestamp()) + ${EVERY}
  RETURNING (extract(epoch FROM free_at - ${EVERY} - clock_timestamp()) * 1000)::float8 AS wait`;
