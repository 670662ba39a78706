import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { MISTAKE } from "../github/complaints/scene.ts";
import { startServing } from "../github/serving.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";

/** As which GitHub counts a delivery that nobody takes. */
const UNANSWERED = 504;

let github: StandIn;
let folder: string;
let repositories = 0;

beforeAll(async () => {
  github = await startStandIn();
});
afterAll(() => github.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-stop-"));
  return () => rmSync(folder, { recursive: true });
});

async function openPullRequest(): Promise<PullRequest> {
  repositories += 1;
  const repository = await github.createRepository({ owner: "acme", name: `shop-${repositories}`, files: {} });
  await repository.commit("feature", { "a.py": MISTAKE }, { from: await repository.resolve(repository.defaultBranch) });
  return github.openPullRequest(repository, { head: "feature" });
}

/** Announces it, and waits until its review reads the files: what it asks then is answered after so long. */
async function begin(pull: PullRequest, milliseconds: number): Promise<void> {
  const slow = github.faults.inject({ kind: "delay", milliseconds, match: "POST /graphql" });
  await github.announce(pull, { action: "opened" });
  await vi.waitFor(() => expect(slow.met).toBe(1), 60_000);
}

function expectReviewedOnce(pull: PullRequest): void {
  expect(pull.comments).toHaveLength(1);
  expect(pull.repository.checkRuns.map(({ status, conclusion }) => [status, conclusion])).toEqual([
    ["completed", "failure"],
  ]);
}

test("a service that is told to stop ends the review that it is at, and takes no more", async () => {
  const serving = await startServing(github, folder);
  const pull = await openPullRequest();
  await begin(pull, 500);
  serving.child.kill("SIGTERM");
  expect(await serving.ended()).toBe(0);
  expectReviewedOnce(pull);
  expect((await github.announce(pull, { action: "opened" })).status).toBe(UNANSWERED);
});

test("a review that does not end in time is handed back, and the next process ends it: nothing is said twice", async () => {
  const serving = await startServing(github, folder, { graceMs: 1_000 });
  const pull = await openPullRequest();
  await begin(pull, 3_600_000);
  serving.child.kill("SIGTERM");
  expect(await serving.ended()).toBe(0);
  expect(pull.comments).toHaveLength(0);
  const next = await startServing(github, folder);
  await github.untilChecked(pull);
  next.child.kill("SIGTERM");
  expect(await next.ended()).toBe(0);
  expectReviewedOnce(pull);
});
