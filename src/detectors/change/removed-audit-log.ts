import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { callsIn, leavesRecord } from "../shared/leaves-a-record.ts";
import { isLogCall } from "../shared/log-calls.ts";
import { nameWords } from "../shared/name-words.ts";
import { bodyOf, lastPart } from "./guards.ts";
import { nameNode } from "./surroundings.ts";

/** Lines of a log that tell of a login, a refusal or a right, and that a function writes no more. */
export const removedAuditLog: ChangeDetector = {
  kind: "change",
  name: "removed-audit-log",
  prepare: () => ({
    concerns: ({ removed }) => /log|audit/i.test(removed) && (NAMED.test(removed) || TELLS.test(removed)),
    detect,
  }),
};

/** Loggers that are kept for it, by their variable or by the name they are asked for under. */
const NAMED = /audit|security/i;

/** What is worth a line where somebody looks for whoever tried. */
const TELLS =
  /\b(?:log(?:ged)?[ _-]?(?:in|out)|sign(?:ed)?[ _-]?in|password|denied|refused|forbidden|unauthori[sz]ed|permission|locked|signature|token|invalid credentials)\b/i;

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  for (const after of head.definitions) {
    const [before, ...others] = base.definitions.filter(({ qualifiedName }) => qualifiedName === after.qualifiedName);
    if (after.kind !== "function" || before === undefined || others.length > 0) continue;
    const then = callsIn(base, bodyOf(base, before));
    const now = callsIn(head, bodyOf(head, after));
    const names = new Set(now.map(({ name }) => name));
    const lost = then.find(
      (call) => isAudit(base, call) && !now.some((one) => isLogCall(one) && messageOf(one) === messageOf(call)),
    );
    if (lost === undefined || countOfLogs(now) >= countOfLogs(then)) continue;
    // Another function may write it now, and what was told of may be gone.
    const known = new Set(then.map(({ name }) => name));
    const isWrittenAnew = now.some(
      ({ name, node }) => !known.has(name) && (leavesRecord(head, node) || /log|audit|record|event/i.test(name)),
    );
    const isElsewhere = then.some((call) => !isLogCall(call) && !names.has(call.name));
    if (isWrittenAnew || isElsewhere || now.length === 0) continue;
    yield {
      node: nameNode(head, after),
      fields: { function: after.name, log: lost.name, message: messageOf(lost) ?? "" },
    };
  }
}

function countOfLogs(calls: readonly CallFact[]): number {
  return calls.filter(isLogCall).length;
}

function messageOf({ args }: CallFact): string | undefined {
  const [message] = args.find(({ position }) => position === 0)?.value.constants ?? [];
  return typeof message === "string" ? message : undefined;
}

function isAudit(facts: ModuleFacts, call: CallFact): boolean {
  if (!isLogCall(call) || /^(?:debug|trace)$/.test(lastPart(call.name))) return false;
  const [logger = ""] = call.name.split(/\.(?=\w+$)/);
  if (NAMED.test(logger)) return true;
  const made = facts.assignments.find(({ name }) => name === logger);
  const asked = facts.calls.find(({ node }) => node === made?.value)?.args[0]?.value.constants ?? [];
  if (asked.some((name) => typeof name === "string" && NAMED.test(name))) return true;
  const isOfLogin =
    nameWords(facts.scopeOf(call.node)).some((word) =>
      ["login", "signin", "authenticate", "password"].includes(word),
    ) || /sign_in/.test(facts.scopeOf(call.node));
  return isOfLogin && TELLS.test(messageOf(call) ?? "");
}
