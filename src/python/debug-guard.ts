import { isBelowCondition } from "./below-condition.ts";
import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { childByField, namedChildren, textOf } from "./walk.ts";

/**
 * Whether a node runs only while debugging or testing: below `if DEBUG:`, `if app.debug:`, `if settings.TESTING:`, or behind
 * `if not app.debug: return`.
 */
export function isUnderDebugGuard(syntax: SyntaxArrays, node: number): boolean {
  return isBelowCondition(syntax, node, isDebugCondition) || isBehindGuard(syntax, node);
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

function isDebugCondition(condition: string): boolean {
  return /\b\w*(?:debug|pdb|testing|development|is_dev|local)\w*\b/i.test(condition) && !/\bnot\b|!=/.test(condition);
}
