#!/usr/bin/env node
/** The composition root of the command line. */
import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { inspect } from "node:util";
import type { Trouble } from "../engine/trouble.ts";
import { printable } from "../report/printable.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit-code.ts";

// Before anything large is loaded: compiled code is kept between runs.
enableCompileCache();

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
    return createEngine(work, tellTrouble);
  },
};

/** A reader that has seen enough (`| head`) is no error. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Children get the signal from the terminal too; the shell wants to see that it was the signal that ended this process.
process.once("SIGINT", () => process.kill(process.pid, "SIGINT"));

try {
  const { runProgram } = await import("./program.ts");
  process.exitCode = await runProgram(process.argv.slice(2), context);
} catch (error) {
  // Node's own 1 would say that there are findings.
  process.exitCode = EXIT.unverified;
  process.stderr.write(`safepath: this is a mistake in Safepath itself\n${inspect(error)}\n`);
}

/** The report has a notice; the error itself helps whoever reports the mistake. */
function tellTrouble(trouble: Trouble): void {
  if (trouble.kind !== "threw") return;
  process.stderr.write(`safepath: ${printable(`${trouble.path}: ${trouble.error}`)}\n`);
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
