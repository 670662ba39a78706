import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { examine } from "../../src/doctor.ts";
import { NEEDED_EVENTS, NEEDED_PERMISSIONS } from "../../src/service/registration.ts";
import { ManualClock } from "../service/manual-clock.ts";
import { expectContract } from "./stand-in/expect-contract.ts";
import type { Repository } from "./stand-in/repository.ts";
import { type StandIn, startStandIn } from "./stand-in/stand-in.ts";

let github: StandIn;
let shop: Repository;
beforeEach(async () => {
  github = await startStandIn();
  shop = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  shop.requiredChecks.push({ by: "ruleset", name: "Safepath", appId: github.app.id });
  const configuration = await github.createRepository({
    owner: "acme",
    name: ".github",
    files: { ".github/safepath.yml": "defaults: { mode: monitor }\n" },
  });
  configuration.requiredChecks.push({ by: "ruleset", name: "Safepath", appId: github.app.id });
});
afterEach(async () => {
  await github.close();
  expectContract(github);
});

async function doctor(changes: Readonly<Record<string, string>> = {}, mostRepositories = 100) {
  let text = "";
  const environment = {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: "a secret for deliveries that nobody guesses",
    RULE_PAGES_URL: "https://example.com/rules",
    ...changes,
  };
  const writeLine = (line: string) => {
    text += `${line}\n`;
  };
  const clock = new ManualClock(new Date().toISOString(), true);
  const code = await examine({ environment, clock, mostRepositories, writeLine, apiUrl: github.url });
  return { code, text };
}

test("what the doctor asks for is what the manifest registers", () => {
  const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")) as Record<string, unknown>;
  expect(manifest.default_permissions).toEqual(NEEDED_PERMISSIONS);
  expect(manifest.default_events).toEqual(NEEDED_EVENTS);
});

test("a registration that is as it should be has no problem", async () => {
  const { code, text } = await doctor();
  expect(text).toContain("acme/shop: the check is required, from this App");
  expect(text).not.toMatch(/^ {2}(?:problem|advice)/mu);
  expect(code).toBe(0);
});

test("lost permissions and events are named, of the App and of each installation", async () => {
  github.world.registration.permissions = { checks: "read", contents: "read", pull_requests: "write" };
  github.world.registration.events = NEEDED_EVENTS.filter((event) => event !== "merge_group");
  const installation = github.world.installationOf(shop);
  installation.permissions = { ...NEEDED_PERMISSIONS, statuses: "read" } as typeof installation.permissions;
  const { code, text } = await doctor();
  expect(text).toContain("the App lacks the permissions checks: write, statuses: write, merge_queues: read");
  expect(text).toContain("the App does not subscribe to merge_group");
  expect(text).toContain("acme: the installation does not grant statuses: write");
  expect(code).toBe(1);
});

test("a permission that is not used is advised against, and fails nothing", async () => {
  github.world.registration.permissions = { ...github.world.registration.permissions, administration: "write" };
  const { code, text } = await doctor();
  expect(text).toContain("a permission that it does not use, administration: write");
  expect(code).toBe(0);
});

test.each([
  [
    "an address without encryption",
    { url: "http://safepath.example.com/api/github/webhooks" },
    "deliveries go to http:",
  ],
  ["another path", { url: "https://safepath.example.com/" }, "set it to https://YOUR-HOST/api/github/webhooks"],
  ["forms", { content_type: "form" }, "deliveries come as form"],
  ["no secret", { secret: undefined }, "has no webhook secret"],
  ["no check of the certificate", { insecure_ssl: "1" }, "does not verify the certificate"],
])("a webhook with %s is a problem", async (_, change, said) => {
  const { secret, ...hook } = { ...github.world.registration.hook, ...change };
  github.world.registration.hook = secret === undefined ? hook : { ...hook, secret };
  const { code, text } = await doctor();
  expect(text).toContain(said);
  expect(code).toBe(1);
});

test("failed deliveries are counted by answer, with what each means", async () => {
  github.sendHooksTo({ url: "http://127.0.0.1:9/nobody-listens", secret: "x" });
  await github.deliver("ping", {});
  await github.deliver("ping", {});
  const { text, code } = await doctor();
  expect(text).toContain("2 deliveries of ping failed with 504");
  expect(text).toContain("the service was down or not reached");
  expect(code).toBe(1);
});

test.each([
  ["any source", undefined, "requires the check from any source"],
  ["another App", 15368, "wants the check from App 15368, so ours never counts"],
])("a check that is required from %s is a problem", async (_, appId, said) => {
  shop.requiredChecks.length = 0;
  shop.requiredChecks.push({ by: "branch-protection", name: "Safepath", ...(appId === undefined ? {} : { appId }) });
  const { text, code } = await doctor();
  expect(text).toContain(`acme/shop: a branch protection ${said}`);
  expect(code).toBe(1);
});

test("a check that is not required, a suspended installation and repositories left out are advice", async () => {
  shop.requiredChecks.length = 0;
  const other = await github.createRepository({ owner: "globex", name: "site" });
  github.world.installationOf(other).suspendedAt = new Date();
  await github.createRepository({ owner: "acme", name: "empty" });
  const { text, code } = await doctor({}, 1);
  expect(text).toContain("acme/shop: the check is not required on the default branch");
  expect(text).toContain("acme: 2 more repositories were not looked at");
  expect(text).toContain("globex: the installation is suspended");
  expect(code).toBe(0);
});

test("a repository without a commit is looked at as well", async () => {
  await github.createRepository({ owner: "acme", name: "empty" });
  expect((await doctor()).text).toContain("acme/empty: the check is not required");
});

test("a key of another App is told apart from a GitHub that does not answer", async () => {
  const other = await doctor({ APP_ID: "1" });
  expect(other.text).toContain("APP_ID and PRIVATE_KEY do not belong together");
  expect(other.code).toBe(1);
  github.faults.inject({ kind: "502-html", match: () => true, times: Number.POSITIVE_INFINITY });
  const silent = await doctor();
  expect(silent.text).toContain("GitHub did not answer");
  expect(silent.code).toBe(3);
});

test("settings that are not right are named, a weak secret among them", async () => {
  const { text, code } = await doctor({ WEBHOOK_SECRET: "development" });
  expect(text).toContain("WEBHOOK_SECRET: is weak");
  expect(code).toBe(2);
});

test("an organization without a configuration gets a link that is filled in", async () => {
  await github.createRepository({ owner: "initech", name: "site", files: { "a.py": "a = 1\n" } });
  const { text } = await doctor();
  expect(text).toContain("acme: there is a configuration for all repositories");
  const [, link = ""] = /initech: the App finds no configuration[^\n]*\n[^\n]*(https:\S+)/u.exec(text) ?? [];
  const { origin, pathname, searchParams } = new URL(link);
  expect(origin + pathname).toBe("https://github.com/initech/.github/new/main");
  expect(Object.fromEntries(searchParams)).toEqual({
    filename: ".github/safepath.yml",
    value: "defaults:\n  mode: monitor\n",
  });
});
