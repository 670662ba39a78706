import { existsSync, readFileSync } from "node:fs";
import type { Logger } from "pino";

/**
 * A process that ends by a bug would print the error with all its fields, and Node's reports and core dumps would hold the environment and
 * memory: code under review, keys, secrets. One line of the log says what happened instead, by the rules of the log, and no report is
 * written, whatever `NODE_OPTIONS` says. A core dump only the system can forbid: `npm start` and the image do, otherwise it is said.
 */
export function leaveNoDump(log: Logger): void {
  const { report } = process;
  report.excludeEnv = true;
  report.reportOnFatalError = false;
  report.reportOnUncaughtException = false;
  report.reportOnSignal = false;
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "the process ended by a bug");
    process.exit(1);
  });
  if (mayDumpCore()) log.warn({}, "core dumps are allowed, and would hold code and secrets: ulimit -c 0");
}

const LIMITS = "/proc/self/limits";

function mayDumpCore(): boolean {
  if (!existsSync(LIMITS)) return false;
  const limit = /^Max core file size\s+(\S+)/mu.exec(readFileSync(LIMITS, "utf8"))?.[1];
  return limit !== undefined && limit !== "0";
}
