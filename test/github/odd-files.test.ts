import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";

const app = await startApp();
afterAll(() => app.close());

const OTHER_COMMIT = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

test("links lead nowhere, submodules hold nothing, and what is beside them is reviewed", async () => {
  const pull = await app.openPullRequest(
    { "lib/real.py": MISTAKE },
    {
      "link.py": { linkTo: "lib/real.py" },
      "out.py": { linkTo: "../../../../etc/passwd" },
      "loop.py": { linkTo: "loop.py" },
      "vendored.py": { submodule: OTHER_COMMIT },
      ".gitmodules": '[submodule "vendored"]\n\tpath = vendored.py\n\turl = https://example.org/x.git\n',
      "a.py": MISTAKE,
    },
  );
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "1 error in 4 changed files" });
  expect(run.summary).not.toContain("could not be");
  expect(pull.comments.map(({ path }) => path)).toEqual(["a.py"]);
});

test("a file that becomes a link, and a link that becomes a file", async () => {
  const pull = await app.openPullRequest(
    { "a.py": MISTAKE, "b.py": { linkTo: "a.py" } },
    { "a.py": { linkTo: "b.py" }, "b.py": MISTAKE },
  );
  await app.review(pull);
  expect(pull.comments.map(({ path }) => path)).toEqual(["b.py"]);
});

test("a folder that becomes a submodule of the same name, and back", async () => {
  const gone = await app.openPullRequest({ "lib.py": { submodule: OTHER_COMMIT } }, { "lib.py": MISTAKE });
  await app.review(gone);
  expect(gone.comments).toHaveLength(1);
  const came = await app.openPullRequest({ "lib.py": MISTAKE }, { "lib.py": { submodule: OTHER_COMMIT } });
  expect((await app.review(came)).conclusion).toBe("success");
});

test("what only gets another mode brings nothing new, renamed or not", async () => {
  const mode = await app.openPullRequest({ "a.py": MISTAKE }, { "a.py": { program: MISTAKE } });
  expect(await app.review(mode)).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
  const both = await app.openPullRequest({ "a.py": MISTAKE }, { "a.py": null, "b.py": { program: MISTAKE } });
  expect(await app.review(both)).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
  const new_ = await app.openPullRequest({}, { "c.py": { program: MISTAKE } });
  expect((await app.review(new_)).conclusion).toBe("failure");
});

test("names that no file system likes are reviewed and shown on one line", async () => {
  const names = ["a|b.py", "a\tb.py", '"a".py', "a\\b.py", "-rf.py", "$(id).py", "\u202Eyp.a.py", "%2e%2e%2f.py"];
  const pull = await app.openPullRequest({}, Object.fromEntries(names.map((name) => [name, MISTAKE])));
  const run = await app.review(pull);
  expect(run.title).toBe(`${names.length} errors in ${names.length} changed files`);
  const rows = (run.summary ?? "").split("\n").filter((line) => line.startsWith("| [`"));
  expect(rows).toHaveLength(names.length);
  for (const row of rows) expect(row.replace(/\\\|/gu, "").split("|")).toHaveLength(6);
  expect(run.summary).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
});
