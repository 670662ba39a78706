import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import { literalText } from "../shared/literal.ts";

/** What says that a value is shown in a documentation: of a schema, a field or a route. */
const EXAMPLE = /^(?:openapi_)?examples?$|schema_extra$/;

/** Whether a value is an example in the documentation of an interface: `Field(examples=[{"password": "s3cr3t"}])`. */
export function isInExample(syntax: SyntaxArrays, value: number): boolean {
  for (let node = syntax.parent[value]; node !== NONE && node !== 0; node = syntax.parent[node]) {
    const kind = syntax.kind[node];
    if (kind === Kind.expression_statement || kind === Kind.block) return false;
    if (EXAMPLE.test(nameAt(syntax, node))) return true;
  }
  return false;
}

function nameAt(syntax: SyntaxArrays, node: number): string {
  switch (syntax.kind[node]) {
    case Kind.keyword_argument:
      return textOf(syntax, childByField(syntax, node, Field.name));
    case Kind.assignment:
      return textOf(syntax, childByField(syntax, node, Field.left));
    case Kind.pair:
      return literalText(syntax, childByField(syntax, node, Field.key)) ?? "";
    default:
      return "";
  }
}
