import type { ValueFact } from "../facts.ts";

/**
 * Nobody outside decides what the value is, as far as a kind of sink goes: it is constant, or was made harmless for it, or it is a list of
 * nothing but such values.
 */
export function isSettled({ constancy, labels, cleared, elements = [] }: ValueFact, kind: string): boolean {
  if (constancy === "constant" || (labels.length > 0 && cleared.includes(kind))) return true;
  return elements.length > 0 && elements.every((element) => isSettled(element, kind));
}
