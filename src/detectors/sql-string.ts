import { Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { textOf } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { brief } from "./shared/brief.ts";
import { factIndex } from "./shared/fact-index.ts";
import { isPlainValue } from "./shared/plain-value.ts";
import { textPieces } from "./shared/text-pieces.ts";

/** Methods that take a statement first, whatever the driver or mapper. */
const STATEMENT_METHODS =
  /\.(?:execute|executemany|executescript|execute_async|fetch|fetchrow|fetchval|fetchone|raw|read_sql|read_sql_query|exec_driver_sql|mogrify|copy_expert)$/;

/** Text that a database would read: a statement's first words. */
const STATEMENT =
  /^\s*(?:\(?\s*select\s.+?\sfrom\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\S+\s+set\s|delete\s+from\s|replace\s+into\s|merge\s+into\s|with\s+\w+.*\sas\s*\(|(?:create|drop|alter|truncate)\s+(?:table|view|index|database|user|role|schema)\s|grant\s|exec(?:ute)?\s)/is;

/** Composition by the driver itself, which quotes: `psycopg2.sql.SQL("…").format(Identifier(name))`. */
const COMPOSERS = /^(?:psycopg2?|psycopg3)\.sql\.|^sqlalchemy\.(?:bindparam|literal|column|table)$/;

const QUOTERS = /(?:quote_ident(?:ifier)?|quote_name|escape_identifier|quoted_name|escape_string|literal)$/;

/** Statements put together from values that the program does not fix: what a driver's parameters are for. */
export const sqlString: ModuleDetector = {
  kind: "module",
  name: "sql-string",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (!STATEMENT_METHODS.test(`.${call.name.replace(/\s+/g, "")}`)) continue;
    const statement = call.args.find(
      ({ position, keyword }) => position === 0 || keyword === "sql" || keyword === "query",
    );
    if (statement === undefined || statement.value.constancy === "constant") continue;
    const piece = splicedPiece(facts, statement.node);
    if (piece === undefined) continue;
    yield { node: call.node, fields: { callee: call.name, piece: brief(textOf(facts.syntax, piece)) } };
  }
}

/** The first value in the statement's text that is neither fixed nor harmless nor a row of placeholders. */
function splicedPiece(facts: ModuleFacts, statement: number): number | undefined {
  const literals: number[] = [];
  const { callAt } = factIndex(facts);
  const stop = (node: number): boolean => {
    if (isLiteral(facts.syntax, node)) literals.push(node);
    const value = facts.value(node);
    if (value !== undefined && (value.constancy === "constant" || isPlainValue(value))) return true;
    const inner = callAt.get(node);
    return inner !== undefined && (inner.callee.some((path) => COMPOSERS.test(path)) || QUOTERS.test(inner.name));
  };
  const pieces = textPieces(facts, statement, stop).filter((piece) => piece !== statement);
  const dynamic = pieces.find(
    (piece) => facts.value(piece)?.constancy === "dynamic" && !isPlaceholderRow(facts.syntax, piece),
  );
  if (dynamic === undefined) return undefined;
  return literals.some((node) => STATEMENT.test(contentOf(facts.syntax, node))) ? dynamic : undefined;
}

function isLiteral(syntax: SyntaxArrays, node: number): boolean {
  return syntax.kind[node] === Kind.string || syntax.kind[node] === Kind.concatenated_string;
}

/** `"?" * len(ids)`, `["%s"] * n`. */
function isPlaceholderRow(syntax: SyntaxArrays, node: number): boolean {
  return /["'](?:\?|%s|:\w*|\$)[,\s]*["']\]?\s*\*|["'](?:\?|%s)["']\s+for\s/.test(textOf(syntax, node));
}

/** The text of a literal with each value in it standing as one letter. */
function contentOf(syntax: SyntaxArrays, node: number): string {
  return textOf(syntax, node)
    .replace(/(?:^|\s)[rRbBfFuU]{0,2}("""|'''|"|')/g, "")
    .replace(/\{[^{}]*\}/g, "x");
}
