import { Field, Kind } from "../../python/kinds.ts";
import { childByField, previousSibling, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { formatPlace } from "./format-place.ts";
import { literalText } from "./literal.ts";

/** Characters; what is asked of the text is how it ends. */
const MAX_BEFORE = 500;

/** The fixed text right before a value that is written into a statement; empty where the value begins it. */
export function textBefore(facts: ModuleFacts, piece: number): string {
  return wholeTextBefore(facts, piece).slice(-MAX_BEFORE);
}

function wholeTextBefore(facts: ModuleFacts, piece: number): string {
  const { syntax } = facts;
  const place = formatPlace(facts, piece);
  if (place !== undefined) return place.before;
  const parent = syntax.parent[piece];
  switch (syntax.kind[parent]) {
    case Kind.interpolation: {
      const before = previousSibling(syntax, parent);
      return syntax.kind[before] === Kind.string_content ? textOf(syntax, before) : "";
    }
    case Kind.binary_operator: {
      if (childByField(syntax, parent, Field.right) !== piece) return "";
      const left = childByField(syntax, parent, Field.left);
      const last = syntax.kind[left] === Kind.binary_operator ? childByField(syntax, left, Field.right) : left;
      return literalText(syntax, last) ?? "";
    }
    case Kind.parenthesized_expression:
      return wholeTextBefore(facts, parent);
    default:
      return "";
  }
}
