import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const DAY = 24 * 60 * 60_000;
const WARNING = "import hashlib\n\n\ndef trusted_digest(data):\n    return hashlib.md5(data).hexdigest()\n";

/** A reviewed pull request of `octocat`; `mona` and `octocat` may write, others may read. */
async function reviewed(text = MISTAKE): Promise<PullRequest> {
  const pull = await app.openPullRequest({}, { "a.py": text });
  for (const login of ["octocat", "mona"]) pull.repository.roles.set(login, "write");
  await app.review(pull);
  return pull;
}

async function say(pull: PullRequest, login: string, body: string): Promise<number> {
  const [thread] = pull.comments;
  if (thread === undefined) throw new Error("nothing was said");
  const reply = await app.github.reply(pull, thread, login, body);
  const { id } = await app.github.announceComment(pull, reply);
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  return reply.id;
}

async function pushBy(author: string, pull: PullRequest, changes: Readonly<Record<string, string>>): Promise<void> {
  const before = await app.github.push(pull, changes, { author });
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
}

const ownReplies = ({ comments }: PullRequest) =>
  comments.filter(({ author, inReplyTo }) => author.type === "Bot" && inReplyTo !== undefined).map(({ body }) => body);

const reactions = (reply: number) =>
  app.github.world.reactions.filter(({ subjectId }) => subjectId === reply).map(({ content }) => content);

test("another person's answer silences a finding, turns the check green at once and is recorded", async () => {
  const pull = await reviewed();
  const reply = await say(pull, "mona", "/safepath ignore names are checked by `the gateway` @org/team");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
  expect(reactions(reply)).toEqual(["+1"]);
  expect(ownReplies(pull)).toEqual([]);
  const [thread] = pull.comments;
  expect(thread?.body).toMatch(
    /\*Silenced by `mona` at `[0-9a-f]{7}`\*: ``names are checked by `the gateway` @org\/team``/,
  );
  expect(app.github.checkRun(pull)?.summary).toContain("by `mona`");
});

test("the author cannot silence an error alone; it stays red until another person agrees", async () => {
  const pull = await reviewed();
  const asked = await say(pull, "octocat", "/safepath false-positive the name is constant");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  expect(app.github.checkRun(pull)?.summary).toContain("waiting for a second person");
  expect(reactions(asked)).toEqual(["eyes"]);
  expect(ownReplies(pull)).toEqual([expect.stringContaining("`/safepath agree`")]);
  const again = await say(pull, "octocat", "/safepath agree");
  expect(reactions(again)).toEqual(["-1"]);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  await say(pull, "mona", "/safepath agree");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
  expect(pull.comments[0]?.body).toContain("*Silenced by `octocat` and `mona` at");
});

test("the author's answer to a warning is enough", async () => {
  const pull = await reviewed(WARNING);
  await say(pull, "octocat", "/safepath ignore a cache key");
  expect(pull.comments[0]?.body).toContain("*Silenced by `octocat` at");
});

test("who may not write to the repository decides nothing, and is told", async () => {
  const pull = await reviewed();
  const reply = await say(pull, "stranger", "/safepath ignore because I say so");
  expect(reactions(reply)).toEqual(["-1"]);
  expect(ownReplies(pull)).toEqual([expect.stringContaining("write access")]);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
});

test("a suppression that the change itself adds does not turn an error green until another person agrees", async () => {
  const silenced = MISTAKE.replace("shell=True)", "shell=True)  # safepath: ignore[shell-true-dynamic] -- trust me");
  const pull = await reviewed(silenced);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  expect(pull.comments[0]?.body).toContain("`octocat` silenced this (`trust me`)");
  await say(pull, "mona", "/safepath agree");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
});

test("a comment that was there before does not silence alone what the change writes below it", async () => {
  const line = "    # safepath: ignore[shell-true-dynamic] -- a list of constants\n    subprocess.run(";
  const safe = MISTAKE.replace("    subprocess.run(", line).replace('f"ls {name}"', 'f"ls {len(name)}"');
  const worse = safe.replace("len(name)", "name");
  const pull = await app.openPullRequest({ "a.py": safe }, { "a.py": worse });
  for (const login of ["octocat", "mona"]) pull.repository.roles.set(login, "write");
  expect((await app.review(pull)).conclusion).toBe("failure");
  await say(pull, "mona", "/safepath agree");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
});

test("an answer carries over pushes, can be taken back, and an accepted finding comes back after its day", async () => {
  const pull = await reviewed();
  await say(pull, "mona", "/safepath accept until 2099-01-31 goes with the old API");
  expect(app.github.checkRun(pull)?.summary).toContain("until `2099-01-31`");
  const before = await app.github.push(pull, { "a.py": `\n\n${MISTAKE}` });
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
  await say(pull, "octocat", "/safepath reopen");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  const tomorrow = new Date(app.clock.now().getTime() + DAY).toISOString().slice(0, 10);
  await say(pull, "mona", `/safepath accept until ${tomorrow} goes tomorrow`);
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
  await app.clock.sleep(2 * DAY);
  await pushBy("octocat", pull, { "b.py": "b = 1\n" });
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
});

