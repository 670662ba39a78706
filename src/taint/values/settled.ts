import type { ValueFact } from "../facts.ts";

/** Nobody outside decides what the value is, as far as a kind of sink goes: it is constant, or was made harmless for it. */
export function isSettled({ constancy, labels, cleared }: ValueFact, kind: string): boolean {
  return constancy === "constant" || (labels.length > 0 && cleared.includes(kind));
}
