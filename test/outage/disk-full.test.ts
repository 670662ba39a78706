import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/database/open-sqlite.ts";
import { createSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import { job, work } from "../queue/jobs.ts";
import { ManualClock, never, settled } from "../service/manual-clock.ts";

test("a full disk refuses deliveries and keeps what is running; with room again nothing is lost", async () => {
  const folder = mkdtempSync(join(tmpdir(), "safepath-full-"));
  const file = openSqlite(join(folder, "queue.db"));
  const clock = new ManualClock();
  const troubles: unknown[] = [];
  const queue = createSqliteQueue(file, {
    clock,
    every: never,
    whenToRetry: () => "never",
    onTrouble: (error) => troubles.push(error),
  });
  const worker = work(queue, 1);
  const taken: string[] = [];
  const { page_count: pages } = file.database.prepare("PRAGMA page_count").get() as { readonly page_count: number };
  file.database.exec(`PRAGMA max_page_count = ${pages + 12}`);
  const fill = async () => {
    for (let at = 0; ; at += 1) {
      await queue.enqueue({ ...job(`job ${at}`, at), headSha: "a".repeat(2_000) });
      taken.push(`job ${at}`);
    }
  };
  await expect(fill()).rejects.toThrow(/full/u);
  expect(taken.length).toBeGreaterThan(3);
  await clock.pass(0);
  expect(worker.begun).toEqual(["job 0"]);

  file.database.exec("PRAGMA max_page_count = 100000");
  for (const [at, id] of taken.entries()) {
    await clock.pass(1_000);
    expect(worker.begun[at]).toBe(id);
    worker.finish(id);
    await settled();
  }
  expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  await queue.close(0);
  rmSync(folder, { recursive: true });
});
