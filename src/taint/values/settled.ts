import type { ValueFact } from "../facts.ts";

/** What only a name says of a value: it goes nowhere but where its kinds do, and tells nothing of who decides the value. */
const SAID_BY_NAME: ReadonlySet<string> = new Set(["password", "secret", "pii"]);

/**
 * Nobody outside decides what the value is, as far as a kind of sink goes: it is constant, or was made harmless for it, or it is a list of
 * nothing but such values.
 */
export function isSettled({ constancy, labels, cleared, elements = [] }: ValueFact, kind: string): boolean {
  const isTraced = labels.length === 0 || labels.some((label) => !SAID_BY_NAME.has(label));
  if (constancy === "constant" || (isTraced && cleared.includes(kind))) return true;
  return elements.length > 0 && elements.every((element) => isSettled(element, kind));
}
