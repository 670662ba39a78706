import { firstFrom } from "../../python/first-from.ts";
import { NONE } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { isLogCall } from "./log-calls.ts";
import { nameWords } from "./name-words.ts";

/** Words of calls that tell somebody: `audit`, `capture_exception`, `metrics.increment`, `report_failure`. */
const TELLING = new Set(
  (
    "log logger logging audit record capture track report notify alert emit sentry rollbar newrelic bugsnag metric metrics " +
    "counter inc incr increment statsd signal warn print throttle ratelimit history"
  ).split(" "),
);

/** Whether code in a node tells of what happened there: to a log, an audit trail, a collector of errors or metrics. */
export function leavesRecord(facts: ModuleFacts, node: number): boolean {
  return callsIn(facts, node).some((call) => isTelling(call) || callsTelling(facts, call));
}

/** The calls inside a node. */
export function callsIn(facts: ModuleFacts, node: number): readonly CallFact[] {
  return node === NONE ? [] : callsBetween(facts, node, facts.syntax.next[node]);
}

/** The calls whose nodes are in `[from, to)`. */
export function callsBetween({ calls }: ModuleFacts, from: number, to: number): readonly CallFact[] {
  return calls.slice(firstFrom(calls, from), firstFrom(calls, to));
}

const isTelling: (call: CallFact) => boolean = oncePer((call) => {
  if (isLogCall(call) || call.name.endsWith(".send")) return true;
  return call.name
    .split(".")
    .slice(-2)
    .some((part) => nameWords(part).some((word) => TELLING.has(word)));
});

/** A function of the same file that tells, one step deep. */
function callsTelling(facts: ModuleFacts, { name }: CallFact): boolean {
  return tellingFunctions(facts).has(name.split(".").at(-1) ?? "");
}

const tellingFunctions: (facts: ModuleFacts) => ReadonlySet<string> = oncePer((facts) => {
  const functions = facts.definitions.filter(({ kind }) => kind === "function");
  return new Set(functions.filter(({ node }) => callsIn(facts, node).some(isTelling)).map(({ name }) => name));
});
