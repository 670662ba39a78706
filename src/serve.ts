import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseAwayError } from "./database/open-postgres.ts";
import { DatabaseInUseError } from "./database/open-sqlite.ts";
import { leaveNoDump } from "./leave-no-dump.ts";
import { createLog } from "./log.ts";
import { readSettings, type Settings, SettingsError } from "./settings.ts";
import { startServer } from "./start-server.ts";
import { useProxyOf } from "./web-proxy.ts";

/** Orchestrators kill what is not gone after 30 s. */
const GRACE_MS = 25_000;

export interface ServeOptions {
  /** In the place of `ROLE`. */
  readonly role?: string;
}

/** Serves until the process is told to stop, and then ends it; 1 where it cannot be started, and why on the standard error. */
export async function serve({ role }: ServeOptions = {}): Promise<0 | 1> {
  loadEnvFile(process.cwd());
  try {
    const settings = readSettings({ ...process.env, ...(role === undefined ? {} : { ROLE: role }) });
    useProxyOf(process.env);
    await serveUntilStopped(settings);
    return 0;
  } catch (error) {
    if (!isOfSurroundings(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** What whoever runs the service can put right; all else is a bug. */
function isOfSurroundings(error: unknown): error is Error {
  return error instanceof SettingsError || error instanceof DatabaseInUseError || error instanceof DatabaseAwayError;
}

/** For local use: what the environment has already wins. */
export function loadEnvFile(folder: string): void {
  const path = join(folder, ".env");
  if (existsSync(path)) process.loadEnvFile(path);
}

/** Ends the process after SIGTERM or SIGINT, `graceMs` later at the latest. */
export async function serveUntilStopped(settings: Settings, graceMs = GRACE_MS): Promise<void> {
  const log = createLog(settings.logLevel);
  leaveNoDump(log);
  const server = await startServer(settings, { log });
  log.info({ port: server.port, api: settings.apiUrl, role: settings.role }, "serving");
  const signal = await new Promise<string>((resolve) => {
    for (const each of ["SIGTERM", "SIGINT"]) process.once(each, resolve);
  });
  log.info({ signal }, "shutting down");
  await server.close(graceMs);
  process.exit(0);
}
