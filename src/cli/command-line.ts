/** The composition root of the command line. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { inspect } from "node:util";
import type { Engine } from "../analysis/analyser.ts";
import { readVersion } from "../engine/read-version.ts";
import type { Trouble } from "../engine/trouble.ts";
import { printable } from "../report/printable.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { isoDateOf } from "../text/iso-date.ts";
import { type CliContext, UsageError, type Work } from "./context.ts";
import { EXIT } from "./exit-code.ts";

const context: CliContext = {
  version: readVersion(),
  cwd: process.cwd(),
  today: isoDateOf(new Date()),
  stdout: process.stdout,
  stderr: process.stderr,
  async loadRules() {
    return (await loadRuleSet()).rules;
  },
  loadRuleSet,
  createEngine,
  async advisories(from) {
    const isServer = from === "online" || /^https?:\/\//.test(from);
    if (!isServer && !existsSync(from)) throw new UsageError(`--advisories: there is no folder ${from}`);
    const { createAdvisories } = await import("../package-knowledge.ts");
    const { systemClock } = await import("../system-clock.ts");
    return createAdvisories(from, { clock: systemClock });
  },
  async serve(options) {
    // The server ends in its own way: it hands back what it is at.
    for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal);
    const { serve } = await import("../serve.ts");
    return serve(options);
  },
  async operateQueue() {
    const { loadEnvFile } = await import("../serve.ts");
    const { operateQueue } = await import("../operate-queue.ts");
    loadEnvFile(process.cwd());
    return operateQueue(process.env);
  },
  async examine(mostRepositories) {
    const { examine } = await import("../doctor.ts");
    const { systemClock } = await import("../system-clock.ts");
    return examine({
      environment: process.env,
      clock: systemClock,
      mostRepositories,
      writeLine: (line) => process.stdout.write(`${printable(line)}\n`),
    });
  },
};

/** A reader that has seen enough (`| head`) is no error. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// An orderly exit takes the children along; shells know 128 + the signal's number.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

try {
  const { runProgram } = await import("./program.ts");
  process.exitCode = await runProgram(process.argv.slice(2), context);
} catch (error) {
  // Node's own 1 would say that there are findings.
  process.exitCode = EXIT.unverified;
  process.stderr.write(`safepath: this is a mistake in Safepath itself\n${inspect(error)}\n`);
}

/**
 * In this process for what is done before a child has started (a child takes some 200 ms); in child processes for more,
 * where all cores work and one file cannot take the others down.
 */
async function createEngine({ files, size, fileAt }: Work): Promise<Engine> {
  const isLittle = files <= 16 && size <= 200 * 1024;
  if (!isLittle) {
    const { createChildPool } = await import("../engine/child-pool.ts");
    return createChildPool({ size: Math.min(availableParallelism(), files), fileAt, onTrouble: tellTrouble });
  }
  const [{ loadAnalyse }, { createInProcessEngine }] = await Promise.all([
    import("../engine/load-analyse.ts"),
    import("../engine/in-process.ts"),
  ]);
  return createInProcessEngine(await loadAnalyse({ askFor: fileAt }), tellTrouble);
}

/** The report has a notice; the error itself helps whoever reports the mistake. */
function tellTrouble(trouble: Trouble): void {
  if (trouble.kind !== "threw") return;
  process.stderr.write(`safepath: ${printable(`${trouble.path}: ${trouble.error}`)}\n`);
}

async function loadRuleSet(): Promise<RuleSet> {
  const { loadRules } = await import("../engine/load-rules.ts");
  return loadRules();
}
