import { anyOf } from "../expressions/elements.ts";
import type { Return } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { joinAll } from "../values/shape.ts";
import type { Value } from "../values/value.ts";

/**
 * What a call gives: the join of what its ways out give. `return False, "empty"`, many times, and `return True, ""`: of more containers than a
 * value refers to, one that holds what any of them holds. Objects stay apart, for each has a class.
 */
export function unitedReturns(machine: Machine, returns: readonly Return[]): Value | undefined {
  const values = returns.map(({ value }) => value);
  const shapeOf = (ref: number) => returns.find(({ state }) => state.shape(ref) !== undefined)?.state.shape(ref);
  if (values.some(({ refs }) => refs.some((ref) => shapeOf(ref)?.kind === "object"))) return joinAll(values);
  const first = machine.nextRef;
  const value = anyOf(machine, values, shapeOf);
  const shape = machine.nextRef === first ? undefined : machine.shape(first);
  if (shape !== undefined) for (const { state } of returns) state.setShape(first, shape);
  return value;
}
