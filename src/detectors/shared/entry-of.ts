import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE } from "../../python/walk.ts";
import { literalText, operands } from "./literal.ts";

/** The value under a key of a dictionary that is written out, or NONE. */
export function entryOf(syntax: SyntaxArrays, dictionary: number, key: string): number {
  const pair = operands(syntax, dictionary).find(
    (child) => syntax.kind[child] === Kind.pair && literalText(syntax, childByField(syntax, child, Field.key)) === key,
  );
  return pair === undefined ? NONE : childByField(syntax, pair, Field.value);
}
