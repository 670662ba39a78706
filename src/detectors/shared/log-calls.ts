import { lastPart } from "../../python/last-part.ts";
import type { Triggers } from "../../rules/triggers.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { isSettingsPath } from "./settings-module.ts";

const METHODS = new Set([
  "debug",
  "info",
  "notice",
  "warning",
  "warn",
  "error",
  "critical",
  "fatal",
  "exception",
  "log",
  "trace",
  "success",
  "msg",
  "emit",
]);

/** The last name of what a log method is called on: `self.log.info`, `app.logger.error`, `LOG.debug`. */
const RECEIVERS = new Set(["log", "logger", "logging", "loguru", "structlog", "audit", "auditlog"]);

const LIBRARIES = ["logging.", "loguru.", "structlog.", "twisted.python.log.", "absl.logging."];

const STREAMS = new Set(["sys.stdout.write", "sys.stderr.write"]);

/** Modules that a program for a terminal imports: what it prints goes to whoever started it. */
const COMMAND_LINE = new Set(["argparse", "click", "typer", "optparse", "getopt", "fire", "docopt", "rich", "getpass"]);

/** Whether a call writes to a log: by its API path, or by the name of what it is called on. */
export function isLogCall({ callee, name }: CallFact): boolean {
  if (!METHODS.has(lastPart(name))) return false;
  const parts = name.split(".");
  if (callee.some((path) => LIBRARIES.some((library) => path.startsWith(library)))) return true;
  const receiver = parts
    .at(-2)
    ?.toLowerCase()
    .replace(/\(.*\)$/, "")
    .replace(/^_+|_+$/g, "");
  return receiver !== undefined && (RECEIVERS.has(receiver) || /(?:^|_|get)(?:log|logger)$/.test(receiver));
}

/** What a module has that makes such a call. */
export const RECORDING: Triggers = { names: [...METHODS], calls: ["print", ...STREAMS] };

/** The calls whose text is kept where others read it: log calls, and what a service prints. */
export const recordingCalls: (facts: ModuleFacts) => readonly CallFact[] = oncePer((facts) => {
  const prints = !isCommandLine(facts);
  return facts.calls.filter(
    (call) =>
      isLogCall(call) || (prints && (call.callee.includes("print") || call.callee.some((path) => STREAMS.has(path)))),
  );
});

function isCommandLine(facts: ModuleFacts): boolean {
  if (isSettingsPath(facts.path)) return false;
  if (
    /(?:^|\/)(?:scripts?|bin|tools?|management\/commands|cli|cmd)\/|(?:^|\/)(?:__main__|cli|setup|manage)\.py$/.test(
      facts.path,
    )
  )
    return true;
  if (/^#!.*python/.test(facts.text)) return true;
  const isProgram =
    facts.syntax.names.includes("__name__") &&
    IS_MAIN.test(facts.text) &&
    !facts.definitions.some(({ isRoute }) => isRoute);
  return isProgram || facts.imports.some(({ module }) => COMMAND_LINE.has(module.split(".")[0] ?? ""));
}

/** `if __name__ ==` at the begin of a line; what is before the name is looked at behind it, for the name is quickly found. */
const IS_MAIN = /__name__(?<=^if\s+__name__)\s*==/m;
