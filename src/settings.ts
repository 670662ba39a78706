import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** All that the server is told from outside, read once. */
export interface Settings {
  readonly appId: number;
  readonly privateKey: string;
  /** Keys that are being replaced: what they have signed is still known. */
  readonly previousPrivateKeys: readonly string[];
  /** The secret in force first; then the one that is being replaced. */
  readonly webhookSecrets: readonly [string, ...string[]];
  /** No slash at the end. */
  readonly apiUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Where the pages of rules are found, no slash at the end. */
  readonly rulePages: string;
  /** Reviews at a time. */
  readonly reviews: number;
  /** Analysing child processes. */
  readonly analysers: number;
  /** Reverse proxies in front of the service: so many of the addresses in `X-Forwarded-For` are theirs to say. */
  readonly proxies: number;
  readonly queue: QueuePlace;
  readonly role: Role;
  /** `/metrics` is served on a port of its own, or not at all. */
  readonly metricsPort?: number;
  /** Between looks for what was missed; 0: never. */
  readonly recoveryMinutes: number;
  /** Reviews, findings and answers are kept for so long after they were last seen. */
  readonly retentionDays: number;
  /** Who knows of flaws in packages: `online`, another server's address, or a folder of OSV's records. Absent: nobody is asked. */
  readonly advisories?: string;
  /** Whether PyPI and deps.dev are asked about packages that a change adds. */
  readonly describesPackages?: boolean;
  /** Whether default branches are looked through once a day for flaws that have become known. */
  readonly audits?: boolean;
}

/** `web` takes deliveries, `worker` reviews; one process does both unless told otherwise. */
export type Role = z.infer<typeof role>;

/** A file for one server (`:memory:` ends with it), or PostgreSQL for several. */
export type QueuePlace =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string };

export type LogLevel = z.infer<typeof logLevel>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Names every problem at once, so that a deployment is put right in one go. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the settings are not complete:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

export function readSettings(environment: Environment, readFile = readText): Settings {
  const problems: string[] = [];
  const secrets = Object.fromEntries(
    SECRETS.map((name) => [name, secretFrom(environment, name, readFile, problems)] as const),
  );
  const parsed = variables.safeParse({ ...withoutEmpty(environment), ...secrets });
  for (const issue of parsed.error?.issues ?? []) problems.push(`${issue.path.join(".")}: ${issue.message}`);
  if (parsed.success && parsed.data.ROLE !== "all" && parsed.data.DATABASE_URL === undefined)
    problems.push("DATABASE_URL: is missing: processes of one role meet in a database");
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const { data } = parsed;
  const previous = data.WEBHOOK_SECRET_PREVIOUS;
  return {
    appId: data.APP_ID,
    privateKey: data.PRIVATE_KEY,
    previousPrivateKeys: data.PRIVATE_KEY_PREVIOUS === undefined ? [] : [data.PRIVATE_KEY_PREVIOUS],
    webhookSecrets: [data.WEBHOOK_SECRET, ...(previous === undefined ? [] : [previous])],
    apiUrl: data.GHE_HOST === undefined ? "https://api.github.com" : `https://${data.GHE_HOST}/api/v3`,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    rulePages: data.RULE_PAGES_URL.replace(/\/+$/u, ""),
    reviews: data.REVIEWS,
    analysers: data.ANALYSERS,
    proxies: data.PROXIES,
    queue: queuePlaceOf(data),
    role: data.ROLE,
    ...(data.METRICS_PORT === undefined ? {} : { metricsPort: data.METRICS_PORT }),
    recoveryMinutes: data.RECOVERY_MINUTES,
    retentionDays: data.RETENTION_DAYS,
    ...(data.ADVISORIES === "off" ? {} : { advisories: data.ADVISORIES }),
    audits: data.AUDIT === "daily" && data.ADVISORIES !== "off" && data.ROLE !== "web",
    describesPackages: (data.PACKAGES ?? (data.ADVISORIES === "online" ? "online" : "off")) === "online",
  };
}

