import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClients } from "../../src/github/clients.ts";
import { createLimiters, DEFAULT_PACE } from "../../src/github/limiters.ts";
import { readRegistration } from "../../src/github/read-registration.ts";
import { RequestLedger } from "../../src/github/request-ledger.ts";
import { createLog } from "../../src/log.ts";
import { Alarms } from "../service/alarms.ts";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { createScene, firstOf, MISTAKE, mistakes, REPAIRED, THREE } from "./complaints/scene.ts";

/** One life of the App in which everything that it ever asks of GitHub is asked, and answered as GitHub's description says. */

let app: AppOnLoopback;
const alarms = new Alarms();
const advisories = mkdtempSync(join(tmpdir(), "safepath-osv-"));
beforeAll(async () => {
  app = await startApp({ recovers: true, every: alarms.every, settings: { audits: true, advisories } });
});
afterAll(async () => {
  await app.close();
  rmSync(advisories, { recursive: true });
});

const source = fileURLToPath(new URL("../../src/github/", import.meta.url));
const description = JSON.parse(
  readFileSync(new URL("./schema/github-openapi.json", import.meta.url), "utf8"),
) as Described;

interface Described {
  readonly operations: Readonly<Record<string, { readonly id: string }>>;
}

/** `octokit.rest.pulls.listFiles` is GitHub's operation `pulls/list-files`. */
function calledOperations(): readonly string[] {
  const texts = globSync("**/*.ts", { cwd: source }).map((file) => readFileSync(`${source}${file}`, "utf8"));
  const calls = texts.flatMap((text) => [...text.matchAll(/\.rest\s*\.(\w+)\s*\.(\w+)\(?/gu)]);
  const kebab = (name: string) => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return [...new Set(calls.map(([, scope = "", name = ""]) => `${kebab(scope)}/${kebab(name)}`))].toSorted();
}

test("no operation that the App knows is left untried", async () => {
  await liveOnce();
  const called = calledOperations();
  expect(called).toContain("pulls/create-review");
  const answered = new Set(
    app.github.requests.filter(({ status }) => (status ?? 500) < 400).map((each) => each.operation),
  );
  const ids = new Set(
    Object.entries(description.operations).flatMap(([operation, { id }]) => (answered.has(operation) ? [id] : [])),
  );
  expect(called.filter((id) => !ids.has(id))).toEqual([]);
});

async function liveOnce(): Promise<void> {
  const scene = createScene(app);
  const { github } = app;
  await github.createRepository({
    owner: "acme",
    name: ".github",
    files: { ".github/safepath.yml": "defaults: {}\n" },
  });
  // Comments one by one, a reply, a question, a repair.
  github.faults.inject({ kind: "status", status: 422, match: REVIEWS });
  const pull = await scene.open({}, { "a.py": MISTAKE });
  await scene.reply(pull, "mona", "/safepath explain");
  await scene.ended(await github.announceConversation(pull, github.comment(pull, "mona", "/safepath help")));
  await scene.push(pull, { "a.py": REPAIRED });
  await scene.ended(await github.announceMergeGroup(pull, { baseSha: pull.baseSha, headSha: pull.headSha }));
  // Writes that were saved though GitHub failed, of a run with many annotations and a long file.
  github.faults.inject({ kind: "502-saved", match: REVIEWS });
  github.faults.inject({ kind: "502-saved", match: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}" });
  await scene.open({}, { "a.py": mistakes(60), "b.py": THREE, "long.py": `# ${"x".repeat(98)}\n`.repeat(5_130) });
  // A fork, whose pull request has to be looked up.
  const fork = github.fork(pull.repository, "hubot");
  await fork.commit("patch", { "c.py": MISTAKE }, { from: await pull.repository.resolve("main") });
  const foreign = await github.openPullRequest(pull.repository, { head: "patch", fork });
  await app.review(foreign);
  const { id } = await github.announceSuiteRerun(foreign);
  await app.logged(({ delivery, msg }) => delivery?.startsWith(id) === true && msg === "review ended");
  expect(firstOf(foreign.comments).path).toBe("c.py");
  // What was there before the App.
  const early = await app.openPullRequest({}, { "d.py": MISTAKE });
  await github.announceInstallation(early.repository, "created");
  await github.untilChecked(early);
  // The registration itself.
  const { id: appId, privateKey } = github.app;
  const clients = createClients({
    credentials: { appId, privateKey },
    apiUrl: github.url,
    limiters: createLimiters(DEFAULT_PACE),
    ledger: new RequestLedger(app.clock),
    clock: app.clock,
    log: createLog("silent"),
  });
  await readRegistration(clients, 1);
  // What did not arrive.
  const { id: lost } = await github.announce(foreign, { action: "reopened" }, { to: "http://127.0.0.1:9/" });
  alarms.ring();
  await app.logged(({ delivery, msg }) => delivery === lost && msg === "review ended");
  // What default branches have locked, a day later.
  const audits = () => app.log.filter(({ msg }) => msg === "the daily audit ended").length;
  const before = audits();
  await app.clock.pass(25 * 60 * 60_000);
  while (audits() === before) {
    alarms.ring();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const REVIEWS = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
