import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { DYNAMIC, type Value } from "../values/value.ts";

/** Statements that ask a database for the names of its own tables and columns. */
const OF_SCHEMA =
  /^\s*(?:PRAGMA\s|SHOW\s|DESC(?:RIBE)?\s|SELECT\b[^;]*\bFROM\s+["`]?(?:information_schema\.|pg_catalog\.|pg_tables\b|pg_class\b|sqlite_(?:master|schema)\b|(?:all|user|dba)_tab(?:les|_columns)\b))/i;

/** `db.execute("SELECT name FROM sqlite_master")`: what it finds are names that whoever made the tables gave them, and no data. */
export function schemaRows(_machine: Machine, { args }: Call): Value | undefined {
  const { constants, prefix } = findArgument(args, 0, ["sql", "query", "statement"])?.value ?? {};
  const texts = constants ?? (prefix === undefined ? [] : [prefix]);
  const isOfSchema = texts.length > 0 && texts.every((text) => typeof text === "string" && OF_SCHEMA.test(text));
  return isOfSchema ? { ...DYNAMIC, paths: ["sql.SchemaRows()"] } : undefined;
}
