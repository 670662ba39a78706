import { lastPart } from "../../python/last-part.ts";
import { NONE } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn, leavesRecord } from "../shared/leaves-a-record.ts";
import { isLogCall } from "../shared/log-calls.ts";
import { nameWords } from "../shared/name-words.ts";
import { bodyOf } from "./guards.ts";
import { nameNode } from "./surroundings.ts";
import { isOfGuard } from "./who-may.ts";

/** Lines of a log that tell of a login, a refusal or a right, and that a function writes no more. */
export const removedAuditLog: ChangeDetector = {
  kind: "change",
  name: "removed-audit-log",
  prepare: () => ({
    concerns: ({ removed }) =>
      RECORDS.test(removed) ||
      (/log|audit/i.test(removed) && (NAMED.test(removed) || TELLS.test(removed) || /LogEntry/.test(removed))),
    detect,
  }),
};

/** Loggers that are kept for it, by their variable or by the name they are asked for under. */
const NAMED = /audit|security/i;

/** A call on a line of its own that may keep a record. */
const RECORDS = /^\s*(?:await\s+)?[\w.]*(?:record|event|trail|track)\w*\(/m;

/** What is worth a line where somebody looks for whoever tried. */
const TELLS =
  /\b(?:log(?:ged)?[ _-]?(?:in|out)|sign(?:ed)?[ _-]?in|password|denied|refused|forbidden|unauthori[sz]ed|permission|locked|signature|token|invalid credentials)\b/i;

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  for (const after of head.definitions) {
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    if (after.kind !== "function" || before === undefined || others.length > 0) continue;
    const then = callsIn(base, bodyOf(base, before));
    const now = callsIn(head, bodyOf(head, after));
    const names = new Set(now.map(({ name }) => name));
    const lost = then.find(
      (call) => isAudit(base, call) && !now.some((one) => isLine(one) && messageOf(one) === messageOf(call)),
    );
    if (lost === undefined || countOfLogs(now) >= countOfLogs(then)) continue;
    // Another function may write it now, and what was told of may be gone.
    const known = new Set(then.map(({ name }) => name));
    const isWrittenAnew =
      hasNewDecorator(before, after) ||
      now.some(
        ({ name, node }) => !known.has(name) && (leavesRecord(head, node) || /log|audit|record|event/i.test(name)),
      );
    const isOfLine = ({ node }: CallFact) => node >= lost.node && node < base.syntax.next[lost.node];
    const isElsewhere = then.some((call) => !isLogCall(call) && !isOfLine(call) && !names.has(call.name));
    if (isWrittenAnew || isElsewhere || now.length === 0) continue;
    yield {
      node: nameNode(head, after),
      fields: { function: after.name, line: `${lost.name}(${asWritten(messageOf(lost))})` },
    };
  }
}

function hasNewDecorator({ decorators }: DefinitionFact, after: DefinitionFact): boolean {
  return after.decorators.some(({ name }) => !decorators.some((one) => one.name === name));
}

function asWritten(message: string | undefined): string {
  return message === undefined ? "…" : `"${message}"`;
}

/** What writes a line: to a log, or to a trail of a project's own. */
function isLine(call: CallFact): boolean {
  return isLogCall(call) || isOfTrail(call);
}

/** By its name, or by that of the module that it is imported from: `record` of `from .audit import record`. */
function isOfTrail({ name, callee }: CallFact): boolean {
  return TRAIL.test(name) || callee.some((path) => /(?:^|\.)_?audit(?:_?(?:log|trail))?s?\.\w+$/i.test(path));
}

/** `audit.record`, `audit_log`, `AuditEvent.objects.create`, `record_audit_event`, Django's `LogEntry.objects.log_action`. */
const TRAIL =
  /(?:^|\.)(?:self\.)?_?audit(?:_?(?:log(?:ger)?|trail))?\.(?:record|log|write|append|add|emit|create|event|info)$|(?:^|\.)(?:audit|audit_?log|log_audit\w*|record_audit\w*|write_audit\w*|audit_event|log_security_event)$|(?:^|\.)Audit\w*\.(?:objects\.)?(?:create|record|log|add)$|(?:^|\.)LogEntry\.objects\.(?:log_actions?|create)$/;

function countOfLogs(calls: readonly CallFact[]): number {
  return calls.filter(isLine).length;
}

function messageOf({ args }: CallFact): string | undefined {
  const [message] = args.find(({ position }) => position === 0)?.value.constants ?? [];
  return typeof message === "string" ? message : undefined;
}

function isAudit(facts: ModuleFacts, call: CallFact): boolean {
  if (isOfTrail(call)) return true;
  if (!isLogCall(call) || /^(?:debug|trace)$/.test(lastPart(call.name))) return false;
  const [logger = ""] = call.name.split(/\.(?=\w+$)/);
  if (NAMED.test(logger)) return true;
  const made = facts.assignments.find(({ name }) => name === logger);
  const asked = factIndex(facts).callAt.get(made?.value ?? NONE)?.args[0]?.value.constants ?? [];
  if (asked.some((name) => typeof name === "string" && NAMED.test(name))) return true;
  const isOfLogin =
    nameWords(facts.scopeOf(call.node)).some((word) =>
      ["login", "signin", "authenticate", "password"].includes(word),
    ) || /sign_in/.test(facts.scopeOf(call.node));
  return (isOfLogin || isOfGuard(facts.scopeOf(call.node))) && TELLS.test(messageOf(call) ?? "");
}
