import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";

/** The columns that a statement asks for, where it names them one by one; white space is one blank. */
const COLUMNS = /^ ?select ([^()';]{1,400}?) from /i;
const PASSWORD = /(?:^|[."`[])(?:password|passwd|pwd|passphrase)["`\]]?$/i;

/** Characters of a statement in which its columns stand. */
const MAX_STATEMENT = 1_000;

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
  const columns = fetched === undefined ? undefined : columnsBehind(facts, scope, fetched.value);
  return PASSWORD.test(columns?.at(place)?.trim() ?? "");
}

/** Of `db.execute("…").fetchone()`, or of the last `execute` before `cursor.fetchone()`. */
function columnsBehind(facts: ModuleFacts, scope: string, fetch: number): readonly string[] | undefined {
  const known = knownColumns(facts);
  if (known.has(fetch)) return known.get(fetch);
  const { syntax } = facts;
  const isFetch = /\.(?:fetchone|first)\(\)$/.test(textOf(syntax, fetch));
  const executed = isFetch ? executesByScope(facts).get(scope) : undefined;
  const text = executed?.findLast(({ node }) => node < syntax.next[fetch])?.args[0]?.value.constants[0];
  const statement = typeof text === "string" ? text.slice(0, MAX_STATEMENT).replaceAll(/\s+/g, " ") : "";
  const columns = COLUMNS.exec(statement)?.[1]?.split(",");
  known.set(fetch, columns);
  return columns;
}

const knownColumns = oncePer((_: ModuleFacts) => new Map<number, readonly string[] | undefined>());

const executesByScope: (facts: ModuleFacts) => ReadonlyMap<string, readonly CallFact[]> = oncePer((facts) =>
  Map.groupBy(
    facts.calls.filter(({ name }) => name.endsWith(".execute")),
    ({ node }) => facts.scopeOf(node),
  ),
);
