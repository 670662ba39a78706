import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { namedChildren, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import { keyOf } from "../values/names.ts";
import { join, UNKNOWN, type Value } from "../values/value.ts";
import type { Machine, Unit } from "./machine.ts";

/**
 * Once a module's own level has run, its functions are called at any time: names that one of them gives another value (`global`), and
 * those that stand for None until somebody fills them, may hold anything besides what the level left.
 */
export function widenRebound(machine: Machine, unit: Unit): void {
  const rebound = reboundIn(unit.syntax);
  for (const name of unit.frame.scope.locals) {
    const key = keyOf(unit.frame, name);
    const value = machine.state.get(key);
    if (value !== undefined && (rebound.has(name) || isNone(value))) machine.state.set(key, join(value, UNKNOWN));
  }
}

function isNone({ constants, refs, callables, paths }: Value): boolean {
  const isConstant = constants?.length === 1 && constants[0] === null;
  return isConstant && refs.length === 0 && callables.length === 0 && paths.length === 0;
}

const reboundIn: (syntax: SyntaxArrays) => ReadonlySet<string> = oncePer(
  (syntax) =>
    new Set(
      [...nodesOfKind(syntax, Kind.global_statement)].flatMap((node) =>
        namedChildren(syntax, node).map((name) => textOf(syntax, name)),
      ),
    ),
);