/** Of the settings what leads to the queue, for whoever needs nothing else. */
export function readQueuePlace(environment: Environment, readFile = readText): QueuePlace {
  const problems: string[] = [];
  const url = secretFrom(environment, "DATABASE_URL", readFile, problems);
  const parsed = variables.pick({ DATA_DIR: true, DATABASE_URL: true }).safeParse({
    ...withoutEmpty(environment),
    DATABASE_URL: url,
  });
  for (const issue of parsed.error?.issues ?? []) problems.push(`${issue.path.join(".")}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  return queuePlaceOf(parsed.data);
}

function queuePlaceOf({ DATA_DIR, DATABASE_URL }: { DATA_DIR: string; DATABASE_URL?: string | undefined }): QueuePlace {
  return DATABASE_URL === undefined
    ? { kind: "file", path: join(DATA_DIR, "queue.db") }
    : { kind: "postgres", url: DATABASE_URL };
}

/** Each may be given as `<NAME>_FILE`, the path of a file that holds it. */
const SECRETS = [
  "PRIVATE_KEY",
  "PRIVATE_KEY_PREVIOUS",
  "WEBHOOK_SECRET",
  "WEBHOOK_SECRET_PREVIOUS",
  "DATABASE_URL",
] as const;

/** Shorter secrets can be guessed from one delivery: its signature is checked offline. */
const SHORTEST_SECRET = 16;
const FEWEST_CHARACTERS = 6;

/** Most of a review is waiting for GitHub; the children that analyse take their work one by one. */
export const DEFAULT_REVIEWS = 16;

const logLevel = z.enum(["fatal", "error", "warn", "info", "debug"]);

const role = z.enum(["all", "web", "worker"], { error: "has to be all, web or worker" });

const webhookSecret = z
  .string({ error: "is missing: without it anybody can send deliveries" })
  .refine(
    (secret) => secret.length >= SHORTEST_SECRET && new Set(secret).size >= FEWEST_CHARACTERS,
    `is weak: take at least ${SHORTEST_SECRET} random characters, for example from \`openssl rand -hex 32\``,
  );

const privateKey = z
  .string({ error: "is missing: generate one on the App's page and give it as a PEM" })
  .transform((text) => (text.includes("-----BEGIN") ? text.replaceAll("\\n", "\n") : decodeBase64(text)))
  .refine(isPrivateKey, "is no private key in PEM format (plain or in base64)");

const whole = (text: string, least: number, most: number) =>
  z.coerce.number({ error: text }).refine((value) => Number.isInteger(value) && value >= least && value <= most, text);

const variables = z.object({
  APP_ID: whole("has to be the App's id, a number", 1, Number.MAX_SAFE_INTEGER),
  PRIVATE_KEY: privateKey,
  PRIVATE_KEY_PREVIOUS: privateKey.optional(),
  WEBHOOK_SECRET: webhookSecret,
  WEBHOOK_SECRET_PREVIOUS: webhookSecret.optional(),
  GHE_HOST: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/iu, "has to be a host name, without `https://` and without a path")
    .optional(),
  HOST: z.string().default("0.0.0.0"),
  PORT: whole("has to be a port, 0 to 65535", 0, 65_535).default(3000),
  METRICS_PORT: whole("has to be a port, 0 to 65535", 0, 65_535).optional(),
  LOG_LEVEL: logLevel.default("info"),
  RULE_PAGES_URL: z.url({ protocol: /^https?$/u, error: "has to be an address of the rule pages, https://…" }),
  REVIEWS: whole("has to be 1 to 64", 1, 64).default(DEFAULT_REVIEWS),
  ANALYSERS: whole("has to be 1 to 64", 1, 64).default(availableParallelism()),
  PROXIES: whole("has to be 0 to 10", 0, 10).default(0),
  DATA_DIR: z.string().default("data"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/u, error: "has to be an address of a PostgreSQL database, postgresql://…" })
    .optional(),
  ROLE: role.default("all"),
  RECOVERY_MINUTES: whole("has to be 0 to 1440", 0, 1_440).default(5),
  RETENTION_DAYS: whole("has to be 1 to 3650", 1, 3_650).default(90),
  ADVISORIES: z.string().default("online"),
  AUDIT: z.enum(["daily", "off"], { error: "has to be daily or off" }).default("off"),
  PACKAGES: z.enum(["online", "off"], { error: "has to be online or off" }).optional(),
});

function secretFrom(
  environment: Environment,
  name: string,
  readFile: (path: string) => string,
  problems: string[],
): string | undefined {
  const path = environment[`${name}_FILE`] || undefined;
  const value = environment[name] || undefined;
  if (path === undefined) return value;
  if (value !== undefined) problems.push(`${name}: is given twice, as ${name} and as ${name}_FILE`);
  try {
    return readFile(path).trim();
  } catch {
    problems.push(`${name}_FILE: the file cannot be read`);
    return value;
  }
}

function readText(path: string): string {
  return readFileSync(path, "utf8");
}

/** An empty variable is how many tools say "not set". */
function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}

function decodeBase64(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
