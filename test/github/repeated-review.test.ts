import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { QueuePlace } from "../../src/settings.ts";
import { isPostgresMissing, startPostgres } from "../queue/postgres-server.ts";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { createScene, MISTAKE, mistakes } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";
import { startStandIn } from "./stand-in/stand-in.ts";

const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

/** A review that is begun again of a head that has its check: it brings that one up to date. */
describe("a head that is reviewed again", () => {
  let app: AppOnLoopback;
  let scene: ReturnType<typeof createScene>;

  beforeAll(async () => {
    app = await startApp();
    scene = createScene(app);
  });

  afterAll(() => app.close());

  const again = async (pull: PullRequest) =>
    scene.ended(await app.github.announce(pull, { action: "ready_for_review" }));
  const counts = () => [app.github.countRequests(CREATE), app.github.countRequests(UPDATE)];

  test.each([
    ["nothing to say", "a = 1\n", 0],
    ["something to say", MISTAKE, 1],
    ["more to say than fits in a request", mistakes(60), 60],
  ])("has one check, where there is %s", async (_, text, annotations) => {
    const pull = await scene.open({}, { "a.py": text });
    const [created = 0, updated = 0] = counts();
    await again(pull);
    await again(pull);
    expect(pull.repository.checkRuns).toHaveLength(1);
    expect(scene.check(pull).annotations).toHaveLength(annotations);
    expect(counts()).toEqual([created, updated + 2]);
  });

  test("has one check, where so much is changed that people see the first review in progress", async () => {
    const many = Object.fromEntries(Array.from({ length: 52 }, (_, at) => [`part_${at}.py`, `part = ${at}\n`]));
    const pull = await scene.open({}, { "a.py": MISTAKE, ...many });
    await again(pull);
    expect(pull.repository.checkRuns).toMatchObject([{ status: "completed", conclusion: "failure" }]);
  });

  test("has its conclusion though GitHub answered the update with an error, saved or not", async () => {
    const pull = await scene.open({}, { "a.py": MISTAKE });
    for (const kind of ["502-html", "502-saved"] as const) {
      const fault = app.github.faults.inject({ kind, match: UPDATE });
      await again(pull);
      expect(fault.met).toBe(1);
    }
    expect(pull.repository.checkRuns).toHaveLength(1);
    expect(scene.check(pull).annotations).toHaveLength(1);
  });

  test("gets another check where the one that it has says what is no longer right", async () => {
    const pull = await scene.open({}, { "a.py": MISTAKE });
    await scene.reply(pull, "mona", "/safepath ignore names are checked by the gateway");
    const conclusions = pull.repository.checkRuns.map(({ conclusion, annotations }) => [
      conclusion,
      annotations.length,
    ]);
    expect(conclusions).toEqual([
      ["failure", 1],
      ["success", 0],
    ]);
  });
});

const folder = mkdtempSync(join(tmpdir(), "safepath-repeated-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** As the process leaves the queue that ends after the check is completed and before it has written that down. */
async function forgetEnd(place: QueuePlace): Promise<void> {
  if (place.kind === "file") {
    const file = new DatabaseSync(place.path);
    file.exec("UPDATE job SET state = 'running' WHERE state = 'done'");
    return file.close();
  }
  const pool = new Pool({ connectionString: place.url });
  await pool.query("UPDATE safepath.job SET state = 'waiting', ready_at = 0 WHERE state = 'done'");
  await pool.end();
}

describe("a job that is run again because nobody wrote down that it had ended", () => {
  async function expectOneCheck(queue: QueuePlace): Promise<void> {
    const github = await startStandIn();
    const first = await startApp({ github, settings: { queue } });
    const pull = await first.openPullRequest({}, { "a.py": MISTAKE });
    await first.review(pull);
    await first.stop(1_000);
    await forgetEnd(queue);
    const second = await startApp({ github, settings: { queue } });
    await second.logged(({ msg }) => msg === "review ended");
    expect(pull.repository.checkRuns).toMatchObject([{ status: "completed", conclusion: "failure" }]);
    expect(pull.comments).toHaveLength(1);
    await second.close();
  }

  test("doubles nothing: on SQLite", () => expectOneCheck({ kind: "file", path: join(folder, "queue.db") }));

  test.skipIf(isPostgresMissing())("doubles nothing: on PostgreSQL", async () => {
    const database = await startPostgres();
    await expectOneCheck({ kind: "postgres", url: database.url });
    await database.stop();
  });
});
