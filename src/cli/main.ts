#!/usr/bin/env node
/** The composition root of the command line. */
import { readFileSync } from "node:fs";
import type { CliContext } from "./context.ts";
import { runProgram } from "./program.ts";

const context: CliContext = {
  version: readVersion(),
  cwd: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  stdout: process.stdout,
  stderr: process.stderr,
  async loadRules() {
    const { loadRules } = await import("../engine/load-rules.ts");
    return (await loadRules()).rules;
  },
  async createEngine(work) {
    const { createEngine } = await import("./create-engine.ts");
    return createEngine(work);
  },
};

/** A reader that has seen enough (`| head`) is no error. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Children get the signal from the terminal too; the shell wants to see that it was the signal that ended this process.
process.once("SIGINT", () => process.kill(process.pid, "SIGINT"));

process.exitCode = await runProgram(process.argv.slice(2), context);

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
