import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { createScene, MISTAKE } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

/** A check belongs to a commit, whatever pull request it was made for. */

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;
beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});
afterAll(() => app.close());

/** A red pull request, and another of the same head against a base that asks less. */
async function openTwo() {
  const red = await scene.open({}, { "a.py": MISTAKE });
  await red.repository.commit("easy", { ".github/safepath.yml": "fail-on: never\n" }, { from: "main" });
  return { red, green: await openSecond(red) };
}

async function openSecond({ repository }: PullRequest): Promise<PullRequest> {
  const second = await app.github.openPullRequest(repository, { head: "feature", base: "easy" });
  await app.review(second);
  return second;
}

test("a second pull request against a base that asks less makes no head green that is red for the first", async () => {
  const { red, green } = await openTwo();
  expect(scene.check(red)).toMatchObject({
    conclusion: "failure",
    title: `#${red.number} has the same head: 1 error in 1 changed file`,
    summary: expect.stringContaining(`also the head of #${red.number}**`),
  });
  await scene.rerun(green);
  expect(scene.check(red).conclusion).toBe("failure");
});

test("nor does one whose base has the mistake already", async () => {
  const red = await scene.open({}, { "a.py": MISTAKE });
  await red.repository.commit("easy", { "b.py": "b = 1\n" }, { from: await red.repository.resolve("feature") });
  const before = await app.github.push(red, { "c.py": "c = 1\n" }, { from: "easy" });
  await scene.ended(await app.github.announce(red, { action: "synchronize", before }));
  const second = await openSecond(red);
  expect(second.headSha).toBe(red.headSha);
  expect(scene.check(red).title).toMatch(/^#\d+ has the same head: 1 error/u);
});

test("what is settled or closed there holds nobody up", async () => {
  const answered = await openTwo();
  await scene.reply(answered.red, "mona", "/safepath ignore names are checked by the gateway");
  expect(scene.check(answered.green).conclusion).toBe("success");
  const closed = await openTwo();
  closed.red.state = "closed";
  await scene.rerun(closed.green);
  expect(scene.check(closed.green).conclusion).toBe("success");
});
