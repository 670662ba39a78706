import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { createScene, firstOf, MISTAKE, REPAIRED } from "./complaints/scene.ts";
import { startStandIn } from "./stand-in/stand-in.ts";
import { defaultPermissions } from "./stand-in/world.ts";

const app = await startApp({
  github: await startStandIn({ permissions: { ...defaultPermissions, contents: "write" } }),
});
afterAll(() => app.close());

test("the thread of a finding that is gone is resolved, and opened again when the finding comes back", async () => {
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE });
  const root = firstOf(pull.comments);
  await scene.push(pull, { "a.py": REPAIRED });
  expect(root.resolvedBy?.login).toBe("safepath[bot]");
  await scene.push(pull, { "a.py": MISTAKE });
  expect(root.resolvedBy).toBeUndefined();
});

test("a thread whose finding somebody answered is resolved; nothing is ever deleted", async () => {
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE }, { author: "octocat" });
  const root = firstOf(pull.comments);
  await scene.reply(pull, "mona", "/safepath ignore it runs on our build machine alone");
  expect(root.resolvedBy?.login).toBe("safepath[bot]");
  expect(pull.comments).toContain(root);
});

test("a thread that a person resolved stays resolved when its finding comes back", async () => {
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE });
  const root = firstOf(pull.comments);
  root.resolvedBy = app.github.world.account("mona");
  await scene.push(pull, { "a.py": REPAIRED });
  await scene.push(pull, { "a.py": MISTAKE });
  expect(root.resolvedBy?.login).toBe("mona");
});

test("where the App may not resolve, the comment alone says it", async () => {
  const other = await startApp();
  const scene = createScene(other);
  const pull = await scene.open({}, { "a.py": MISTAKE });
  await scene.push(pull, { "a.py": REPAIRED });
  const root = firstOf(pull.comments);
  expect(root.resolvedBy).toBeUndefined();
  expect(root.body).toContain("*No longer found at");
  await other.close();
});

test("a reply that was edited before it was read asks nothing, and is told to be written anew", async () => {
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE });
  const reply = await app.github.reply(pull, firstOf(pull.comments), "mona", "What does it mean?");
  app.github.rewrite(reply, "/safepath ignore said in her name");
  await scene.ended(await app.github.announceComment(pull, reply));
  expect(scene.check(pull).conclusion).toBe("failure");
  expect(pull.comments.at(-1)?.body).toContain("This reply was edited, so it asks nothing");
});

test("a reply that was drafted with a review, and sent later, counts", async () => {
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE }, { author: "octocat" });
  const reply = await app.github.reply(pull, firstOf(pull.comments), "mona", "/safepath ignore a build machine");
  reply.updatedAt = new Date(reply.createdAt.getTime() + 60_000);
  await scene.ended(await app.github.announceComment(pull, reply));
  expect(scene.check(pull).conclusion).toBe("success");
});

test("what was decided stays decided when the reply is edited afterwards, whatever it says then", async () => {
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE }, { author: "octocat" });
  const reply = await scene.reply(pull, "mona", "/safepath ignore a build machine");
  expect(scene.check(pull).conclusion).toBe("success");
  for (const body of ["/safepath reopen", "Never mind.", "/safepath accept until 2099-01-01 for ever"]) {
    app.github.rewrite(reply, body);
    await scene.rerun(pull);
    expect(scene.check(pull)).toMatchObject({
      conclusion: "success",
      summary: expect.stringContaining("a build machine"),
    });
  }
});
