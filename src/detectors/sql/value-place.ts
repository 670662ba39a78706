import type { ModuleFacts } from "../../taint/facts.ts";
import { textBefore } from "../shared/text-before.ts";

/** Behind a comparison, in a row of values, or behind a quote that the statement brings along. */
const VALUE_BEHIND = /(?:[=<>(]|\b(?:like|between|values\s*\([^()]*,))\s*'?%*$|[\s,]'%*$/i;

/** Whether a value stands where a parameter could: it is meant as a text or a number, not as a name. */
export function isValuePlace(facts: ModuleFacts, piece: number): boolean {
  return VALUE_BEHIND.test(textBefore(facts, piece));
}
