import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/database/open-sqlite.ts";
import { createSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import { ManualClock, never } from "../service/manual-clock.ts";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import { leaveInProgress } from "./leave-in-progress.ts";
import { startStandIn } from "./stand-in/stand-in.ts";

test("a check that a process showed in progress when it ended is finished by the review of a later head", async () => {
  const folder = mkdtempSync(join(tmpdir(), "safepath-abandoned-"));
  const path = join(folder, "queue.db");
  const github = await startStandIn();
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "README.md": "# Shop\n" } });
  await repository.commit("feature", { "a.py": MISTAKE }, { from: await repository.resolve("main") });
  const pull = await github.openPullRequest(repository, { head: "feature" });
  const earlier = pull.headSha;
  leaveInProgress(github, pull);
  await github.push(pull, { "b.py": "b = 1\n" });

  const options = { clock: new ManualClock(), every: never, whenToRetry: () => "never" as const };
  const queue = createSqliteQueue(openSqlite(path), { ...options, onTrouble: console.error });
  const ref = { owner: "acme", repo: "shop", number: pull.number, repositoryId: repository.id };
  await queue.enqueue({
    key: `${repository.id}:${pull.number}`,
    deliveryId: "later",
    pullRequest: { ...ref, installationId: github.world.installationOf(repository).id },
    headSha: pull.headSha,
    abandonedHeads: [earlier, pull.headSha],
  });
  await queue.close(0);

  const app = await startApp({ github, settings: { queue: { kind: "file", path } } });
  await app.logged(({ delivery, msg }) => delivery === "later" && msg === "review ended");
  expect(repository.checkRuns).toMatchObject([
    {
      headSha: earlier,
      status: "completed",
      conclusion: "cancelled",
      title: `Superseded by ${pull.headSha.slice(0, 7)}`,
    },
    { headSha: pull.headSha, status: "completed", conclusion: "failure" },
  ]);
  await app.close();
  rmSync(folder, { recursive: true });
});
