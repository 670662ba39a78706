import { expect, test } from "vitest";
import { isPostgresMissing, startPostgres } from "../queue/postgres-server.ts";
import { killRounds } from "./rounds.ts";

const ROUNDS = 3;
const SEED = 7;
const PATIENCE_MS = 240_000;

test(
  "a service that is killed again and again loses no acknowledged delivery and says nothing twice",
  async () => {
    const report = await killRounds(ROUNDS, SEED);
    expect(report.problems).toEqual([]);
    expect(report.reviewedHeads).toBeGreaterThanOrEqual(2 * ROUNDS);
  },
  PATIENCE_MS,
);

test.skipIf(isPostgresMissing())(
  "nor does one whose queue is in PostgreSQL",
  async () => {
    const server = await startPostgres();
    try {
      const report = await killRounds(ROUNDS, SEED, server.url);
      expect(report.problems).toEqual([]);
      expect(report.reviewedHeads).toBeGreaterThanOrEqual(2 * ROUNDS);
    } finally {
      await server.stop();
    }
  },
  PATIENCE_MS,
);
