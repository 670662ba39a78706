import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const YAML = "import yaml\n\n\ndef load(text):\n    return yaml.load(text, Loader=yaml.Loader)\n";

test("a mistake in a new file is said on its line, and fails the check", async () => {
  const pull = await app.openPullRequest({}, { "shop/files.py": MISTAKE });
  const run = await app.review(pull);
  expect(run).toMatchObject({ name: "Safepath", conclusion: "failure", title: "1 error in 1 changed file" });
  expect(places(pull)).toEqual(["shop/files.py:5"]);
  expect(pull.reviews.map(({ state, commitId }) => ({ state, commitId }))).toEqual([
    { state: "COMMENTED", commitId: pull.headSha },
  ]);
});

test("a change without Python has a completed check too", async () => {
  const pull = await app.openPullRequest({}, { "README.md": "# Shop, improved\n" });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "success", title: "No Python changes" });
  expect(pull.reviews).toEqual([]);
});

test("what was there before the change is not said", async () => {
  const pull = await app.openPullRequest({ "a.py": MISTAKE }, { "a.py": `"""Files."""\n${MISTAKE}` });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
});

test("what the base branch gained since the branches parted is no excuse for the change", async () => {
  const pull = await app.openPullRequest({ "a.py": "a = 1\n" }, { "a.py": MISTAKE });
  await pull.repository.commit("main", { "a.py": MISTAKE });
  pull.baseSha = await pull.repository.resolve("main");
  await app.review(pull);
  expect(places(pull)).toEqual(["a.py:5"]);
});

test("a pull request from a fork is reviewed", async () => {
  const origin = await app.github.createRepository({ owner: "acme", name: "forked", files: { "a.py": "a = 1\n" } });
  const fork = await app.github.fork(origin, "mona");
  await fork.commit("feature", { "a.py": MISTAKE }, { from: await origin.resolve("main") });
  const pull = await app.github.openPullRequest(origin, { head: "feature", fork });
  const run = await app.review(pull);
  expect(run.conclusion).toBe("failure");
  expect(places(pull)).toEqual(["a.py:5"]);
});

test("a file that is only renamed brings nothing new", async () => {
  const pull = await app.openPullRequest({ "old.py": MISTAKE }, { "new.py": { movedFrom: "old.py" } });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
});

test("a file that is renamed and changed is compared with what it was", async () => {
  const added = `${MISTAKE}\n\ndef remove(name):\n    subprocess.run("rm " + name, shell=True)\n`;
  const pull = await app.openPullRequest(
    { "old.py": `${MISTAKE}${FILLER}` },
    { "old.py": null, "new.py": `${added}${FILLER}` },
  );
  await app.review(pull);
  expect(places(pull)).toEqual(["new.py:9"]);
});

test("a deleted file has nothing to say", async () => {
  const pull = await app.openPullRequest({ "a.py": MISTAKE }, { "a.py": null });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "success", title: "No findings in 1 changed file" });
});

test("a binary file is listed, and does not fail the check", async () => {
  const pull = await app.openPullRequest({}, { "a.py": Buffer.from([0x80, 0, 1, 2, 3, 0xff]), "b.py": "b = 1\n" });
  const run = await app.review(pull);
  expect(run.conclusion).toBe("success");
  expect(run.summary).toContain("`a.py`: not analysed: it is not a text file");
});

test("a program with a NUL byte, before which Python may run it, could not be verified", async () => {
  const pull = await app.openPullRequest({}, { "a.py": `${MISTAKE}# \0\n`, "data.csv": "a,b\0\n" });
  const run = await app.review(pull);
  expect(run.conclusion).toBe("failure");
  expect(run.summary).toContain("`a.py`: not analysed: it has NUL bytes, before which Python may run it");
});

test("a file that is not UTF-8 is listed, and does not fail the check", async () => {
  const pull = await app.openPullRequest(
    {},
    { "a.py": Buffer.from("# caf\u00e9\na = 1\n", "latin1"), "b.py": "b = 1\n" },
  );
  const run = await app.review(pull);
  expect(run.conclusion).toBe("success");
  expect(run.summary).toContain("`a.py`: not analysed: it is not UTF-8");
});

test("a file is read in the encoding that it names, and offered no change in another one", async () => {
  const text = `# coding: latin-1\n# \xe4\n${YAML}`;
  const pull = await app.openPullRequest({}, { "a.py": Buffer.from(text, "latin1") });
  await app.review(pull);
  expect(places(pull)).toEqual(["a.py:7"]);
  expect(pull.comments[0]?.body).not.toContain("```suggestion");
});

test("a file in an encoding that hides code could not be verified", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "# coding: utf-7\na = 1\n", "b.py": "b = 1\n" });
  const run = await app.review(pull);
  expect(run.conclusion).toBe("failure");
  expect(run.summary).toContain("`a.py`: not analysed: it names an encoding that is not read here");
});

