import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";

import { textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nodesOfScope } from "../shared/nodes-of-scope.ts";
import { saysWhose } from "./whoever.ts";

/**
 * A condition of a statement of SQL that left what is somebody's alone, `account_id = :account`, where the same statement at the head has
 * no such condition, or has it behind an `OR`. Undefined where the statement gained another condition or the function another call.
 */
export function lostStatementOwner({ base, head }: ChangeSides, scope: string): string | undefined {
  const now = statementsIn(head, scope);
  for (const before of statementsIn(base, scope)) {
    const [after, ...others] = now.filter(({ target }) => target === before.target);
    if (after === undefined || others.length > 0 || after.text === before.text) continue;
    const known = new Set(before.conditions.map(({ column }) => column));
    const isOther = after.conditions.some(({ column }) => !known.has(column)) || hasNewCall({ base, head }, scope);
    if (isOther) continue;
    const lost = before.conditions.find(({ column, join }) => {
      const kept = after.conditions.find((one) => one.column === column);
      const isGone = kept === undefined && !new RegExp(`\\b${column}\\b`).test(after.where);
      return saysWhose(column) && join !== "OR" && (isGone || kept?.join === "OR");
    });
    if (lost !== undefined) return lost.written;
  }
  return undefined;
}

interface Statement {
  readonly text: string;
  /** What is done to which table: `DELETE parcels`. */
  readonly target: string;
  readonly where: string;
  readonly conditions: readonly Condition[];
}

/** `AND parcels.account_id = :account`, of which the column is `account_id`. */
interface Condition {
  readonly column: string;
  readonly join: "AND" | "OR";
  readonly written: string;
}

/** Statements that are written out where a function, or the module, has them; a target that is there twice is left out. */
function statementsIn(facts: ModuleFacts, scope: string): readonly Statement[] {
  const { syntax } = facts;
  const written = [Kind.string, Kind.concatenated_string].flatMap((kind) => nodesOfScope(facts, kind, scope));
  const found = written.flatMap((node) => {
    if (syntax.kind[syntax.parent[node]] === Kind.concatenated_string) return [];
    const one = statementOf(textOf(syntax, node));
    return one === undefined ? [] : [one];
  });
  const byTarget = Map.groupBy(found, ({ target }) => target);
  return [...byTarget.values()].flatMap((group) => (group.length === 1 ? group : []));
}

const STATEMENT = /^[\w\s]*["']+\s*(?:with\b.+?\)\s*)?(select|update|delete)\b/is;
const TABLE = /\b(?:from|update)\s+["'`]*([\w.]+)/i;

/** `column = placeholder`, with what joins it to the condition before. */
const CONDITION =
  /\b(where|and|or)\s+\(*\s*((?:\w+\.)?(\w+)\s*=\s*(?::\w+|%s|%\(\w+\)s|\?\d*|\$\d+|@\w+|\{[^{}]+\}))/gi;

function statementOf(code: string): Statement | undefined {
  const verb = STATEMENT.exec(code)?.[1];
  // Neighbouring literals are one text.
  const text = code.replaceAll(/["']\s*\n\s*[rbf]*["']/gi, "").replaceAll(/\s+/g, " ");
  const table = TABLE.exec(text)?.[1];
  const at = text.search(/\bwhere\b/i);
  if (verb === undefined || table === undefined) return undefined;
  const where = at < 0 ? "" : text.slice(at);
  const conditions = [...where.matchAll(CONDITION)].map(([, join = "", written = "", column = ""]): Condition => {
    return { column, written, join: join.toLowerCase() === "or" ? "OR" : "AND" };
  });
  return { text, target: `${verb.toUpperCase()} ${table}`, where, conditions };
}

/** A call of a name that the function did not call before: it may look who asks. */
function hasNewCall({ base, head }: ChangeSides, scope: string): boolean {
  const named = (facts: ModuleFacts) =>
    factIndex(facts)
      .callsIn(scope)
      .map(({ name }) => lastPart(name));
  const known = new Set(named(base));
  return named(head).some((name) => !known.has(name));
}
