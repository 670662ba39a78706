import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Serving, startServing } from "../github/serving.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";

/** In code under review, in an error, in the environment. */
const MARKS = ["canaryLineOfCode", "canaryInAnError", "canarySecretOfTheEnvironment"] as const;
const [LINE, IN_ERROR, SECRET] = MARKS;
const CODE = `import subprocess\n\n\ndef run(${LINE}):\n    subprocess.run(f"ls {${LINE}}", shell=True)\n`;

let github: StandIn;
let folder: string;
let repositories = 0;

beforeAll(async () => {
  github = await startStandIn();
});
afterAll(() => github.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-crash-"));
  return () => rmSync(folder, { recursive: true });
});

/** Dumps and reports are asked for in every way that there is; a review has been done, so that its code is in memory. */
async function startAndReview(): Promise<Serving> {
  const serving = await startServing(github, folder, {
    marks: IN_ERROR,
    before: "ulimit -c unlimited 2>/dev/null",
    environment: {
      WEBHOOK_SECRET: SECRET,
      NODE_OPTIONS: "--report-uncaught-exception --report-on-fatalerror --report-on-signal",
    },
  });
  await review();
  return serving;
}

async function review(): Promise<void> {
  repositories += 1;
  const repository = await github.createRepository({ owner: "acme", name: `shop-${repositories}`, files: {} });
  await repository.commit("feature", { "a.py": CODE }, { from: await repository.resolve(repository.defaultBranch) });
  const pull = await github.openPullRequest(repository, { head: "feature" });
  await github.announce(pull, { action: "opened" });
  expect((await github.untilChecked(pull)).conclusion).toBe("failure");
}

/** What the process was given is no trace of it. */
const GIVEN = "orders.json";

function left({ said }: Serving): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name !== GIVEN && statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name), "latin1")]);
  return { ...said, ...Object.fromEntries(files) };
}

function expectNoMark(traces: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(traces))
    for (const mark of MARKS) expect(text.includes(mark), `${mark} in ${name}`).toBe(false);
  expect(Object.keys(traces).filter((name) => /^(?:core|report)/u.test(name))).toEqual([]);
}

test.each(["throw", "reject"])("a bug that ends the service (%s) leaves one line of the log", async (how) => {
  const serving = await startAndReview();
  serving.child.stdin?.write(how);
  expect(await serving.ended()).toBe(1);
  expect(serving.said.stdout).toContain("the process ended by a bug");
  expectNoMark(left(serving));
});

test("a signal that asks for a report, and one that asks for a core dump, get none", async () => {
  const serving = await startAndReview();
  serving.child.kill("SIGUSR2");
  serving.child.kill("SIGABRT");
  expect(["SIGABRT", "SIGUSR2"]).toContain(await serving.ended());
  expectNoMark(left(serving));
});

test("an analysing process that crashes leaves nothing, and the next review is done in another", async () => {
  const serving = await startAndReview();
  for (const pid of serving.analysers()) process.kill(pid, "SIGABRT");
  await review();
  serving.child.kill("SIGTERM");
  expect(await serving.ended()).toBe(0);
  expectNoMark(left(serving));
});
