import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

const Options = z.strictObject({
  /** `grant`: rights that are given too widely. `schema`: a request handler that changes tables. */
  statement: z.enum(["grant", "schema"]),
});

const RUNNERS = new Set(
  "execute executemany executescript exec_driver_sql execute_sql run_sql text fetch fetchrow fetchval RunSQL".split(
    " ",
  ),
);

const GRANTS: readonly RegExp[] = [
  /^\s*GRANT\s+ALL\b[^;]*/i,
  /^\s*GRANT\b[^;]*\bON\s+\*\.\*[^;]*/i,
  /^\s*GRANT\b[^;]*\bWITH\s+GRANT\s+OPTION\b/i,
  /^\s*GRANT\b[^;]*\bTO\s+PUBLIC\b/i,
  /^\s*(?:ALTER|CREATE)\s+(?:USER|ROLE)\b[^;]*\bSUPERUSER\b/i,
];
const SCHEMA =
  /^\s*(?:DROP|ALTER|TRUNCATE|CREATE)\s+(?:TABLE|DATABASE|SCHEMA|USER|ROLE|INDEX|UNIQUE\s+INDEX|VIEW|TRIGGER|FUNCTION|PROCEDURE|EXTENSION)\b/i;

/** Statements that give rights or change tables. */
export const sqlPrivileges: ModuleDetector = {
  kind: "module",
  name: "sql-privileges",
  triggers: (raw) => ({
    names: [...RUNNERS],
    ...(Options.parse(raw).statement === "schema" && { and: { isRoute: true } }),
  }),
  prepare: (raw) => {
    const { statement } = Options.parse(raw);
    return (facts) => detect(facts, statement);
  },
};

function* detect(facts: ModuleFacts, wanted: "grant" | "schema"): Generator<Detection> {
  for (const call of facts.calls) {
    const sql = statementRun(facts, call);
    if (sql === undefined) continue;
    const found = wanted === "grant" ? grantIn(sql) : SCHEMA.exec(sql)?.[0];
    if (found === undefined || (wanted === "schema" && !isInHandler(facts, call))) continue;
    const words = found.trim().replace(/\s+/g, " ");
    yield { node: call.node, fields: { statement: words, handler: facts.scopeOf(call.node) } };
  }
}

/** `NOSUPERUSER` takes the right away. */
function grantIn(sql: string): string | undefined {
  if (!/^\s*(?:GRANT|ALTER|CREATE)\b/i.test(sql)) return undefined;
  for (const pattern of GRANTS) {
    const [found] = pattern.exec(sql) ?? [];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The SQL that a call runs, as far as it is written there; undefined of one that runs none. */
export function statementRun(facts: ModuleFacts, { name, args }: CallFact): string | undefined {
  const [statement] = args;
  if (statement === undefined || !RUNNERS.has(lastPart(name))) return undefined;
  return sqlOf(facts, statement.node, statement.value.constants);
}

/** The statement's text; of an f-string what is written of it. */
function sqlOf(facts: ModuleFacts, node: number, constants: readonly unknown[]): string | undefined {
  const [constant] = constants;
  if (typeof constant === "string") return constant;
  if (facts.syntax.kind[node] !== Kind.string) return undefined;
  return textOf(facts.syntax, node).replace(/^[a-z]*("""|'''|"|')/i, "");
}

function isInHandler(facts: ModuleFacts, call: CallFact): boolean {
  const scope = facts.scopeOf(call.node);
  return factIndex(facts)
    .definedAs(scope)
    .some(({ isRoute }) => isRoute);
}
