import { expect, test } from "vitest";
import { startApp } from "../github/app-on-loopback.ts";
import { MISTAKE } from "../github/complaints/scene.ts";

const MINUTE = 60_000;

test("while GitHub answers 500 for ten minutes nothing is lost, and nothing is said twice afterwards", async () => {
  const app = await startApp();
  const { clock, github } = app;
  const until = clock.now().getTime() + 10 * MINUTE;
  const outage = github.faults.inject({
    kind: "status",
    status: 500,
    match: () => clock.now().getTime() < until,
    times: Number.POSITIVE_INFINITY,
  });
  const pulls = [
    await app.openPullRequest({}, { "a.py": MISTAKE }),
    await app.openPullRequest({}, { "b.py": MISTAKE }),
  ];
  for (const pull of pulls) expect((await github.announce(pull, { action: "opened" })).status).toBe(202);
  for (const pull of pulls) {
    expect((await github.untilChecked(pull)).conclusion).toBe("failure");
    expect(pull.comments).toHaveLength(1);
    expect(pull.repository.checkRuns).toHaveLength(1);
  }
  expect(outage.met).toBeGreaterThan(0);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(until);
  await app.close();
});
