import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "./walk.ts";

/** Whether a node runs only while debugging or testing: below `if DEBUG:`, `if app.debug:`, `if settings.TESTING:`. */
export function isUnderDebugGuard(syntax: SyntaxArrays, node: number): boolean {
  let at = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause);
  while (at !== NONE) {
    const consequence = childByField(syntax, at, Field.consequence);
    const inside = consequence !== NONE && consequence <= node && node < syntax.next[consequence];
    if (inside && isDebugCondition(textOf(syntax, childByField(syntax, at, Field.condition)))) return true;
    at = ancestorOfKind(syntax, at, Kind.if_statement, Kind.elif_clause);
  }
  return false;
}

function isDebugCondition(condition: string): boolean {
  return /\b\w*(?:debug|testing|development|is_dev|local)\w*\b/i.test(condition) && !/\bnot\b|!=/.test(condition);
}
