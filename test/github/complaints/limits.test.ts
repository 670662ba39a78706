import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "../app-on-loopback.ts";
import { createScene, firstOf, MISTAKE, mistakes, THREE } from "./scene.ts";

/** What users of reviewing bots complain of: reviews that GitHub's limits and outages break. */

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;
beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});
afterAll(() => app.close());

const REVIEWS = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const COMMENTS = "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments";

test("“a line that is no part of the diff loses the whole review”", async () => {
  app.github.faults.inject({ kind: "status", status: 422, match: REVIEWS });
  app.github.faults.inject({ kind: "status", status: 422, match: COMMENTS, times: 2 });
  const pull = await scene.open({}, { "a.py": THREE });
  expect(pull.comments).toHaveLength(2);
  expect(scene.check(pull).summary).toContain("GitHub took no comment for 1 finding");
  expect(scene.check(pull).annotations).toHaveLength(3);
});

test("“start_line must precede line”", async () => {
  const long =
    'import subprocess\n\n\ndef run(name):\n    subprocess.run(\n        f"ls {name}",\n        shell=True,\n    )\n';
  app.github.forgetRequests();
  await scene.open({}, { "a.py": long, "b.py": MISTAKE });
  const comments = scene.sent(REVIEWS).flatMap((body) => ("comments" in body ? (body.comments as object[]) : []));
  expect(comments).toHaveLength(2);
  expect(comments.filter((comment) => "start_line" in comment)).toEqual([
    expect.objectContaining({ path: "a.py", start_line: 5, start_side: "RIGHT", line: 8, side: "RIGHT" }),
  ]);
  expect(comments.filter((comment) => !("start_line" in comment))).toEqual([
    expect.objectContaining({ path: "b.py", line: 5, side: "RIGHT" }),
  ]);
});

test("“a secondary limit, and the bot tries again every five seconds”", async () => {
  const before = app.clock.slept.length;
  const fault = app.github.faults.inject({ kind: "secondary-limit", retryAfter: 90, match: REVIEWS });
  const pull = await scene.open({}, { "a.py": THREE });
  expect(fault.met).toBe(1);
  expect(app.clock.slept.slice(before)).toEqual([90_000]);
  expect(pull.reviews).toHaveLength(1);
});

test("“the review is posted twice after a 502, and cannot be deleted”", async () => {
  app.github.faults.inject({ kind: "502-saved", match: REVIEWS });
  const pull = await scene.open({}, { "a.py": THREE });
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments).toHaveLength(3);
});

test("“the review is lost in an outage of GitHub”", async () => {
  app.github.faults.inject({ kind: "502-html", match: REVIEWS, times: 4 });
  const pull = await scene.open({}, { "a.py": THREE });
  expect(pull.reviews).toHaveLength(1);
  expect(scene.check(pull)).toMatchObject({ conclusion: "failure", title: expect.stringMatching(/^\d errors?/u) });
});

test("“more than 50 annotations hang the check, or are dropped”", async () => {
  app.github.forgetRequests();
  const pull = await scene.open({}, { "a.py": mistakes(120) });
  expect(scene.check(pull)).toMatchObject({ status: "completed", conclusion: "failure" });
  expect(scene.check(pull).annotations).toHaveLength(120);
  const calls = scene.sent("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}");
  expect(calls.map((body) => "conclusion" in body)).toEqual([false, false, true]);
});

test("“the diff is too large”", async () => {
  const many = Object.fromEntries(Array.from({ length: 320 }, (_, at) => [`docs/m${at}.txt`, "x\n"]));
  const large = `${"# one\n".repeat(22_000)}${MISTAKE}`;
  const pull = await scene.open({ "large.py": "a = 1\n" }, { ...many, "large.py": large, "zz.py": MISTAKE });
  expect(
    scene
      .check(pull)
      .annotations.map(({ path }) => path)
      .toSorted(),
  ).toEqual(["large.py", "zz.py"]);
  expect(scene.check(pull).summary).toContain("of 322 changed files");
});

test("“the body is too long, and then there is silence”", async () => {
  const folder = Array.from({ length: 12 }, (_, at) => `a-folder-with-a-long-name-${at}`).join("/");
  const pull = await scene.open({}, { [`${folder}/a.py`]: mistakes(190) });
  const bodies = [...pull.comments, ...pull.reviews].map(({ body }) => body);
  for (const text of [...bodies, scene.check(pull).summary ?? ""]) expect(text.length).toBeLessThan(65_535);
  expect(firstOf(pull.comments).body).toMatch(/^- \d+ more places/mu);
  expect(scene.check(pull).annotations).toHaveLength(190);
});

test("“a cut blob is analysed as if it were whole”", async () => {
  const padding = `# ${"x".repeat(98)}\n`.repeat(5_130);
  const pull = await scene.open({}, { "a.py": `${padding}${MISTAKE}` });
  expect(scene.check(pull).annotations).toHaveLength(1);
});
