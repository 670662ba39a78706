import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE } from "../../python/walk.ts";
import { literalText, unwrap } from "../shared/literal.ts";

/** A text that is written in several literals. */
export interface SplitText {
  readonly node: number;
  readonly text: string;
}

/** Literals of one text, and its length in UTF-16 code units, beyond which it is no secret. */
const MAX_PARTS = 16;
const MAX_LENGTH = 1000;

/** `"sk_live_" + "…"`, `("sk_live_" "…")`: texts of nothing but literals, in source order. */
export function splitTexts(syntax: SyntaxArrays): readonly SplitText[] {
  return [...nodesOfKinds(syntax, [Kind.binary_operator, Kind.concatenated_string])].flatMap((node) => {
    if (syntax.kind[syntax.parent[node]] === Kind.binary_operator) return [];
    const text = joined(syntax, node);
    return text === undefined || text.length > MAX_LENGTH ? [] : [{ node, text }];
  });
}

/** The text of a sum of literals, whose left side is the sum of all but the last. */
function joined(syntax: SyntaxArrays, node: number): string | undefined {
  const parts: string[] = [];
  let at = node;
  while (syntax.kind[at] === Kind.binary_operator) {
    const left = childByField(syntax, at, Field.left);
    const right = childByField(syntax, at, Field.right);
    const last = right === NONE ? undefined : literalText(syntax, right);
    if (left === NONE || last === undefined || parts.length >= MAX_PARTS || !isSum(syntax, left, right))
      return undefined;
    parts.unshift(last);
    at = unwrap(syntax, left);
  }
  const first = literalText(syntax, at);
  return first === undefined ? undefined : first + parts.join("");
}

function isSum(syntax: SyntaxArrays, left: number, right: number): boolean {
  return /^[\s)\\]*\+[\s(\\]*$/.test(syntax.text.slice(syntax.end[left], syntax.start[right]));
}
