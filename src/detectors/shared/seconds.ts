import type { ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { ownEntry } from "../../text/own-entry.ts";
import { makingCall } from "./making-call.ts";

const UNITS: Readonly<Record<string, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3_600,
  minutes: 60,
  seconds: 1,
};
const POSITIONS = ["days", "seconds"];

/** How long a setting says: a number, or `datetime.timedelta(days=30)` with known parts. Undefined where it is not known. */
export function secondsOf(facts: ModuleFacts, node: number, value: ValueFact): number | undefined {
  const [constant, ...others] = value.constants;
  if (typeof constant === "number" && others.length === 0) return constant;
  const call = makingCall(facts, node);
  if (call === undefined || !call.callee.includes("datetime.timedelta") || call.splat || call.doubleSplat)
    return undefined;
  let seconds = 0;
  for (const { position, keyword, value: part } of call.args) {
    const unit = ownEntry(UNITS, keyword ?? POSITIONS[position ?? -1] ?? "");
    const [amount, ...more] = part.constants;
    if (unit === undefined || typeof amount !== "number" || more.length > 0) return undefined;
    seconds += unit * amount;
  }
  return seconds;
}
