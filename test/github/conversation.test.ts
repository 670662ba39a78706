import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import type { IssueComment } from "./stand-in/issue-state.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const ACCEPT = "/safepath accept unverified b.py it holds tables alone";

/** A pull request of `octocat`; `mona` may write too, others may read. */
async function open(files: Readonly<Record<string, string>>, options = {}): Promise<PullRequest> {
  const pull = await app.openPullRequest({}, files, options);
  for (const login of ["octocat", "mona"]) pull.repository.roles.set(login, "write");
  return pull;
}

/** Its `b.py` cannot be read from GitHub for as long as the fault lasts. */
async function openUnverified() {
  const pull = await open({ "a.py": "a = 1\n", "b.py": `b = ${Math.random()}\n` });
  const isAboutB = (body: unknown) =>
    JSON.stringify(body ?? "").includes(":b.py") && JSON.stringify(body).includes(pull.repository.name);
  const fault = app.github.faults.inject({ kind: "502-html", match: ({ body }) => isAboutB(body), times: 1_000 });
  await app.review(pull);
  return { pull, fault };
}

async function say(pull: PullRequest, login: string, body: string): Promise<IssueComment> {
  const comment = app.github.comment(pull, login, body);
  const { id } = await app.github.announceConversation(pull, comment);
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  return comment;
}

const answers = ({ repository, number }: PullRequest) =>
  repository.issueComments
    .filter(({ issue, author }) => issue === number && author.type === "Bot")
    .map(({ body }) => body.split("\n\n").slice(1).join("\n\n"));

const reactions = ({ id }: IssueComment) =>
  app.github.world.reactions.filter(({ subjectId }) => subjectId === id).map(({ content }) => content);

test("a review that is asked for is done, acknowledged once, and says nothing twice", async () => {
  const pull = await open({ "a.py": MISTAKE });
  await app.review(pull);
  const asked = await say(pull, "mona", "Once more, please.\n\n/safepath review");
  await say(pull, "mona", "/safepath review");
  expect(pull.repository.checkRuns).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
  expect(reactions(asked)).toEqual(["+1"]);
  expect(answers(pull)).toEqual([]);
});

test("who opened the pull request may ask for a review without write access; others may not", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  await app.review(pull);
  expect(reactions(await say(pull, "octocat", "/safepath review"))).toEqual(["+1"]);
  expect(reactions(await say(pull, "stranger", "/safepath review"))).toEqual(["-1"]);
  expect(answers(pull)).toEqual(["It takes write access to this repository to ask for that."]);
});

test("who may not write to the repository is answered once, however much is asked", async () => {
  const pull = await open({ "a.py": "a = 1\n" });
  await say(pull, "stranger", "/safepath help");
  app.github.forgetRequests();
  for (const body of ["/safepath help", "/safepath review"]) await say(pull, "stranger", body);
  expect(answers(pull)).toHaveLength(1);
  expect(app.github.countRequests("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions")).toBe(0);
});

test("help is given once, however often the delivery comes", async () => {
  const pull = await open({ "a.py": "a = 1\n" });
  const asked = app.github.comment(pull, "octocat", "/safepath help");
  for (let time = 0; time < 2; time += 1) {
    const { id } = await app.github.announceConversation(pull, asked);
    await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  }
  expect(answers(pull)).toEqual([expect.stringContaining("On a finding, as a reply in its thread:")]);
});

test("an answer that was saved though GitHub answered 502 is not given twice", async () => {
  const pull = await open({ "a.py": "a = 1\n" });
  app.github.faults.inject({
    kind: "502-saved",
    match: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  });
  await say(pull, "octocat", "/safepath help");
  expect(answers(pull)).toHaveLength(1);
});

