import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { textBefore } from "../shared/text-before.ts";

/** Behind these stands the name of a table or a column, or the direction of an order: no parameter can. */
const NAME_BEHIND =
  /(?:\b(?:from|join|into|update|table|exists|view|index|database|schema|column|truncate|copy|call|use|listen|notify|set\s+role|session\s+authorization|search_path\s*(?:to|=)|sequence|user|role|select|distinct|(?:order|group)\s+by|(?:grant|revoke)\s[^'";]*\s(?:on|to))\s+["`[]?|\b(?:order|group)\s+by\s[\w.,\s"`]*\s|\bpragma\s+(?:\w+\.)?\w+\s*\(\s*["'`[]?|\w\.["`[]?)$/i;

/** In front of a value of its own: `{column} = %s`, `{column} IN (?)`. */
const BEFORE_PARAMETER =
  /^\s*(?:![rsa])?\}["`\]]?\s*(?:[=<>]=?|!=|<>|(?:not\s+)?(?:i?like|in)\b)\s*\(?\s*(?:%s|%\(|\?|:\w|\$\d)/i;

/** Last words of what holds a name of the database: `model._meta.db_table`, `key["other_column"]`. */
const NAMES: ReadonlySet<string> = new Set(
  "table tables tablename column columns col cols schema schemas field fields sequence index partition relation database".split(
    " ",
  ),
);

/** Last words of what holds a part of a statement, which somebody else has put together: `where_clause`, `allowed_sql()`. */
const PARTS: ReadonlySet<string> = new Set(
  "sql query subquery cte clause clauses join joins where condition conditions predicate fragment expression expr statement stmt placeholders".split(
    " ",
  ),
);

/** Whether a value stands where the statement has a name, by the text around it and by what it is called. */
export function isNamePlace(facts: ModuleFacts, piece: number): boolean {
  if (NAME_BEHIND.test(textBefore(facts, piece))) return true;
  const { syntax } = facts;
  if (
    syntax.kind[syntax.parent[piece]] === Kind.interpolation &&
    BEFORE_PARAMETER.test(syntax.text.slice(syntax.end[piece], syntax.end[piece] + 80))
  )
    return true;
  if (isGlued(facts, piece)) return true;
  return isCalled(facts, piece, NAMES) && !COMPARED_OR_LISTED.test(endOf(textBefore(facts, piece)));
}

/** As much of a text as decides what stands behind it. */
function endOf(text: string): string {
  return text.slice(-200);
}

/** Where a value of its own stands: behind a comparison, a quote, or in a row of values. */
const COMPARED_OR_LISTED = /(?:[=<>]|\b(?:like|between|in|values)\s*\([^()]*|\blike|\bbetween)\s*'?%*$|[\s,]'%*$/i;

/** `books_{name}_link`, `{table}.id`: a part of a name, outside of quotes. */
function isGlued(facts: ModuleFacts, piece: number): boolean {
  const { syntax } = facts;
  const before = endOf(textBefore(facts, piece));
  if ((before.match(/'/g)?.length ?? 0) % 2 === 1) return false;
  if (/\b[A-Za-z]\w*_$/.test(before)) return true;
  const isInside = syntax.kind[syntax.parent[piece]] === Kind.interpolation;
  return isInside && /^\}(?:_\w|\.[A-Za-z_*])/.test(syntax.text.slice(syntax.end[piece], syntax.end[piece] + 3));
}

/** Whether a value is a part of a statement, by what it is called, and stands where no value is compared. */
export function isStatementPart(facts: ModuleFacts, piece: number): boolean {
  return isCalled(facts, piece, PARTS) && !COMPARED.test(textBefore(facts, piece));
}

const COMPARED = /(?:[=<>'%]|\blike)\s*$/i;

function isCalled(facts: ModuleFacts, piece: number, words: ReadonlySet<string>): boolean {
  const name = nameOf(facts.syntax, madeBy(facts, piece));
  return name !== undefined && words.has(nameWords(name).at(-1) ?? "");
}

/** Of `compiled[0]`, what gave the pair: `compiled = where.as_sql(compiler, connection)`. */
function madeBy(facts: ModuleFacts, piece: number): number {
  const { syntax } = facts;
  const index = syntax.kind[piece] === Kind.subscript ? childByField(syntax, piece, Field.subscript) : NONE;
  if (index === NONE || syntax.kind[index] !== Kind.integer) return piece;
  const pair = childByField(syntax, piece, Field.value);
  const given = factIndex(facts).assignmentsTo(facts.scopeOf(piece), textOf(syntax, pair));
  return given.length === 1 ? given[0].value : pair;
}

function nameOf(syntax: SyntaxArrays, piece: number): string | undefined {
  switch (syntax.kind[piece]) {
    case Kind.call:
      return lastNameOf(syntax, childByField(syntax, piece, Field.function));
    case Kind.subscript:
      return syntax.kind[childByField(syntax, piece, Field.subscript)] === Kind.slice
        ? nameOf(syntax, childByField(syntax, piece, Field.value))
        : literalText(syntax, childByField(syntax, piece, Field.subscript));
    default:
      return lastNameOf(syntax, piece);
  }
}
