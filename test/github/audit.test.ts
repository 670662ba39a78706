import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { record } from "../packages/osv-server.ts";
import { Alarms } from "../service/alarms.ts";
import { ManualClock } from "../service/manual-clock.ts";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import type { CheckRun } from "./stand-in/check-state.ts";
import type { Repository } from "./stand-in/repository.ts";
import { startStandIn } from "./stand-in/stand-in.ts";

const DAY = 24 * 60 * 60_000;
const LOCK = `[[package]]
name = "idna"
version = "3.4"
source = { registry = "https://pypi.org/simple" }
`;

const advisories = mkdtempSync(join(tmpdir(), "safepath-osv-"));
const alarms = new Alarms();
const clock = new ManualClock(new Date().toISOString(), true);
let app: AppOnLoopback;
let shop: Repository;
let off: Repository;

beforeAll(async () => {
  const flaw = record("GHSA-aaaa", "idna", [{ introduced: "0" }, { fixed: "3.7" }], {
    database_specific: { severity: "HIGH" },
  });
  writeFileSync(join(advisories, "GHSA-aaaa.json"), JSON.stringify(flaw));
  const github = await startStandIn();
  const files = {
    "uv.lock": LOCK,
    "api/requirements.txt": "flask==3.1.1\nidna==3.4\n",
    "a/b/requirements.txt": "idna==3.4\n",
    "app.py": "eval(input())\n",
  };
  shop = await github.createRepository({ owner: "acme", name: "audited", files });
  const silenced = { ...files, ".github/safepath.yml": "rules: { dep-known-vulnerable: off }\n" };
  off = await github.createRepository({ owner: "acme", name: "silenced", files: silenced });
  await github.createRepository({ owner: "acme", name: "sound", files: { "requirements.txt": "idna==3.7\n" } });
  app = await startApp({ github, clock, every: alarms.every, settings: { audits: true, advisories } });
});
afterAll(async () => {
  await app.close();
  rmSync(advisories, { recursive: true });
});

function audits({ checkRuns }: Repository): readonly CheckRun[] {
  return checkRuns.filter(({ name }) => name === "Safepath audit");
}

/** Waits for the audit after `passed` milliseconds, of which nobody else is told. */
async function nextAudit(passed: number): Promise<void> {
  const ended = () => app.log.filter(({ msg }) => msg === "the daily audit ended").length;
  const before = ended();
  await clock.pass(passed);
  while (ended() === before) {
    alarms.ring();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("what a default branch locks is looked up each day, and said once for each commit", async () => {
  await app.logged(({ msg }) => msg === "the daily audit ended");
  const [run, ...others] = audits(shop);
  expect(others).toEqual([]);
  expect(run).toMatchObject({ conclusion: "failure", title: "3 releases with known flaws on the default branch" });
  expect(run?.annotations.map(({ path, start_line }) => `${path}:${start_line}`).toSorted()).toEqual([
    "a/b/requirements.txt:1",
    "api/requirements.txt:2",
    "uv.lock:2",
  ]);
  expect(run?.summary).toContain("`idna` 3.4 has known flaws: GHSA-aaaa (high). Take 3.7 or later.");
  expect(run?.summary).toMatch(/\[`uv\.lock` line 2\]\(.*\/acme\/audited\/blob\/[0-9a-f]{40}\/uv\.lock#L2\)/);
  await nextAudit(DAY);
  expect(audits(shop)).toHaveLength(1);
});

test("a configuration that switches the rule off is heard, and what is sound gets no check", () => {
  expect(app.github.requests.some(({ path }) => path.includes("/acme/silenced"))).toBe(true);
  expect(audits(off)).toEqual([]);
  expect(
    app.github.requests.filter(({ method, path }) => method === "POST" && path.endsWith("check-runs")),
  ).toHaveLength(1);
});
