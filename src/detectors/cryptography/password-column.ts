import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

/** The columns that a statement asks for, where it names them one by one. */
const COLUMNS = /^\s*select\s+([\w\s.,"`[\]]{1,400}?)\s+from\s/i;
const PASSWORD = /(?:^|[.\s"`[])(?:password|passwd|pwd|passphrase)["`\]]?$/i;

/** `row[1]` where the row was fetched by `SELECT id, password FROM person …`: the password as it is kept. */
export function isPasswordColumn(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.subscript) return false;
  const [place, ...others] = facts.value(childByField(syntax, node, Field.subscript))?.constants ?? [];
  const row = childByField(syntax, node, Field.value);
  if (typeof place !== "number" || others.length > 0 || syntax.kind[row] !== Kind.identifier) return false;
  const scope = facts.scopeOf(node);
  const fetched = factIndex(facts)
    .assignmentsTo(scope, textOf(syntax, row))
    .findLast((fact) => fact.node < node);
  const statement = fetched === undefined ? undefined : statementBehind(facts, scope, fetched.value);
  const columns = COLUMNS.exec(statement ?? "")?.[1]?.split(",");
  return PASSWORD.test(columns?.at(place)?.trim() ?? "");
}

/** The statement of `db.execute("…").fetchone()`, or of the last `execute` before `cursor.fetchone()`. */
function statementBehind(facts: ModuleFacts, scope: string, fetch: number): string | undefined {
  const { syntax } = facts;
  if (!/\.fetchone\(\)$|\.first\(\)$/.test(textOf(syntax, fetch))) return undefined;
  const executed = factIndex(facts)
    .callsIn(scope)
    .findLast(({ name, node }) => /\.execute$/.test(name) && node < syntax.next[fetch]);
  const text = executed?.args[0]?.value.constants[0];
  return typeof text === "string" ? text : undefined;
}
