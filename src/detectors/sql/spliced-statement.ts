import { Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isSettled } from "../../taint/values/settled.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isPlainValue } from "../shared/plain-value.ts";
import { textPieces } from "../shared/text-pieces.ts";

/** Composition by the driver itself, which quotes: `psycopg2.sql.SQL("…").format(Identifier(name))`. */
const COMPOSERS = /^(?:psycopg2?|psycopg3)\.sql\.|^sqlalchemy\.(?:bindparam|literal|column|table)$/;

/** Functions that quote by what they are called: `escape_sqlite`, `connection.ops.quote_name`, not for another language; digits of a date. */
const QUOTERS = /(?:^|[._])(?:(?:quote|quoted|escape)_(?!html|xml|url|js|shell|regex)\w+|literal)$|(?:^|\.)isoformat$/;

export interface SplicedText {
  /** The first value in the text that is neither fixed nor harmless nor a row of placeholders. */
  readonly piece: number;
  /** All of them. */
  readonly pieces: readonly number[];
  /** The literals that the text is made of. */
  readonly literals: readonly number[];
}

/** What is spliced into a text that a database reads. `unknown`: values that the analysis cannot see count too. */
export function splicedText(facts: ModuleFacts, text: number, unknown: boolean): SplicedText | undefined {
  const { syntax } = facts;
  const { callAt } = factIndex(facts);
  const literals: number[] = [];
  const stop = (node: number): boolean => {
    if (isLiteral(syntax, node)) literals.push(node);
    const value = facts.value(node);
    if (value !== undefined && (isSettled(value, "sql") || isPlainValue(value))) return true;
    const inner = callAt.get(node);
    return (
      inner !== undefined &&
      (inner.callee.some((path) => COMPOSERS.test(path)) || QUOTERS.test(inner.name) || doublesQuotes(inner))
    );
  };
  const pieces = textPieces(facts, text, stop).filter((node) => {
    if (node === text || isPlaceholderRow(syntax, node)) return false;
    const constancy = facts.value(node)?.constancy;
    return constancy === "dynamic" || (unknown && constancy !== "constant");
  });
  const [piece] = pieces;
  return piece === undefined ? undefined : { piece, pieces, literals };
}

/** `name.replace("'", "''")`: a quote that is written twice ends no literal. */
export function doublesQuotes({ name, args }: CallFact): boolean {
  const [taken, put] = args.map(({ value }) => value.constants);
  return (
    name.endsWith(".replace") &&
    taken?.length === 1 &&
    put?.length === 1 &&
    /^["'`]$/.test(String(taken[0])) &&
    put[0] === `${taken[0]}${taken[0]}`
  );
}

function isLiteral(syntax: SyntaxArrays, node: number): boolean {
  return syntax.kind[node] === Kind.string || syntax.kind[node] === Kind.concatenated_string;
}

/** `"?" * len(ids)`, `["%s"] * n`. */
function isPlaceholderRow(syntax: SyntaxArrays, node: number): boolean {
  return /["'](?:\?|%s|:\w*|\$)[,\s]*["']\]?\s*\*|["'](?:\?|%s)["']\s+for\s/.test(textOf(syntax, node));
}
