import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { namedChildren, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import { keyOf } from "../values/names.ts";
import { type Shape, withEntry, withRest } from "../values/shape.ts";
import { join, UNKNOWN, type Value } from "../values/value.ts";
import type { Machine, Unit } from "./machine.ts";

/**
 * Once a module's own level has run, its functions are called at any time: names that one of them gives another value (`global`), and
 * those that stand for None until somebody fills them, may hold anything besides what the level left. So may containers that the level
 * left empty, and attributes that stand for None, of the objects that it made.
 */
export function widenRebound(machine: Machine, unit: Unit): void {
  const rebound = reboundIn(unit.syntax);
  const seen = new Set<number>();
  for (const name of unit.frame.scope.locals) {
    const key = keyOf(unit.frame, name);
    const value = machine.state.get(key);
    if (value === undefined) continue;
    if (rebound.has(name) || isNone(value)) machine.state.set(key, join(value, UNKNOWN));
    widenContents(machine, value, seen);
  }
}

/** Objects and containers in one another that are looked into; each is, once. */
function widenContents(machine: Machine, { refs }: Value, seen: Set<number>): void {
  for (const ref of refs) {
    const shape = machine.state.shape(ref);
    if (shape === undefined || seen.has(ref)) continue;
    seen.add(ref);
    const widened = widenedShape(shape);
    if (widened !== shape) machine.state.setShape(ref, widened);
    for (const value of shape.entries.values()) widenContents(machine, value, seen);
  }
}

function widenedShape(shape: Shape): Shape {
  const { kind, entries, rest } = shape;
  if (kind === "object") {
    const empty = [...entries].filter(([, value]) => isNone(value));
    return empty.reduce((widened, [name, value]) => withEntry(widened, name, join(value, UNKNOWN)), shape);
  }
  return kind !== "tuple" && entries.size === 0 && rest === undefined ? withRest(shape, UNKNOWN) : shape;
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
