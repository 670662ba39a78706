import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { type Environment, readQueuePlace, readSettings, SettingsError } from "../src/settings.ts";

const PRIVATE_KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey.trim();

const COMPLETE: Environment = {
  APP_ID: "1234",
  PRIVATE_KEY,
  WEBHOOK_SECRET: "0f8a6c1b93de4572",
  RULE_PAGES_URL: "https://example.com/rules/",
};

test("a complete environment gives settings, with defaults for what was left out", () => {
  expect(readSettings(COMPLETE)).toMatchObject({
    appId: 1234,
    privateKey: PRIVATE_KEY,
    webhookSecrets: ["0f8a6c1b93de4572"],
    apiUrl: "https://api.github.com",
    host: "0.0.0.0",
    port: 3000,
    logLevel: "info",
    rulePages: "https://example.com/rules",
    proxies: 0,
    queue: { kind: "file", path: "data/queue.db" },
  });
});

test("the queue lies in the folder for data", () => {
  expect(readSettings({ ...COMPLETE, DATA_DIR: "/data" }).queue).toEqual({ kind: "file", path: "/data/queue.db" });
});

test("the queue is in the database where one is named, also by a file", () => {
  const url = "postgresql://safepath:word@db/safepath";
  expect(readSettings({ ...COMPLETE, DATABASE_URL: url }).queue).toEqual({ kind: "postgres", url });
  const fromFile = readSettings({ ...COMPLETE, DATABASE_URL_FILE: "/run/url" }, () => `${url}\n`);
  expect(fromFile.queue).toEqual({ kind: "postgres", url });
});

test("a process of one role needs a database to meet the others in", () => {
  expect(problemsOf({ ...COMPLETE, ROLE: "worker" })).toEqual([expect.stringMatching(/^DATABASE_URL: is missing/u)]);
  expect(problemsOf({ ...COMPLETE, ROLE: "cook" })).toEqual([expect.stringMatching(/^ROLE: /u)]);
  const settings = readSettings({ ...COMPLETE, ROLE: "web", DATABASE_URL: "postgresql://db/safepath" });
  expect(settings.role).toBe("web");
});

test("a database that is none of PostgreSQL is refused, without its password", () => {
  const [problem = ""] = problemsOf({ ...COMPLETE, DATABASE_URL: "mysql://root:hunter2@db/safepath" });
  expect(problem).toMatch(/^DATABASE_URL: /u);
  expect(problem).not.toContain("hunter2");
});

test("an empty environment names all that is missing at once", () => {
  expect(problemsOf({})).toEqual([
    expect.stringMatching(/^APP_ID: /u),
    expect.stringMatching(/^PRIVATE_KEY: is missing/u),
    expect.stringMatching(/^WEBHOOK_SECRET: is missing/u),
    expect.stringMatching(/^RULE_PAGES_URL: /u),
  ]);
});

test.each(["", "development", "fifteen-letters", "aaaaaaaaaaaaaaaaaaaaaaaa"])(
  "the webhook secret %j is refused",
  (secret) => {
    expect(problemsOf({ ...COMPLETE, WEBHOOK_SECRET: secret })).toEqual([expect.stringMatching(/^WEBHOOK_SECRET: /u)]);
  },
);

test("a weak secret is refused as the previous one too, and no problem repeats a secret", () => {
  const [problem = ""] = problemsOf({ ...COMPLETE, WEBHOOK_SECRET_PREVIOUS: "hunter2" });
  expect(problem).toMatch(/^WEBHOOK_SECRET_PREVIOUS: is weak/u);
  expect(problem).not.toContain("hunter2");
});

test("two secrets are accepted during a rotation, the new one first", () => {
  const { webhookSecrets } = readSettings({ ...COMPLETE, WEBHOOK_SECRET_PREVIOUS: "the secret of last month" });
  expect(webhookSecrets).toEqual(["0f8a6c1b93de4572", "the secret of last month"]);
});

test.each([
  ["in one line with \\n", PRIVATE_KEY.replaceAll("\n", "\\n")],
  ["in base64", Buffer.from(PRIVATE_KEY).toString("base64")],
])("a key %s is understood", (_, key) => {
  expect(readSettings({ ...COMPLETE, PRIVATE_KEY: key }).privateKey).toBe(PRIVATE_KEY);
});

