import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { ancestorOfKind, childByField, children, NONE, textOf } from "./walk.ts";

/** Whether a node runs only where an `if` or `elif` around it holds, of which `isOne` says that its condition, as it is written, is one. */
export function isBelowCondition(syntax: SyntaxArrays, node: number, isOne: (condition: string) => boolean): boolean {
  let at = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause);
  while (at !== NONE) {
    const consequence = childByField(syntax, at, Field.consequence);
    const inside = consequence !== NONE && consequence <= node && node < syntax.next[consequence];
    if (inside && isOne(textOf(syntax, childByField(syntax, at, Field.condition)))) return true;
    at = ancestorOfKind(syntax, at, Kind.if_statement, Kind.elif_clause);
  }
  return false;
}

/** Positions of a switch that are looked at. */
const MAX_POSITIONS = 8;

/** Whether a node stands in the `else` of an `if` of which each condition, that of every `elif` as well, is one. */
export function isBelowLastElse(syntax: SyntaxArrays, node: number, isOne: (condition: string) => boolean): boolean {
  for (let at = ancestorOfKind(syntax, node, Kind.else_clause); at !== NONE; ) {
    const owner = syntax.parent[at];
    const clauses = [owner, ...children(syntax, owner).filter((child) => syntax.kind[child] === Kind.elif_clause)];
    const isIf = syntax.kind[owner] === Kind.if_statement && clauses.length <= MAX_POSITIONS;
    if (isIf && clauses.every((clause) => isOne(textOf(syntax, childByField(syntax, clause, Field.condition)))))
      return true;
    at = ancestorOfKind(syntax, at, Kind.else_clause);
  }
  return false;
}

/** Whether a node runs only where the one condition of an `if` around it does not hold: in the `else` of an `if` that has no `elif`. */
export function isBelowElse(syntax: SyntaxArrays, node: number, isOne: (condition: string) => boolean): boolean {
  for (let at = ancestorOfKind(syntax, node, Kind.else_clause); at !== NONE; ) {
    const owner = syntax.parent[at];
    const isOnly = syntax.kind[owner] === Kind.if_statement && !children(syntax, owner).some(isElif);
    if (isOnly && isOne(textOf(syntax, childByField(syntax, owner, Field.condition)))) return true;
    at = ancestorOfKind(syntax, at, Kind.else_clause);
  }
  return false;

  function isElif(child: number): boolean {
    return syntax.kind[child] === Kind.elif_clause;
  }
}
