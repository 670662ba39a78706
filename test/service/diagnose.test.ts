import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { diagnose } from "../../src/service/diagnose.ts";
import { NEEDED_EVENTS, NEEDED_PERMISSIONS, type Registration } from "../../src/service/registration.ts";

const SOUND: Registration = {
  app: {
    id: 1,
    name: "Safepath",
    htmlUrl: "https://github.com/apps/safepath",
    permissions: NEEDED_PERMISSIONS,
    events: NEEDED_EVENTS,
  },
  hook: {
    url: "https://safepath.example.com/api/github/webhooks",
    contentType: "json",
    hasSecret: true,
    verifiesCertificate: true,
  },
  failures: [],
  installations: [],
};

test.each([
  [0, "no answer", "the service was down or not reached"],
  [400, "400", "application/json"],
  [401, "401", "the secrets differ"],
  [404, "404", "it has to end in /api/github/webhooks"],
  [413, "413", "let 25 MB through"],
  [500, "500", "the service was down or not reached"],
])("deliveries that failed with %s come with what it means", (status, said, remedy) => {
  const diagnoses = diagnose({ ...SOUND, failures: [{ event: "pull_request", status, times: 1 }] });
  expect(diagnoses).toContainEqual({
    kind: "problem",
    says: `1 delivery of pull_request failed with ${said}`,
    remedy: expect.stringContaining(remedy),
  });
});

test("an App that is installed nowhere is told where to install it", () => {
  expect(diagnose(SOUND)).toContainEqual({
    kind: "problem",
    says: "the App is installed nowhere",
    remedy: "install it: https://github.com/apps/safepath/installations/new",
  });
});

test("an App that may write contents is told what that switches on", () => {
  const app = { ...SOUND.app, permissions: { ...NEEDED_PERMISSIONS, contents: "write" } };
  const [first] = diagnose({ ...SOUND, app }).filter(({ says }) => says.includes("contents"));
  expect(first).toMatchObject({ kind: "fine", says: expect.stringContaining("fixes can be applied") });
});

test("what is looked for is what a new registration asks for", () => {
  const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));
  expect(manifest.default_permissions).toEqual(NEEDED_PERMISSIONS);
  expect(manifest.default_events.toSorted()).toEqual(NEEDED_EVENTS.toSorted());
});
