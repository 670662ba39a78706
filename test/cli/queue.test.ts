import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { runProgram } from "../../src/cli/program.ts";
import { openSqlite } from "../../src/database/open-sqlite.ts";
import { operateQueue } from "../../src/operate-queue.ts";
import { createSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import type { JobQueue } from "../../src/service/job-queue.ts";
import { job, work } from "../queue/jobs.ts";
import { Alarms } from "../service/alarms.ts";
import { ManualClock, settled } from "../service/manual-clock.ts";

let folder: string;
let server: JobQueue;
let alarms: Alarms;
let worker: ReturnType<typeof work>;

/** A service that has given up one review of two, and goes on serving. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "safepath-operator-"));
  alarms = new Alarms();
  // The operator's clock is the real one.
  const clock = new ManualClock(new Date(Date.now() + 3_600_000).toISOString());
  const options = { clock, every: alarms.every, whenToRetry: () => "never" as const };
  server = createSqliteQueue(openSqlite(join(folder, "queue.db")), { ...options, onTrouble: console.error });
  worker = work(server);
  for (const [at, id] of ["lost", "done"].entries()) await server.enqueue(job(id, at + 1));
  await settled();
  worker.fail("lost", "GitHub was away");
  worker.finish("done");
  await settled();
});

afterEach(async () => {
  await server.close(0);
  rmSync(folder, { recursive: true });
});

async function safepath(args: readonly string[], dataDir = folder) {
  const output = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      output[name] += text;
    },
  });
  const context = {
    version: "1.0.0",
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    operateQueue: () => operateQueue({ DATA_DIR: dataDir }),
  } as unknown as CliContext;
  return { code: await runProgram(["queue", ...args], context), ...output };
}

test("what a running service has given up is listed, with the reason", async () => {
  expect(await safepath(["dead"])).toEqual({
    code: 0,
    stdout: "lost  acme/shop#1  1 attempts  Error: GitHub was away\n",
    stderr: "",
  });
  const { stdout } = await safepath(["dead", "--json"]);
  expect(JSON.parse(stdout)).toEqual({
    delivery: "lost",
    pullRequest: "acme/shop#1",
    attempts: 1,
    lastError: "Error: GitHub was away",
  });
});

test.each([[["lost"]], [["--all"]]])("what is tried again (%s) is taken by the service that runs", async (which) => {
  expect(await safepath(["replay", ...which])).toMatchObject({ code: 0, stderr: "1 tried again.\n" });
  alarms.ring();
  await settled();
  expect(worker.begun).toEqual(["lost", "done", "lost"]);
  worker.finish("lost");
  await settled();
  expect((await safepath(["dead"])).stderr).toBe("No review was given up.\n");
});

test("a delivery that was not given up is named", async () => {
  const { code, stderr } = await safepath(["replay", "done", "lost"]);
  expect(code).toBe(2);
  expect(stderr).toContain("done is no review that was given up");
  expect(stderr).toContain("1 tried again.");
});

test("wrong use says what is wrong", async () => {
  expect(await safepath(["replay"])).toMatchObject({ code: 2, stderr: "safepath: name deliveries, or take --all\n" });
  const { code, stderr } = await safepath(["dead"], join(folder, "nowhere"));
  expect(code).toBe(2);
  expect(stderr).toContain("is DATA_DIR the folder of the service?");
});
