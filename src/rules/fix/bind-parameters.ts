import { Field, Kind } from "../../python/kinds.ts";
import { childByField, children, NONE, namedChildren, positionOf, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import type { TextEdit } from "../../text/span.ts";
import type { Hit } from "../match.ts";

/** Drivers whose placeholder is `?`; the others of the DB-API take `%s`. */
const QUESTION_MARK = /^(?:sqlite3|aiosqlite|pyodbc|duckdb)\b/;

/** Statements in which a value may be bound only where a literal may stand. */
const VALUE_POSITION = /(?:=|<|>|like|in|values|\(|,|between|and|limit|offset)\s*\(?\s*$/i;

/**
 * A statement written as an f-string right in the call becomes one with placeholders and a tuple of values. Exact only where
 * each value stands in the place of a literal, quoted or not, and the call passes no parameters yet.
 */
export function bindParameters(
  facts: ModuleFacts,
  hit: Hit,
  style: "driver" | "sqlalchemy-text",
): readonly TextEdit[] | undefined {
  const { syntax } = facts;
  const node = hit.flow?.argument ?? hit.value;
  if (node === undefined || style !== "driver" || syntax.kind[node] !== Kind.string) return undefined;
  const call = facts.calls.find((candidate) => candidate.node === (hit.flow?.node ?? hit.node));
  const list = call === undefined ? NONE : childByField(syntax, call.node, Field.arguments);
  if (call === undefined || list === NONE || namedChildren(syntax, list).length !== 1) return undefined;
  const opening = textOf(syntax, node + 1);
  if (!/^[fF]['"]/.test(opening)) return undefined;
  const bound = bindString(facts, node, placeholderOf(call));
  if (bound === undefined) return undefined;
  const quote = opening.slice(1);
  const tuple = bound.values.length === 1 ? `(${bound.values[0]},)` : `(${bound.values.join(", ")})`;
  const span = { start: positionOf(syntax, syntax.start[node]), end: positionOf(syntax, syntax.end[node]) };
  return [{ span, text: `${quote}${bound.text}${quote}, ${tuple}` }];
}

function placeholderOf(call: CallFact): string | undefined {
  if (call.callee.some((path) => QUESTION_MARK.test(path))) return "?";
  return call.callee.some((path) => /^(?:psycopg2?|MySQLdb|pymysql|mysql|mariadb)\b/.test(path)) ? "%s" : undefined;
}

function bindString(
  facts: ModuleFacts,
  node: number,
  placeholder: string | undefined,
): { readonly text: string; readonly values: readonly string[] } | undefined {
  if (placeholder === undefined) return undefined;
  const { syntax } = facts;
  const values: string[] = [];
  let text = "";
  let quoted = "";
  for (const child of children(syntax, node)) {
    if (syntax.kind[child] === Kind.string_content) {
      let content = textOf(syntax, child);
      if (content.includes("{{") || content.includes("}}") || content.includes("%")) return undefined;
      if (quoted !== "") {
        if (!content.startsWith(quoted)) return undefined;
        content = content.slice(1);
        quoted = "";
      }
      text += content;
    } else if (syntax.kind[child] === Kind.interpolation) {
      if (quoted !== "" || childByField(syntax, child, Field.format_specifier) !== NONE) return undefined;
      const last = text.at(-1);
      if (last === "'" || last === '"') {
        quoted = last;
        text = text.slice(0, -1);
      }
      if (!VALUE_POSITION.test(text)) return undefined;
      text += placeholder;
      values.push(textOf(syntax, childByField(syntax, child, Field.expression)));
    }
  }
  return quoted !== "" || values.length === 0 ? undefined : { text, values };
}
