import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";

const app = await startApp();
afterAll(() => app.close());

test("the metrics tell of a delivery, its review, its findings and its requests", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  const text = await app.metrics();
  const installation = app.github.world.installationOf(pull.repository).id;
  for (const line of [
    'safepath_deliveries_total{event="pull-request",outcome="queued"} 1',
    'safepath_delivery_answer_seconds_count{status="202"} 1',
    'safepath_review_seconds_count{end="done"} 1',
    'safepath_review_step_seconds_count{step="plan"} 1',
    'safepath_review_step_seconds_count{step="publish"} 1',
    'safepath_queue_jobs{state="dead"} 0',
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/safepath_findings_total\{rule="[\w-]+",level="error"\} 1/u);
  expect(text).toMatch(new RegExp(`safepath_github_requests_remaining\\{installation="${installation}"\\} \\d+`, "u"));
});

test("they are not where deliveries come in", async () => {
  expect((await fetch(`${app.url}/metrics`)).status).toBe(404);
});

test("every line of a review, also one that knows nothing of it, carries the id of its delivery", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  app.github.faults.inject({
    kind: "secondary-limit",
    retryAfter: 1,
    match: "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
  });
  await app.review(pull);
  const [ended] = app.log.filter(
    ({ msg, repository }) => msg === "review ended" && repository === pull.repository.fullName,
  );
  const limited = app.log.find(({ msg }) => msg === "GitHub limits requests");
  expect(limited).toMatchObject({ delivery: ended?.delivery, repository: pull.repository.fullName, pullRequest: 1 });
});
