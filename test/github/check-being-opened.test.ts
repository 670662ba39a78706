import { expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";

test("a review that is asked for again while its check is being opened leaves no second check behind", async () => {
  const app = await startApp();
  const many = Object.fromEntries(Array.from({ length: 52 }, (_, at) => [`part_${at}.py`, `part = ${at}\n`]));
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE, ...many });
  const create = "POST /repos/{owner}/{repo}/check-runs";
  const opening = app.github.faults.inject({ kind: "delay", milliseconds: 4_000, match: create });
  await app.github.announce(pull, { action: "opened" });
  while (opening.met === 0) await new Promise((resolve) => setImmediate(resolve));
  const { id } = await app.github.announce(pull, { action: "reopened" });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  await app.github.until(() => app.github.requests.some(({ fault }) => fault === "delay"));
  expect(pull.repository.checkRuns.map(({ status }) => status)).toEqual(["completed"]);
  await app.close();
});
