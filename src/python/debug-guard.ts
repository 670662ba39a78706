import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, namedChildren, textOf } from "./walk.ts";

/**
 * Whether a node runs only while debugging or testing: below `if DEBUG:`, `if app.debug:`, `if settings.TESTING:`, or behind
 * `if not app.debug: return`.
 */
export function isUnderDebugGuard(syntax: SyntaxArrays, node: number): boolean {
  return isBelowGuard(syntax, node) || isBehindGuard(syntax, node);
}

/** In the blocks around it, up to the function's own, a statement in front that leaves where nobody debugs. */
function isBehindGuard(syntax: SyntaxArrays, node: number): boolean {
  for (let at = node; at !== 0 && syntax.kind[at] !== Kind.function_definition; at = syntax.parent[at]) {
    const block = syntax.parent[at];
    if (syntax.kind[block] !== Kind.block) continue;
    const before = namedChildren(syntax, block).filter((one) => one < at && syntax.kind[one] === Kind.if_statement);
    if (before.some((one) => leavesUnlessDebugging(syntax, one))) return true;
  }
  return false;
}

function leavesUnlessDebugging(syntax: SyntaxArrays, statement: number): boolean {
  const condition = /^not\s+([\w.]+)$/.exec(textOf(syntax, childByField(syntax, statement, Field.condition)))?.[1];
  if (condition === undefined || !isDebugCondition(condition)) return false;
  return /^(?:return|raise|continue)\b[^\n]*$/.test(
    textOf(syntax, childByField(syntax, statement, Field.consequence)).trim(),
  );
}

function isBelowGuard(syntax: SyntaxArrays, node: number): boolean {
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
  return /\b\w*(?:debug|pdb|testing|development|is_dev|local)\w*\b/i.test(condition) && !/\bnot\b|!=/.test(condition);
}
