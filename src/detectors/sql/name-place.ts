import { Field, Kind } from "../../python/kinds.ts";
import { childByField, children, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { formatPlace } from "../shared/format-place.ts";
import { literalText } from "../shared/literal.ts";

/** Behind these stands the name of a table or a column, or the direction of an order: no parameter can. */
const NAME_BEHIND =
  /(?:\b(?:from|join|into|update|table|exists|view|index|database|schema|column|truncate|sequence|user|role|select|distinct|(?:order|group)\s+by|(?:grant|revoke)\s[^'";]*\s(?:on|to))\s+["`[]?|\b(?:order|group)\s+by\s[\w.,\s"`]*\s|\w\.["`[]?)$/i;

/** Whether a value stands where the statement has a name, by the text right before it. */
export function isNamePlace(facts: ModuleFacts, piece: number): boolean {
  const { syntax } = facts;
  const place = formatPlace(facts, piece);
  if (place !== undefined) return NAME_BEHIND.test(place.before);
  const parent = syntax.parent[piece];
  switch (syntax.kind[parent]) {
    case Kind.interpolation: {
      const parts = children(syntax, syntax.parent[parent]).filter((part) => part < parent);
      const before = parts.at(-1);
      return (
        before !== undefined && syntax.kind[before] === Kind.string_content && NAME_BEHIND.test(textOf(syntax, before))
      );
    }
    case Kind.binary_operator: {
      if (childByField(syntax, parent, Field.right) !== piece) return false;
      const left = childByField(syntax, parent, Field.left);
      const last = syntax.kind[left] === Kind.binary_operator ? childByField(syntax, left, Field.right) : left;
      return NAME_BEHIND.test(literalText(syntax, last) ?? "");
    }
    case Kind.parenthesized_expression:
      return isNamePlace(facts, parent);
    default:
      return false;
  }
}
