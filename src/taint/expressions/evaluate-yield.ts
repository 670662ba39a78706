import { Field, Kind } from "../../python/kinds.ts";
import { childByField, children, firstNamedChild, NONE } from "../../python/walk.ts";
import { inOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { joinAll, joinShapes, lengthOf } from "../values/shape.ts";
import { DYNAMIC, UNKNOWN, type Value } from "../values/value.ts";
import { elementOf } from "./elements.ts";
import { evaluate } from "./evaluate.ts";

/** A generator's caller receives what was yielded, and sends back what the expression gives. */
export function evaluateYield(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const expression = firstNamedChild(syntax, node);
  const sent = machine.frame.sent ?? DYNAMIC;
  if (expression === NONE) return sent;
  const value = evaluate(machine, expression);
  const delegates = children(syntax, node).some((child) => syntax.kind[child] === Kind.token_from);
  noteYield(machine, node, value, delegates);
  if (!delegates) return sent;
  const returned = value.refs.map((ref) => machine.generators.get(ref)?.returned);
  const isKnown = returned.length > 0 && returned.every((one) => one !== undefined);
  return isKnown ? (joinAll(returned) ?? DYNAMIC) : carry(DYNAMIC, [deep(machine, value)]);
}

function noteYield(machine: Machine, node: number, value: Value, delegates: boolean): void {
  const { yields, firstYields, lent } = machine.frame;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    const before = lent.get(ref);
    if (shape !== undefined) lent.set(ref, before === undefined ? shape : joinShapes(before, shape));
  }
  const isNext = yields.length === firstYields.length && isOnWay(machine, node);
  const shape = delegates && value.labels === 0 ? inOrder(machine.onlyShape(value)) : undefined;
  const isKnown = shape !== undefined && lengthOf(shape) !== undefined;
  const given = isKnown
    ? [...shape.entries.values()]
    : [delegates ? (elementOf(machine, value) ?? carry(UNKNOWN, [value])) : value];
  yields.push(...given);
  if (isNext && (isKnown || !delegates)) firstYields.push(...given);
}

/**
 * A statement of the function's own body, or of a loop in there that is run turn by turn, or of a branch that is certain: it is run once,
 * unless the generator has ended.
 */
function isOnWay(machine: Machine, node: number): boolean {
  const { syntax, frame } = machine;
  let statement = syntax.parent[node];
  if (syntax.kind[statement] === Kind.assignment) statement = syntax.parent[statement];
  if (syntax.kind[statement] !== Kind.expression_statement) return false;
  statement = outOfBranches(machine, statement);
  for (const loop of frame.loops.toReversed()) {
    const body = syntax.parent[statement];
    statement = syntax.parent[body];
    if (!loop.isCounted || loop.breaks.length + loop.continues.length > 0) return false;
    if (syntax.kind[statement] !== Kind.for_statement || childByField(syntax, statement, Field.body) !== body)
      return false;
    statement = outOfBranches(machine, statement);
  }
  return syntax.parent[statement] === frame.function?.info.body;
}

/** The statement of which a statement is certain to be run: an `if` whose branches around it are. */
function outOfBranches({ syntax, frame }: Machine, statement: number): number {
  let outer = statement;
  for (;;) {
    const clause = syntax.parent[syntax.parent[outer]];
    if (!frame.decided.has(clause)) return outer;
    outer = syntax.kind[clause] === Kind.if_statement ? clause : syntax.parent[clause];
  }
}
