import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "../app-on-loopback.ts";
import type { PullRequest } from "../stand-in/pull-state.ts";
import { createScene, firstOf, MISTAKE } from "./scene.ts";

/** What users of reviewing bots complain of: who may decide, who is heard, and what is copied. */

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;
beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});
afterAll(() => app.close());

test("“nothing happens on pull requests of forks”", async () => {
  const origin = await app.github.createRepository({ owner: "acme", name: "origin", files: { "a.py": "a = 1\n" } });
  const fork = app.github.fork(origin, "mona");
  await fork.commit("feature", { "a.py": MISTAKE }, { from: await origin.resolve("main") });
  const pull = await app.github.openPullRequest(origin, { head: "feature", fork });
  const run = await app.review(pull);
  await scene.rerun(pull);
  run.completedAt = undefined;
  const { id } = await app.github.announceSuiteRerun(pull);
  await app.logged(({ delivery, msg }) => delivery?.startsWith(id) === true && msg === "review ended");
  expect(origin.checkRuns).toMatchObject([{ conclusion: "failure", completedAt: expect.any(Date) }]);
  expect(pull.comments).toHaveLength(1);
});

test("“a pull request can switch the scanner off in its own configuration”", async () => {
  const pull = await scene.open(
    {},
    {
      "a.py": MISTAKE,
      ".github/safepath.yml": 'ignore: ["*.py"]\nfail-on: never\n',
      ".safepath.yml": "fail-on: never\n",
    },
  );
  expect(scene.check(pull).conclusion).toBe("failure");
  expect(scene.check(pull).summary).toContain("This change edits the configuration");
});

test("“anybody can dismiss a finding by a comment”", async () => {
  const pull = await scene.open({}, { "a.py": MISTAKE });
  pull.repository.roles.set("triager", "triage");
  for (const login of ["stranger", "triager", "octocat"]) {
    await scene.reply(pull, login, "/safepath false-positive it is fine");
    expect(scene.check(pull).conclusion).toBe("failure");
  }
  const said = pull.comments.filter(({ author, inReplyTo }) => author.type === "Bot" && inReplyTo !== undefined);
  expect(said.map(({ body }) => body.split("\n\n")[1])).toEqual([
    expect.stringContaining("write access"),
    expect.stringContaining("write access"),
    expect.stringContaining("a second person"),
  ]);
});

test("“its suggestions break the code”", async () => {
  const text =
    "import yaml\n\n\nclass Shop:\n\tdef load(self, text):\n\t\treturn yaml.load(text, Loader=yaml.Loader)\n";
  for (const [path, code] of [
    ["unix.py", text],
    ["windows.py", text.replaceAll("\n", "\r\n")],
  ] as const) {
    const pull = await scene.open({}, { [path]: code });
    expect(applySuggestion(pull, code)).toBe(
      code.replace("yaml.load(text, Loader=yaml.Loader)", "yaml.safe_load(text)"),
    );
  }
  const twice =
    "import yaml, subprocess\n\n\ndef f(n):\n    yaml.load(subprocess.run(n, shell=True), Loader=yaml.Loader)\n";
  const pull = await scene.open({}, { "twice.py": twice });
  expect(pull.comments.map(({ body }) => body.includes("```suggestion"))).not.toContain(true);
});

test("“text that it copies mentions people”", async () => {
  const pull = await scene.open(
    {},
    { "@acme/team/a.py": 'import subprocess\n\n\ndef run(n):\n    subprocess.run("@acme/team #1 " + n, shell=True)\n' },
  );
  const texts = [...pull.comments, ...pull.reviews].map(({ body }) => body);
  for (const text of [...texts, scene.check(pull).summary ?? ""]) {
    const prose = text
      .replace(/^<!--.*-->$/gmu, "")
      .replace(/^(`{3,})[\s\S]*?^\1$/gmu, "")
      .replace(/(`+)[^`].*?\1/gu, "");
    expect(prose.replace(/\]\([^)]*\)/gu, "")).not.toMatch(/@acme|#1\b/u);
  }
});

test("“another App can post the required check under the same name”", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const own = await app.review(pull);
  const foreign = { ...own, id: own.id + 1, appId: own.appId + 1, conclusion: "success", annotations: [] };
  pull.repository.checkRuns.push(foreign);
  own.conclusion = undefined;
  await scene.rerun(pull);
  const runs = pull.repository.checkRuns.map(({ appId, conclusion }) => [appId === own.appId, conclusion]);
  expect(runs).toEqual([
    [true, "failure"],
    [false, "success"],
  ]);
  expect(own.name).toBe("Safepath");
});

test("“deliveries are missed while the App is down” (and what was done is not done again)", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const { status, id } = await app.github.announce(pull, { action: "opened" }, { to: "http://127.0.0.1:9" });
  expect(status).toBe(504);
  await scene.ended(await app.github.announce(pull, { action: "opened" }, { id, isRedelivery: true }));
  await app.github.announce(pull, { action: "opened" }, { id, isRedelivery: true });
  await app.logged(({ delivery, outcome }) => delivery === id && outcome === "duplicate");
  expect(pull.repository.checkRuns).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
});

/** The file once somebody has accepted the suggestion of its one comment. */
function applySuggestion({ comments }: PullRequest, code: string): string {
  const { body, place } = firstOf(comments);
  const [, suggested] = /```suggestion\n([\s\S]*?)\n```/u.exec(body) ?? [];
  if (suggested === undefined || place === undefined) throw new Error("nothing is suggested");
  // GitHub ends the new lines as the file ends its own.
  const lineEnd = code.includes("\r\n") ? "\r\n" : "\n";
  const lines = code.split(lineEnd);
  lines.splice(
    (place.startLine ?? place.line) - 1,
    place.line - (place.startLine ?? place.line) + 1,
    ...suggested.split(/\r?\n/u),
  );
  return lines.join(lineEnd);
}
