import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { createScene, firstOf } from "./complaints/scene.ts";

const TOKEN = "glpat-tX9vQ2mWr7KzB4nLc8Yp";
const WITH = `token = "${TOKEN}"\n`;
const WITHOUT = 'import os\n\ntoken = os.environ["TOKEN"]\n';

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});

afterAll(() => app.close());

test("a secret that a later commit takes away is said, in words that do not show it, at the commit that has it", async () => {
  const pull = await scene.open({}, { "a.py": WITH });
  const first = pull.headSha;
  await scene.push(pull, { "a.py": WITHOUT });
  const run = scene.check(pull);
  expect([run.conclusion, run.title]).toEqual(["failure", "1 error in 1 changed file"]);
  const [gone, said] = pull.comments.map(({ body }) => body);
  expect(gone).toContain("No longer found at");
  expect(said).toContain("secret-in-earlier-commit");
  expect(said).toContain(`/blob/${first}/a.py#L1`);
  expect(said).toContain("Reply `/safepath rotated <reason>` once the secret is revoked");
  expect(JSON.stringify([said, run.summary, run.annotations])).not.toContain(TOKEN);
});

test("a file that is there no longer is spoken of on one that is", async () => {
  const pull = await scene.open({}, { ".env": `TOKEN=${TOKEN}\n`, "README.md": "words\n" });
  await scene.push(pull, { ".env": null });
  expect(scene.check(pull).conclusion).toBe("failure");
  expect(pull.comments.at(-1)).toMatchObject({ path: "README.md", body: expect.stringContaining("`.env` line 1") });
});

test("who has revoked it says so, and a second person agrees", async () => {
  const pull = await scene.open({}, { "a.py": WITHOUT });
  await scene.push(pull, { "a.py": WITH });
  await scene.push(pull, { "a.py": WITHOUT });
  const thread = pull.comments.find(({ body }) => body.includes("secret-in-earlier-commit"));
  if (thread === undefined) throw new Error("nothing was said");
  const reply = async (login: string, body: string) =>
    scene.ended(await app.github.announceComment(pull, await app.github.reply(pull, thread, login, body)));
  await reply("octocat", "/safepath rotated at GitLab this morning");
  expect(scene.check(pull).conclusion).toBe("failure");
  await reply("mona", "/safepath agree");
  const run = scene.check(pull);
  expect(run.conclusion).toBe("success");
  expect(run.summary).toContain("rotated: at GitLab this morning");
});

test("a branch that is written anew has it no longer", async () => {
  const pull = await scene.open({}, { "a.py": WITH });
  await scene.push(pull, { "a.py": WITHOUT });
  await scene.forcePush(pull, { "a.py": WITHOUT });
  expect(scene.check(pull).conclusion).toBe("success");
  expect(pull.comments.every(({ body }) => body.includes("No longer found at"))).toBe(true);
});

test("commits that were found to be clean are not asked for again", async () => {
  const pull = await scene.open({}, { "a.py": "a = 1\n" });
  for (const number of [2, 3, 4]) {
    app.github.forgetRequests();
    await scene.push(pull, { "a.py": `a = ${number}\n` });
    const compared = app.github.requests.filter(({ path }) => path.includes("/compare/"));
    expect(compared).toHaveLength(1);
  }
});

test("of a long branch each review looks at further commits", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "a = 1\n" });
  for (let number = 0; number < 32; number += 1) await app.github.push(pull, { "a.py": `a = ${number}\n` });
  await app.github.push(pull, { "a.py": WITH });
  await app.github.push(pull, { "a.py": WITHOUT });
  expect((await app.review(pull)).conclusion).toBe("success");
  await scene.push(pull, { "b.py": "b = 1\n" });
  expect(scene.check(pull).conclusion).toBe("failure");
});

test("what the head still has is said once, there", async () => {
  const pull = await scene.open({}, { "a.py": WITH });
  await scene.push(pull, { "b.py": "b = 1\n" });
  expect(scene.check(pull).title).toBe("1 error in 2 changed files");
  expect(firstOf(pull.comments).body).toContain("secret-known-format");
  expect(pull.comments).toHaveLength(1);
});
