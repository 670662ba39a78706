import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "../app-on-loopback.ts";
import { createScene, firstOf, MISTAKE, mistakes, REPAIRED, THREE } from "./scene.ts";

/** What users of reviewing bots complain of: comments that repeat, pile up, or are stale. */

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;
beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});
afterAll(() => app.close());

const EDIT = "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}";

test("“the same comments again on every push, re-run and force-push”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE });
  await scene.push(pull, { "a.py": `"""Files."""\n\n${MISTAKE}` });
  await scene.rerun(pull);
  await scene.forcePush(pull, { "a.py": `\n\n\n${MISTAKE}`, "b.py": "b = 1\n" });
  expect(pull.comments).toHaveLength(1);
  expect(pull.reviews).toHaveLength(1);
  expect(scene.check(pull).title).toBe("1 error in 2 changed files");
});

test("“noise: a mail for each finding”", async () => {
  const others = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`m${at}.py`, THREE]));
  app.github.forgetRequests();
  const pull = await scene.open({}, { "a.py": mistakes(5), ...others });
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments.length).toBeLessThanOrEqual(15);
  expect(scene.check(pull).annotations).toHaveLength(32);
  const clean = await scene.open({}, { "a.py": "a = 1\n" });
  expect([clean.reviews, clean.comments]).toEqual([[], []]);
});

test("“comments stay after the fix”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE });
  await scene.push(pull, { "a.py": REPAIRED });
  expect(firstOf(pull.comments).body).toContain(`*No longer found at \`${pull.headSha.slice(0, 7)}\`.*`);
});

test("“fixed, and the merge is blocked: resolving the thread is forbidden to the bot”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE });
  await app.github.reply(pull, firstOf(pull.comments), "mona", "I will look at it.");
  app.github.forgetRequests();
  await scene.push(pull, { "a.py": REPAIRED });
  const graphql = JSON.stringify(scene.sent("POST /graphql"));
  expect(graphql).not.toMatch(/mutation|resolveReviewThread/u);
  expect(scene.sent("DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}")).toEqual([]);
  expect(pull.comments.map(({ body }) => body)).toEqual([
    expect.stringContaining("No longer found"),
    "I will look at it.",
  ]);
  expect(scene.check(pull).conclusion).toBe("success");
});

test("“comments edited in place confuse the timeline”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE, "b.py": "import yaml\n\n\ndef f(t):\n    return eval(t)\n" });
  app.github.forgetRequests();
  await scene.push(pull, { "a.py": REPAIRED });
  const edited = app.github.requests.filter(({ operation }) => operation === EDIT).map(({ path }) => path);
  const fixed = pull.comments.find(({ path }) => path === "a.py");
  expect(edited).toEqual([`/repos/${pull.repository.fullName}/pulls/comments/${fixed?.id}`]);
  expect(fixed?.body).toContain(pull.headSha.slice(0, 7));
  app.github.forgetRequests();
  await scene.push(pull, { "c.py": "c = 1\n" });
  expect(scene.sent(EDIT)).toEqual([]);
});

test("“the policy has changed, and old comments still say the old level”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE });
  expect(firstOf(pull.comments).body).toContain("`shell-true-dynamic` · error");
  const { repository } = pull;
  await repository.commit("main", { ".github/safepath.yml": "rules: { shell-true-dynamic: warning }\n" });
  pull.baseSha = await repository.resolve("main");
  await scene.rerun(pull);
  expect(pull.comments).toHaveLength(1);
  expect(firstOf(pull.comments).body).toContain("`shell-true-dynamic` · warning");
  expect(scene.check(pull)).toMatchObject({ conclusion: "success", title: "1 warning in 1 changed file" });
});

test("“the findings are lost after a force-push”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE });
  await scene.reply(pull, "mona", "/safepath accept until 2099-01-31 goes with the old API");
  await scene.forcePush(pull, { "a.py": `"""Files."""\n${MISTAKE}`, "b.py": THREE });
  const run = scene.check(pull);
  expect(run.headSha).toBe(pull.headSha);
  expect(run.annotations).toHaveLength(3);
  expect(run.summary).toContain("until `2099-01-31`");
  expect(pull.comments.filter(({ path, inReplyTo }) => path === "a.py" && inReplyTo === undefined)).toHaveLength(1);
});
