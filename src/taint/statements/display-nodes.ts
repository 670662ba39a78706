import { Kind } from "../../python/kinds.ts";
import { NONE, namedChildren } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";

/** `a, b = 1, 2`: each target has its own value's node. */
export function displayNodes(machine: Machine, valueNode: number, count: number, star: number): number[] | undefined {
  if (star !== -1 || valueNode === NONE) return undefined;
  const kind = machine.syntax.kind[valueNode];
  if (kind !== Kind.expression_list && kind !== Kind.tuple && kind !== Kind.list) return undefined;
  const nodes = namedChildren(machine.syntax, valueNode);
  return nodes.length === count ? nodes : undefined;
}
