import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE } from "../../python/walk.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { narrow } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { LISTED } from "../values/marks.ts";
import { DYNAMIC, type Value } from "../values/value.ts";

/** Statements that ask a database for the names of its own tables and columns. */
const OF_SCHEMA =
  /^\s*(?:PRAGMA\s|SHOW\s|DESC(?:RIBE)?\s|SELECT\b[^;]*\bFROM\s+["`]?(?:pragma_\w+\b|information_schema\.|pg_catalog\.|pg_tables\b|pg_class\b|sqlite_(?:master|schema)\b|(?:all|user|dba)_tab(?:les|_columns)\b))/i;

/**
 * `db.execute("SELECT name FROM sqlite_master")`: what it finds are names that whoever made the tables gave them, and no data. A cursor gives
 * them until it is told another statement.
 */
export function schemaRows(machine: Machine, call: Call): Value | undefined {
  const rows = rowsOf(call);
  const cursor = receiverNode(machine, call);
  if (cursor !== NONE && call.receiver !== undefined) {
    const { receiver } = call;
    if (rows !== undefined) narrow(machine, cursor, 0, { value: { ...receiver, paths: [...receiver.paths, LISTED] } });
    else if (receiver.paths.includes(LISTED))
      narrow(machine, cursor, 0, { value: { ...receiver, paths: receiver.paths.filter((path) => path !== LISTED) } });
  }
  return rows;
}

/** `cursor.fetchall()` behind such a statement. */
export function fetchedRows(_machine: Machine, { receiver }: Call): Value | undefined {
  return receiver?.paths.includes(LISTED) === true ? ROWS : undefined;
}

const ROWS: Value = { ...DYNAMIC, paths: ["sql.SchemaRows()"] };

/** The variable of the cursor; NONE where it is none. */
function receiverNode({ syntax }: Machine, { node }: Call): number {
  const method = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : NONE;
  if (method === NONE || syntax.kind[method] !== Kind.attribute) return NONE;
  const object = childByField(syntax, method, Field.object);
  return syntax.kind[object] === Kind.identifier ? object : NONE;
}

function rowsOf({ args }: Call): Value | undefined {
  const { constants, prefix } = findArgument(args, 0, ["sql", "query", "statement"])?.value ?? {};
  const texts = constants ?? (prefix === undefined ? [] : [prefix]);
  const isOfSchema = texts.length > 0 && texts.every((text) => typeof text === "string" && OF_SCHEMA.test(text));
  return isOfSchema ? ROWS : undefined;
}
