import type { ModuleFacts } from "../../taint/facts.ts";
import { textBefore } from "../shared/text-before.ts";

/** Behind these stands the name of a table or a column, or the direction of an order: no parameter can. */
const NAME_BEHIND =
  /(?:\b(?:from|join|into|update|table|exists|view|index|database|schema|column|truncate|sequence|user|role|select|distinct|(?:order|group)\s+by|(?:grant|revoke)\s[^'";]*\s(?:on|to))\s+["`[]?|\b(?:order|group)\s+by\s[\w.,\s"`]*\s|\w\.["`[]?)$/i;

/** Whether a value stands where the statement has a name, by the text right before it. */
export function isNamePlace(facts: ModuleFacts, piece: number): boolean {
  return NAME_BEHIND.test(textBefore(facts, piece));
}
