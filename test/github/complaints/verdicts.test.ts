import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "../app-on-loopback.ts";
import { createScene, MISTAKE, REPAIRED, THREE } from "./scene.ts";

/** What users of reviewing bots complain of: checks that are green, red or absent for the wrong reason. */

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;
beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});
afterAll(() => app.close());

const FILES = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
const REVIEWS = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";

test("“green although no review ran”, and “red for a limit that passes”", async () => {
  const fault = app.github.faults.inject({
    kind: "502-html",
    match: ({ body }) => JSON.stringify(body ?? "").includes(":unread.py"),
    times: 50,
  });
  const unread = await scene.open({}, { "unread.py": "a = 1\n" });
  fault.remove();
  expect(scene.check(unread)).toMatchObject({
    conclusion: "failure",
    title: "Could not verify: 1 file could not be read",
  });
  app.github.faults.inject({ kind: "secondary-limit", retryAfter: 60, match: FILES });
  const limited = await scene.open({}, { "a.py": "a = 1\n" });
  expect(limited.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  const draft = await scene.open({}, { "a.py": MISTAKE }, { draft: true });
  expect(scene.check(draft)).toMatchObject({ conclusion: "failure", title: "1 error in 1 changed file" });
});

test("“the check is in progress for ever”", async () => {
  app.github.faults.inject({ kind: "502-html", match: FILES, times: 4 });
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`m${at}.txt`, "x\n"]));
  const pull = await scene.open({}, { ...many, "a.py": "a = 1\n" });
  expect(pull.repository.checkRuns.map(({ status }) => status)).not.toContain("in_progress");
  expect(scene.check(pull).conclusion).toBe("success");
});

test("“the required check never appears on pull requests of documentation”", async () => {
  const pull = await scene.open({}, { "README.md": "# Shop, improved\n" });
  expect(scene.check(pull)).toMatchObject({ conclusion: "success", title: "No Python changes" });
});

test("“the merge queue waits for the check and drops the pull request”", async () => {
  const pull = await scene.open({}, { "a.py": REPAIRED });
  const { repository } = pull;
  const branch = `gh-readonly-queue/main/pr-${pull.number}`;
  await repository.commit(branch, { "a.py": REPAIRED }, { from: "main", message: "Merge" });
  const headSha = await repository.resolve(branch);
  await scene.ended(await app.github.announceMergeGroup(pull, { baseSha: pull.baseSha, headSha }));
  expect(repository.checkRuns.find((run) => run.headSha === headSha)).toMatchObject({
    name: "Safepath",
    conclusion: "success",
  });
  expect(pull.comments).toEqual([]);
});

test("“an old verdict overwrites the newer one”", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const old = pull.headSha;
  await scene.push(pull, { "a.py": REPAIRED });
  const { id } = await app.github.deliver("pull_request", {
    action: "opened",
    number: pull.number,
    installation: { id: app.github.world.installationOf(pull.repository).id },
    repository: { id: pull.repository.id, name: pull.repository.name, owner: { login: "acme" } },
    pull_request: { head: { sha: old } },
  });
  await scene.ended({ id });
  expect(scene.check(pull).conclusion).toBe("success");
  expect(pull.repository.checkRuns.filter(({ headSha }) => headSha === old)).toEqual([]);
  expect(pull.comments).toEqual([]);
});

test("“the bot requests changes, and blocks the merge after the fix” (or approves)", async () => {
  app.github.forgetRequests();
  const pull = await scene.open({}, { "a.py": THREE });
  await scene.push(pull, { "a.py": REPAIRED });
  const events = scene.sent(REVIEWS).map((body) => "event" in body && body.event);
  expect(events).toEqual(["COMMENT"]);
  expect(pull.reviews.map(({ state }) => state)).toEqual(["COMMENTED"]);
  expect(scene.check(pull).conclusion).toBe("success");
});

test("“old problems fail every pull request, and merges of the base bring findings of others”", async () => {
  const pull = await scene.open({ "a.py": MISTAKE }, { "a.py": `"""Files."""\n${MISTAKE}` });
  expect(scene.check(pull)).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
  const { repository } = pull;
  await repository.commit("main", { "foreign.py": THREE });
  pull.baseSha = await repository.resolve("main");
  const before = await app.github.push(pull, { "foreign.py": THREE }, { merges: ["main"], message: "Merge main" });
  await scene.ended(await app.github.announce(pull, { action: "synchronize", before }));
  expect(scene.check(pull)).toMatchObject({ conclusion: "success" });
  expect(pull.comments).toEqual([]);
});

test("“why did it comment, why did it not?”", async () => {
  const pull = await scene.open(
    { ".github/safepath.yml": 'ignore: ["gen/"]\n' },
    { "a.py": MISTAKE, "gen/b.py": MISTAKE, "data.bin": Buffer.from([0, 1, 2]), "c.py": Buffer.from([0, 1, 2]) },
  );
  const { summary } = scene.check(pull);
  expect(summary).toContain("What was looked at");
  expect(summary).toContain("`gen/b.py`: left out by the configuration");
  expect(summary).toContain("`c.py`: not analysed: it is not a text file");
  await scene.reply(pull, "octocat", "/safepath explain");
  expect(pull.comments.at(-1)?.body).toMatch(/shell/iu);
});
