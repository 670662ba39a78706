import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import { operands } from "../shared/literal.ts";

/** Text that a database would read: a statement's first words. */
const STATEMENT =
  /^(?:\(?\s*select\s.+?\sfrom\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\S+\s+set\s|delete\s+from\s|replace\s+into\s|merge\s+into\s|with\s+\w.*\sas\s*\(|(?:create|drop|alter|truncate)\s+(?:table|view|index|database|user|role|schema)\s|truncate\s|copy\s.+?\s(?:from|to)\s|unload\s*\(|grant\s|exec(?:ute)?\s)/is;

/** Statements that neither read nor write a table: their words are English ones as well, so they count in one case alone. */
const UTILITY =
  /^(?:CALL\s+\S+\s*\(|SET\s+(?:ROLE|SESSION\s+AUTHORIZATION|(?:LOCAL\s+|SESSION\s+)?(?:search_path|SEARCH_PATH))\s|USE\s|LISTEN\s|NOTIFY\s|EXPLAIN\s|LOCK\s+TABLE\s|REVOKE\s|RENAME\s+TABLE\s|(?:PRAGMA|pragma)\s+(?:\w+\.)?\w+\s*\(|(?:ATTACH|attach)\s+(?:(?:DATABASE|database)\s+)?\S+\s+(?:AS|as)\s|(?:LOAD\s+DATA|load\s+data)\s|(?:VACUUM|ANALYZE|ANALYSE|REINDEX)\s+(?:\([^()]*\)\s*)?(?:(?:TABLE|INDEX|VERBOSE|FULL|FREEZE|ANALYZE)\s+)*\w+|(?:vacuum|reindex)\s+(?:(?:table|index|verbose|full|analyze)\s+)*\w|(?:BEGIN|begin)\s+(?:\w+\.){0,2}\w+\s*\(|(?:DECLARE|declare)\s+\w+\s+\w|set\s+(?:(?:local|session)\s+)?search_path\s|(?:explain\s+|EXPLAIN\s+)(?:analyze\s+)?select\s|(?:REFRESH\s+MATERIALIZED\s+VIEW|refresh\s+materialized\s+view)\s)/;

/** What stands between `CREATE` and the kind of what is made. */
const MADE =
  /^create\s+(?:(?:or\s+replace|temp(?:orary)?|unique|materialized|global|local|unlogged|virtual|external)\s+)+/i;

/** The same where nothing but the text says that it is SQL: prose has its verbs in other places and cases. */
const STATEMENT_ALONE =
  /^(?:\(+\s*)?(?:SELECT\sFROM\s|(?:SELECT|select)\s.+?\s(?:FROM|from)\s|(?:INSERT|insert)\s+(?:(?:OR|or)\s+\w+\s+)?\S.*\s(?:VALUES?|values?|SELECT|select)\b|(?:REPLACE|replace)\s+(?:(?:INTO|into)\s+)?\S+\s+(?:VALUES?|values?)\b|(?:UPDATE|update)\s+\S+\s+(?:SET|set)\s|(?:DELETE|delete)\s+(?:FROM|from)\s|(?:MERGE|merge)\s+(?:INTO|into)\s|(?:WITH|with)\s+\w.*\s(?:AS|as)\s*\(.*\b(?:SELECT|select|DELETE|delete|UPDATE|update|INSERT|insert)\s|(?:CREATE|DROP|ALTER|TRUNCATE|create|drop|alter|truncate)\s+(?:TABLE|VIEW|INDEX|DATABASE|USER|ROLE|SCHEMA|table|view|index|database|user|role|schema)\s)/s;

/** Whether one literal begins a statement; values in it stand as a letter. */
export function beginsStatement(syntax: SyntaxArrays, literal: number): boolean {
  const beginning = beginningOf(syntax, literal).replace(MADE, "create ");
  return STATEMENT.test(beginning) || UTILITY.test(beginning);
}

/** Whether an expression that builds text builds a statement, by its literals alone. */
export function readsAsStatement(syntax: SyntaxArrays, expression: number): boolean {
  return STATEMENT_ALONE.test(beginningOf(syntax, expression));
}

/** Characters in which it shows whether a text is a statement. */
const MAX_BEGINNING = 4_000;

function beginningOf(syntax: SyntaxArrays, expression: number): string {
  return skeletonOf(syntax, expression, 0).trimStart().slice(0, MAX_BEGINNING);
}

const MAX_DEPTH = 200;

/** The literals of an expression in their order, everything else as a letter. */
function skeletonOf(syntax: SyntaxArrays, node: number, depth: number): string {
  if (node === NONE || depth > MAX_DEPTH) return "x";
  switch (syntax.kind[node]) {
    case Kind.string:
      return contentOf(syntax, node);
    case Kind.concatenated_string:
    case Kind.parenthesized_expression:
      return operands(syntax, node)
        .map((part) => skeletonOf(syntax, part, depth + 1))
        .join("");
    case Kind.binary_operator: {
      const left = skeletonOf(syntax, childByField(syntax, node, Field.left), depth + 1);
      const isSum = syntax.kind[childByField(syntax, node, Field.operator)] === Kind.token_plus;
      return isSum ? left + skeletonOf(syntax, childByField(syntax, node, Field.right), depth + 1) : left;
    }
    case Kind.call: {
      const callee = childByField(syntax, node, Field.function);
      return syntax.kind[callee] === Kind.attribute
        ? skeletonOf(syntax, childByField(syntax, callee, Field.object), depth + 1)
        : "x";
    }
    default:
      return "x";
  }
}

/** The text of a literal with each value in it standing as one letter. */
function contentOf(syntax: SyntaxArrays, node: number): string {
  return textOf(syntax, node)
    .replace(/^[rRbBfFuUtT]{0,2}("""|'''|"|')/, "")
    .replace(/("""|'''|"|')$/, "")
    .replace(/\{[^{}]*\}/g, "x");
}
