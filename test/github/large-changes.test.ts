import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import type { Changes } from "./stand-in/write-commit.ts";

const app = await startApp();
afterAll(() => app.close());

const MISTAKE = "import subprocess\n\n\ndef run(name):\n    subprocess.run('ls ' + name, shell=True)\n";

test("a change of 50 Python files takes at most 12 requests", async () => {
  const pull = await app.openPullRequest(
    many(50, (index) => `value = ${index}\n`),
    many(50, (index) => (index === 7 ? MISTAKE : `value = ${index + 1}\n`)),
  );
  app.github.forgetRequests();
  const run = await app.review(pull);
  expect(run.title).toBe("1 error in 50 changed files");
  expect(pull.comments).toHaveLength(1);
  expect(app.github.countRequests()).toBeLessThanOrEqual(12);
});

test("a change of 3,000 files is reviewed whole", async () => {
  const head = { ...many(2_900, () => "x\n", "txt"), ...many(99, (index) => `value = ${index}\n`), "zz.py": MISTAKE };
  const pull = await app.openPullRequest({}, head);
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "1 error in 100 changed files" });
  expect(run.summary).toContain("100 of 3,000 changed files");
});

test("a change of more files than GitHub lists could not be verified, and says so", async () => {
  const pull = await app.openPullRequest(
    {},
    many(3_010, () => "x\n", "txt"),
  );
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "Could not verify: 1 file could not be read" });
  expect(run.summary).toContain("GitHub lists no more than 3,000 files of a change");
});

test("80 findings are annotated in two calls, the conclusion in the last one", async () => {
  const lines = Array.from({ length: 80 }, (_, index) => `    subprocess.run('ls ${index} ' + name, shell=True)\n`);
  const pull = await app.openPullRequest({}, { "a.py": `import subprocess\n\n\ndef run(name):\n${lines.join("")}` });
  app.github.forgetRequests();
  const run = await app.review(pull);
  expect(run.annotations).toHaveLength(80);
  expect(run.conclusion).toBe("failure");
  const calls = app.github.requests.filter(({ method, path }) => method === "PATCH" && path.includes("/check-runs/"));
  expect(calls.map(({ body }) => sizeAndConclusion(body))).toEqual([
    [50, undefined],
    [30, "failure"],
  ]);
});

test("a comment on more places than fit is cut between two of them, and says how many are left out", async () => {
  const folder = Array.from({ length: 12 }, (_, index) => `a-folder-with-a-long-name-${index}`).join("/");
  const lines = Array.from({ length: 190 }, (_, index) => `    subprocess.run('ls ${index} ' + name, shell=True)\n`);
  const pull = await app.openPullRequest(
    {},
    { [`${folder}/a.py`]: `import subprocess\n\n\ndef run(name):\n${lines.join("")}` },
  );
  const run = await app.review(pull);
  const [comment, ...others] = pull.comments;
  expect(others).toEqual([]);
  const body = comment?.body ?? "";
  expect(Buffer.byteLength(body)).toBeLessThan(65_536);
  const said = body.match(/^- \[`.* line \d+`?\]\(https:\S+#L\d+\)/gmu) ?? [];
  const left = Number(body.match(/^- (\d+) more places/mu)?.[1]);
  expect(said.length).toBeGreaterThan(0);
  expect(said.length + left).toBe(190);
  expect(body).toMatch(/\[Why this matters and how to fix it\]/u);
  expect(run.annotations).toHaveLength(190);
});

function many(count: number, text: (index: number) => string, ending = "py"): Changes {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`shop/file_${index}.${ending}`, text(index)] as const),
  );
}

function sizeAndConclusion(body: unknown): readonly unknown[] {
  const { output, conclusion } = body as { output: { annotations: readonly unknown[] }; conclusion?: string };
  return [output.annotations.length, conclusion];
}
