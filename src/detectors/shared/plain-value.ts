import type { ValueFact } from "../../taint/facts.ts";

const PLAIN_TYPES: ReadonlySet<string> = new Set([
  "int()",
  "float()",
  "bool()",
  "len()",
  "uuid.UUID()",
  "uuid.uuid4()",
  "decimal.Decimal()",
  "datetime.date()",
  "datetime.datetime()",
]);

/** Whether a value is a number, a date or the like: no character of it has a meaning in any language. */
export function isPlainValue(value: ValueFact): boolean {
  return value.paths.length > 0 && value.paths.every((path) => PLAIN_TYPES.has(path));
}