test("a key that is none is refused", () => {
  expect(problemsOf({ ...COMPLETE, PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\nabc\n" })).toEqual([
    expect.stringMatching(/^PRIVATE_KEY: is no private key/u),
  ]);
});

test("secrets are read from files", () => {
  const { PRIVATE_KEY: _, WEBHOOK_SECRET: __, ...rest } = COMPLETE;
  const files: Readonly<Record<string, string>> = { "/run/key": `${PRIVATE_KEY}\n`, "/run/hook": "0f8a6c1b93de4572\n" };
  const settings = readSettings(
    { ...rest, PRIVATE_KEY_FILE: "/run/key", WEBHOOK_SECRET_FILE: "/run/hook" },
    (path) => files[path] ?? "",
  );
  expect(settings).toMatchObject({ privateKey: PRIVATE_KEY, webhookSecrets: ["0f8a6c1b93de4572"] });
});

test("a file that cannot be read, and a secret that is given twice, are problems", () => {
  const environment = { ...COMPLETE, WEBHOOK_SECRET_FILE: "/nowhere/hook" };
  expect(problemsOf(environment)).toEqual([
    "WEBHOOK_SECRET: is given twice, as WEBHOOK_SECRET and as WEBHOOK_SECRET_FILE",
    "WEBHOOK_SECRET_FILE: the file cannot be read",
  ]);
});

test("a GitHub Enterprise Server is named by its host", () => {
  expect(readSettings({ ...COMPLETE, GHE_HOST: "github.example.com" }).apiUrl).toBe(
    "https://github.example.com/api/v3",
  );
});

test.each([
  ["GHE_HOST", "https://github.example.com"],
  ["PORT", "80a"],
  ["PORT", "70000"],
  ["APP_ID", "Iv1.abc"],
  ["LOG_LEVEL", "loud"],
  ["RULE_PAGES_URL", "javascript:alert(1)"],
  ["REVIEWS", "0"],
])("%s=%s is refused by name", (name, value) => {
  expect(problemsOf({ ...COMPLETE, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `, "u"))]);
});

function problemsOf(environment: Environment): readonly string[] {
  try {
    readSettings(environment, () => {
      throw new Error("no such file");
    });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("what was missed is looked for every five minutes unless told otherwise", () => {
  expect(readSettings(COMPLETE).recoveryMinutes).toBe(5);
  expect(readSettings({ ...COMPLETE, RECOVERY_MINUTES: "0" }).recoveryMinutes).toBe(0);
  expect(problemsOf({ ...COMPLETE, RECOVERY_MINUTES: "-1" })).toEqual([expect.stringMatching(/^RECOVERY_MINUTES: /u)]);
});

test("a key that is being replaced is read like the one in force, also from a file", () => {
  expect(readSettings(COMPLETE).previousPrivateKeys).toEqual([]);
  const files = { ...COMPLETE, PRIVATE_KEY_PREVIOUS_FILE: "/run/old.pem" };
  expect(readSettings(files, () => PRIVATE_KEY).previousPrivateKeys).toEqual([PRIVATE_KEY]);
  expect(problemsOf({ ...COMPLETE, PRIVATE_KEY_PREVIOUS: "x" })).toEqual([
    expect.stringMatching(/^PRIVATE_KEY_PREVIOUS: is no private key/u),
  ]);
});

test("the place of the queue is read without the rest of the settings", () => {
  expect(readQueuePlace({ DATA_DIR: "/data" })).toEqual({ kind: "file", path: "/data/queue.db" });
  const url = "postgresql://db/safepath";
  expect(readQueuePlace({ DATABASE_URL_FILE: "/run/url" }, () => url)).toEqual({ kind: "postgres", url });
  expect(() => readQueuePlace({ DATABASE_URL: "mysql://db" })).toThrow(SettingsError);
});

test("new packages are described where advisories are asked for online, unless it is said", () => {
  const describes = (more: Environment) => readSettings({ ...COMPLETE, ...more }).describesPackages;
  expect(describes({})).toBe(true);
  expect(describes({ ADVISORIES: "off" })).toBe(false);
  expect(describes({ ADVISORIES: "/srv/osv" })).toBe(false);
  expect(describes({ ADVISORIES: "off", PACKAGES: "online" })).toBe(true);
  expect(describes({ PACKAGES: "off" })).toBe(false);
  expect(problemsOf({ ...COMPLETE, PACKAGES: "pypi" })).toEqual([expect.stringMatching(/^PACKAGES: /u)]);
});

test("audits are made where somebody asks for them, and somebody can be asked about advisories", () => {
  const audits = (more: Environment) => readSettings({ ...COMPLETE, ...more }).audits;
  expect(audits({})).toBe(false);
  expect(audits({ AUDIT: "daily" })).toBe(true);
  expect(audits({ AUDIT: "daily", ADVISORIES: "off" })).toBe(false);
  expect(problemsOf({ ...COMPLETE, AUDIT: "hourly" })).toEqual([expect.stringMatching(/^AUDIT: /u)]);
});