test("a file that could not be verified is let through by a second person, and the check lists who and why", async () => {
  const { pull, fault } = await openUnverified();
  expect(app.github.checkRun(pull)).toMatchObject({
    conclusion: "failure",
    title: "Could not verify: 1 file could not be read",
    summary: expect.stringContaining("/safepath accept unverified"),
  });
  const own = await say(pull, "octocat", ACCEPT);
  expect(reactions(own)).toEqual(["eyes"]);
  expect(app.github.checkRun(pull)?.conclusion).toBe("failure");
  await say(pull, "mona", ACCEPT);
  expect(app.github.checkRun(pull)).toMatchObject({
    conclusion: "success",
    title: "No findings in 1 changed file; 1 not verified, accepted",
    summary: expect.stringMatching(
      /Accepted without being verified:\n\n- `b\.py` .*by `mona` on .*: `it holds tables alone`/,
    ),
  });
  expect(answers(pull)).toEqual([
    "Noted. It takes a second person to let `b.py` through: somebody else with write access says the same.",
    expect.stringMatching(/^Accepted `b\.py` at `[0-9a-f]{7}` without it being verified: `it holds tables alone`\./),
  ]);
  fault.remove();
});

test("what was let through stays so through pushes to other files, and is asked again when the file changes", async () => {
  const { pull, fault } = await openUnverified();
  await say(pull, "mona", ACCEPT);
  expect((await push(pull, { "a.py": "a = 2\n" }))?.conclusion).toBe("success");
  expect((await push(pull, { "b.py": "b = 'another'\n" }))?.conclusion).toBe("failure");
  fault.remove();
});

test("only a file that could not be verified can be let through, and only by who may write", async () => {
  const { pull, fault } = await openUnverified();
  await say(pull, "mona", "/safepath accept unverified a.py it is fine");
  await say(pull, "stranger", ACCEPT);
  await say(pull, "mona", "/safepath ignore whatever it is");
  expect(answers(pull)).toEqual([
    expect.stringMatching(/^`a\.py` is no file that could not be verified at `[0-9a-f]{7}`; those are `b\.py`\.$/),
    expect.stringContaining("write access"),
    expect.stringContaining("in the thread"),
  ]);
  expect(app.github.checkRun(pull)?.conclusion).toBe("failure");
  fault.remove();
});

test("neither a comment that was edited nor an answer that somebody forged lets a file through", async () => {
  const { pull, fault } = await openUnverified();
  app.github.rewrite(app.github.comment(pull, "mona", "What does it mean?"), ACCEPT);
  const { pull: other, fault: otherFault } = await openUnverified();
  await say(other, "mona", ACCEPT);
  const copied = other.repository.issueComments.find(({ author }) => author.type === "Bot");
  app.github.comment(pull, "safepath[bot]", copied?.body ?? "");
  await say(pull, "octocat", "/safepath review");
  expect(app.github.checkRun(pull)?.conclusion).toBe("failure");
  fault.remove();
  otherFault.remove();
});

test("who asks for the review of a pull request that is closed is told why there is none", async () => {
  const pull = await open({ "a.py": MISTAKE });
  pull.state = "closed";
  const asked = await say(pull, "mona", "/safepath review");
  expect(reactions(asked)).toEqual(["-1"]);
  expect(answers(pull)).toEqual([expect.stringMatching(/^Not reviewed: closed\./)]);
});

test("a question is answered though a push replaces its job", async () => {
  const pull = await open({ "a.py": "a = 1\n" });
  app.github.faults.inject({ kind: "delay", milliseconds: 500, match: "POST /graphql" });
  const asked = app.github.comment(pull, "octocat", "/safepath help");
  await app.github.announceConversation(pull, asked);
  const old = pull.headSha;
  await app.github.until(() => app.github.requests.some(({ path }) => path.includes(`/commits/${old}/check-runs`)));
  await push(pull, { "a.py": "a = 2\n" });
  expect(answers(pull)).toHaveLength(1);
});

test.each([
  ["talk", "mona", "Please look at the safepath review."],
  ["a bot's words", "updates[bot]", "/safepath review"],
])("%s in the conversation starts nothing", async (_, login, body) => {
  const pull = await open({ "a.py": "a = 1\n" });
  const { id } = await app.github.announceConversation(pull, app.github.comment(pull, login, body));
  const line = await app.logged(({ delivery, msg }) => delivery === id && msg === "delivery received");
  expect(line).toMatchObject({ outcome: "ignored" });
});

async function push(pull: PullRequest, changes: Readonly<Record<string, string>>) {
  const before = await app.github.push(pull, changes);
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  return app.github.checkRun(pull);
}
