import type { QueueDepth } from "../service/job-queue.ts";

type Row = Readonly<Record<string, unknown>>;

/** From one row for each state that any job is in. */
export function readDepth(rows: readonly Row[], now: number): QueueDepth {
  const of = (state: string) => rows.find((row) => row.state === state);
  const count = (state: string) => Number(of(state)?.jobs ?? 0);
  const readyAt = Number(of("waiting")?.ready_at ?? now);
  return {
    waiting: count("waiting"),
    running: count("running"),
    dead: count("dead"),
    oldestSeconds: Math.max(0, now - readyAt) / 1_000,
  };
}