test("an answer carries over to another path of a file that the pull request adds", async () => {
  const pull = await reviewed();
  await say(pull, "mona", "/safepath ignore names are checked by the gateway");
  const before = await app.github.push(pull, { "a.py": null, "shop/b.py": MISTAKE });
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
  expect(pull.comments.filter(({ inReplyTo }) => inReplyTo === undefined)).toHaveLength(1);
});

test("a day that is over accepts nothing, and who names one is told", async () => {
  const pull = await reviewed();
  await say(pull, "mona", "/safepath accept until 2020-01-31 yesterday is over");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  expect(pull.comments.at(-1)?.body).toContain("That day is over");
});

test("people can ask for an explanation and for help, and get one answer each however often the delivery comes", async () => {
  const pull = await reviewed();
  await say(pull, "octocat", "/safepath explain");
  await say(pull, "octocat", "/safepath help");
  await say(pull, "octocat", "/safepath ignore");
  expect(ownReplies(pull)).toEqual([
    expect.stringMatching(/^<!-- safepath:answer \d+ -->\n\n\*\*.*shell/i),
    expect.stringContaining("On a finding, as a reply in its thread:"),
    expect.stringContaining("Say why"),
  ]);
  const run = app.github.checkRun(pull);
  if (run === undefined) throw new Error("no run");
  const { id } = await app.github.announceRerun(pull.repository, run);
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(ownReplies(pull)).toHaveLength(3);
});

test("who may not write is told so once in a thread, however much is asked", async () => {
  const pull = await reviewed();
  await say(pull, "stranger", "/safepath ignore because I say so");
  const again = await say(pull, "stranger", "/safepath explain");
  expect(ownReplies(pull)).toHaveLength(1);
  expect(reactions(again)).toEqual([]);
  const known = await say(pull, "mona", "/safepath explain");
  expect(reactions(known)).toEqual(["+1"]);
});

test("who wrote one of the commits cannot silence an error alone, nor agree to a comment that the change adds", async () => {
  const silenced = MISTAKE.replace("shell=True)", "shell=True)  # safepath: ignore[shell-true-dynamic] -- trust me");
  const pull = await reviewed("a = 1\n");
  await pushBy("mona", pull, { "a.py": silenced });
  await say(pull, "mona", "/safepath agree");
  expect(ownReplies(pull)).toEqual([expect.stringContaining("You wrote a part of this change")]);
  await say(pull, "mona", "/safepath ignore names are checked");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  await say(pull, "octocat", "/safepath agree");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "success" });
  expect(app.github.checkRun(pull)?.summary).toContain("with the agreement of `mona` and `octocat`");
});

test("who wrote one of the last commits of a long branch cannot silence an error alone either", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  for (const login of ["octocat", "mona"]) pull.repository.roles.set(login, "write");
  for (let number = 1; number <= 100; number += 1) await app.github.push(pull, { "notes.txt": `${number}\n` });
  await app.github.push(pull, { "b.py": "b = 1\n" }, { author: "mona" });
  await app.review(pull);
  await say(pull, "mona", "/safepath ignore trust me");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
});

test("an answer that was taken back is not in force again when somebody puts the comment's earlier words back", async () => {
  const pull = await reviewed();
  await say(pull, "mona", "/safepath ignore names are checked by the gateway");
  const [thread] = pull.comments;
  if (thread === undefined) throw new Error("nothing was said");
  const earlier = thread.body;
  const reopened = await say(pull, "mona", "/safepath reopen");
  app.github.rewrite(thread, earlier);
  pull.comments.splice(
    pull.comments.findIndex(({ id }) => id === reopened),
    1,
  );
  const run = app.github.checkRun(pull);
  if (run === undefined) throw new Error("no run");
  const { id } = await app.github.announceRerun(pull.repository, run);
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(app.github.checkRun(pull)).toMatchObject({ conclusion: "failure" });
  expect(pull.comments).toHaveLength(2);
});

test("replies that ask nothing start no review", async () => {
  const pull = await reviewed();
  const [thread] = pull.comments;
  if (thread === undefined) throw new Error("nothing was said");
  const reply = await app.github.reply(pull, thread, "mona", "Good catch, I will look at it.");
  const { id } = await app.github.announceComment(pull, reply);
  expect(await app.logged(({ delivery, msg }) => delivery === id && msg === "delivery received")).toMatchObject({
    outcome: "ignored",
  });
});
