import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { headerValues } from "../shared/header-values.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

const HEADER = "strict-transport-security";
/** In seconds: what is shorter does not outlast a night. */
const SHORT = 86_400;

/** `Strict-Transport-Security` with a lifetime under a day, set as an item of headers or by a call that is given both. */
export const hstsHeader: ModuleDetector = {
  kind: "module",
  name: "hsts-header",
  triggers: { words: ["strict", "hsts"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const { node, value } of headerValues(facts, HEADER)) {
    if (isShort(value) && !isUnderDebugGuard(facts.syntax, node))
      yield { node, fields: { name: "Strict-Transport-Security" } };
  }
}

function isShort({ constants }: ValueFact): boolean {
  return (
    constants.length > 0 && constants.every((constant) => typeof constant === "string" && lifetime(constant) < SHORT)
  );
}

function lifetime(header: string): number {
  const directive = header
    .split(";")
    .map((part) => part.trim().toLowerCase())
    .find((part) => part.startsWith("max-age="));
  const seconds = Number(directive?.slice("max-age=".length).replaceAll('"', ""));
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds;
}
