import type { ModuleFacts } from "../../taint/facts.ts";
import { isPlainValue } from "./plain-value.ts";

/** Whether a piece of a text has one of the labels, and nothing has made it safe for the kind of sink. */
export function isForeign(facts: ModuleFacts, node: number, labels: readonly string[], kind: string): boolean {
  const value = facts.value(node);
  return value?.labels.some((label) => labels.includes(label)) === true && !value.cleared.includes(kind);
}

/** Whether a piece of a text can do nothing in a sink of that kind: it is constant, a number or the like, or was made safe for it. */
export function isHarmless(facts: ModuleFacts, node: number, kind: string): boolean {
  const value = facts.value(node);
  return value !== undefined && (value.constancy === "constant" || isPlainValue(value) || value.cleared.includes(kind));
}