test("what Git LFS keeps is listed, and the check is not green where it is a program", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n";
  const data = await app.review(await app.openPullRequest({}, { "data.ipynb": pointer, "b.py": "b = 1\n" }));
  expect(data.conclusion).toBe("success");
  expect(data.summary).toContain("`data.ipynb`: not analysed: it is kept in Git LFS, which is not read");
  const program = await app.review(await app.openPullRequest({}, { "a.py": pointer }));
  expect(program).toMatchObject({ conclusion: "failure", title: "Could not verify: 1 file could not be read" });
});

test("a script is known by its first line, whether the patch shows it or not", async () => {
  const script = `#!/usr/bin/env python3\n${FILLER}`;
  const pull = await app.openPullRequest(
    { "bin/list": script, "bin/shell": `#!/bin/sh\n${FILLER}`, "bin/data": Buffer.from([0, 1, 2]) },
    {
      "bin/list": `${script}${MISTAKE}`,
      "bin/shell": `#!/bin/sh\n${FILLER}${MISTAKE}`,
      "bin/data": Buffer.from([0, 1, 3]),
    },
  );
  const run = await app.review(pull);
  expect(places(pull)).toEqual(["bin/list:46"]);
  expect(run.summary).toContain("1 of 3 changed files");
});

test("a file over 512 kB is listed with its size, and the check is not green where it is a program", async () => {
  const large = "x = 1\n".repeat(102_400);
  const data = await app.openPullRequest({}, { "data.json": large, "b.py": "b = 1\n" });
  expect((await app.review(data)).conclusion).toBe("success");
  const pull = await app.openPullRequest({}, { "data.py": large, "b.py": "b = 1\n" });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "Could not verify: 1 file could not be analysed" });
  expect(run.summary).toContain("`data.py`: not analysed: 600 kB, limit 512 kB");
});

test("a file that GraphQL cuts is read whole", async () => {
  const text = `${`# ${"x".repeat(97)}\n`.repeat(5_130)}${MISTAKE}`;
  expect(Buffer.byteLength(text)).toBeGreaterThan(512_000);
  const pull = await app.openPullRequest({}, { "long.py": text });
  const run = await app.review(pull);
  expect(run.annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual(["long.py:5135"]);
});

test("a file without a patch is compared by its texts", async () => {
  const lines = Array.from({ length: 21_000 }, (_, index) => `# x${index}=1\n`);
  const pull = await app.openPullRequest(
    { "table.py": `${lines.join("")}${MISTAKE}` },
    {
      "table.py": `${lines.join("").replaceAll("=1", "=2")}${MISTAKE}`,
      "b.py": MISTAKE,
    },
  );
  const run = await app.review(pull);
  expect(run.annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual(["b.py:5"]);
  expect(run.title).toBe("1 error in 2 changed files");
});

test("of broken Python what parses is reviewed, with a remark", async () => {
  const pull = await app.openPullRequest({}, { "a.py": `${MISTAKE}\n\nclass :\n    pass\n` });
  const run = await app.review(pull);
  expect(places(pull)).toEqual(["a.py:5"]);
  expect(run.summary).toMatch(/`a\.py` line \d+: not Python that the parser knows; the rest of the file was analysed/u);
});

test("a file that the parser cannot cope with costs a remark, and the others are reviewed", async () => {
  const pull = await app.openPullRequest(
    {},
    { "slow.py": `x = 1 + \\\n${"\\\n".repeat(100_000)}1\n`, "a.py": MISTAKE },
  );
  const run = await app.review(pull);
  expect(run.summary).toMatch(/`slow\.py`: not analysed: [\d,]+ lines joined by backslashes, limit 2,000/u);
  expect(places(pull)).toEqual(["a.py:5"]);
  expect(run.title).toBe("1 error; 1 file could not be analysed");
});

test("Windows line ends and a byte order mark move no line", async () => {
  const pull = await app.openPullRequest({}, { "a.py": `\uFEFF${YAML.replaceAll("\n", "\r\n")}` });
  await app.review(pull);
  expect(places(pull)).toEqual(["a.py:5"]);
  expect(pull.comments[0]?.body).toContain("```suggestion\n    return yaml.safe_load(text)");
});

test("code behind a lone carriage return, which ends a line for Python alone, is reviewed", async () => {
  const hidden = MISTAKE.replaceAll("\n", "\r");
  const pull = await app.openPullRequest(
    { "b.py": "# shop\r# app\n" },
    { "a.py": hidden, "b.py": `# shop\r# app\n${hidden}` },
  );
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "2 errors in 2 changed files" });
  expect(pull.comments.map(({ path, place }) => [path, place])).toEqual([
    ["a.py", undefined],
    ["b.py", undefined],
  ]);
  expect(pull.comments[1]?.body).toContain("`b.py` line 7");
});

test("a requirements file is reviewed", async () => {
  const pull = await app.openPullRequest(
    { "requirements.txt": "flask==3.0.0\n" },
    { "requirements.txt": "--index-url http://pypi.example.com/simple\nflask==3.0.0\n" },
  );
  await app.review(pull);
  expect(places(pull)).toEqual(["requirements.txt:1"]);
});

const FILLER = Array.from({ length: 40 }, (_, index) => `value_${index} = ${index}\n`).join("");

function places({ comments }: PullRequest): readonly string[] {
  return comments.map(({ path, place }) => `${path}:${place?.line}`);
}
