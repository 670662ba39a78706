import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

async function ended({ id }: { readonly id: string }): Promise<void> {
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
}

/** The commit that a merge queue makes of a pull request on top of what the base has become. */
async function queue(pull: PullRequest, changes: Readonly<Record<string, string>>) {
  const { repository } = pull;
  await repository.commit("main", { "other.py": MISTAKE });
  const baseSha = await repository.resolve("main");
  const branch = `gh-readonly-queue/main/pr-${pull.number}-${baseSha}`;
  await repository.commit(branch, changes, { from: baseSha });
  return { baseSha, headSha: await repository.resolve(branch) };
}

test("the commit of a merge group is checked, and nothing is said on the pull request", async () => {
  const changes = { "a.py": MISTAKE };
  const pull = await app.openPullRequest({}, changes);
  await app.review(pull);
  const said = pull.comments.length;
  const group = await queue(pull, changes);
  await ended(await app.github.announceMergeGroup(pull, group));
  const run = pull.repository.checkRuns.find(({ headSha }) => headSha === group.headSha);
  expect(run).toMatchObject({ name: "Safepath", conclusion: "failure", title: "1 error in 1 changed file" });
  expect(pull.comments).toHaveLength(said);
});

test("a group of a pull request without findings is green, also where the base gained mistakes meanwhile", async () => {
  const changes = { "a.py": "a = 2\n" };
  const pull = await app.openPullRequest({}, changes);
  const group = await queue(pull, changes);
  await ended(await app.github.announceMergeGroup(pull, group));
  const run = pull.repository.checkRuns.find(({ headSha }) => headSha === group.headSha);
  expect(run).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
});

test("what people answered on the pull request holds in the queue", async () => {
  const changes = { "a.py": MISTAKE };
  const pull = await app.openPullRequest({}, changes);
  pull.repository.roles.set("mona", "write");
  await app.review(pull);
  const [thread] = pull.comments;
  if (thread === undefined) throw new Error("nothing was said");
  const reply = await app.github.reply(pull, thread, "mona", "/safepath ignore names are checked before");
  await ended(await app.github.announceComment(pull, reply));
  const group = await queue(pull, changes);
  await ended(await app.github.announceMergeGroup(pull, group));
  expect(pull.repository.checkRuns.find(({ headSha }) => headSha === group.headSha)?.conclusion).toBe("success");
});

test("a group that could not be read is not green, and is tried again", async () => {
  const changes = { "a.py": "a = 2\n" };
  const pull = await app.openPullRequest({}, changes);
  const group = await queue(pull, changes);
  app.github.faults.inject({
    kind: "status",
    status: 502,
    match: ({ path }) => path.includes(`/compare/${group.baseSha}`),
    times: 4,
  });
  await ended(await app.github.announceMergeGroup(pull, group));
  const runs = pull.repository.checkRuns.filter(({ headSha }) => headSha === group.headSha);
  expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  const isCheckOfGroup = ({ body }: { readonly body: unknown }) => JSON.stringify(body ?? "").includes(group.headSha);
  const created = app.github.requests.find((each) => each.operation?.endsWith("/check-runs") && isCheckOfGroup(each));
  expect(created?.body).toMatchObject({ conclusion: "failure" });
});

test.each(["own branch", "fork"])(
  "all checks of a commit that are asked for again are a new review: %s",
  async (where) => {
    const repository = await app.github.createRepository({
      owner: "acme",
      name: `suite-${where.length}`,
      files: { "README.md": "# Shop\n" },
    });
    const head = where === "fork" ? app.github.fork(repository, "mona") : repository;
    await head.commit("feature", { "a.py": MISTAKE }, { from: await repository.resolve("main") });
    const pull = await app.github.openPullRequest(repository, {
      head: "feature",
      ...(where === "fork" ? { fork: head } : {}),
    });
    const run = await app.review(pull);
    run.completedAt = undefined;
    const { id } = await app.github.announceSuiteRerun(pull);
    await app.logged(({ delivery, msg }) => delivery?.startsWith(id) === true && msg === "review ended");
    expect(pull.repository.checkRuns).toMatchObject([{ conclusion: "failure", completedAt: expect.any(Date) }]);
    expect(pull.comments).toHaveLength(1);
  },
);
