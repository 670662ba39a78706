import { oncePer } from "../../text/once-per.ts";
import type { ClassInfo } from "./callables.ts";

/** Classes above one another that an order is worked out for. */
const MAX_PARENTS = 8;

/**
 * The class and those above it in the order in which a name is looked up: a class before its parents, and these in the order in which
 * they are written down (C3, as Python's own manual has it). Parents that fit into no such order stand one after the other.
 */
export function methodOrder(info: ClassInfo): readonly ClassInfo[] {
  return linearize(info, 0);
}

/** By how deep below the class that was asked for it stands: a class that many build on is worked out once for each depth. */
const orders = oncePer((_info: ClassInfo): (readonly ClassInfo[])[] => []);

function linearize(info: ClassInfo, depth: number): readonly ClassInfo[] {
  if (depth > MAX_PARENTS) return [info];
  const known = orders(info);
  known[depth] ??= [info, ...merged([...info.parents.map((parent) => linearize(parent, depth + 1)), info.parents])];
  return known[depth];
}

function merged(lines: readonly (readonly ClassInfo[])[]): readonly ClassInfo[] {
  const order: ClassInfo[] = [];
  let left = lines.filter((line) => line.length > 0);
  while (left.length > 0) {
    const heads = left.map(([head]) => head);
    const next = heads.find((head) => left.every((line) => line.indexOf(head) <= 0)) ?? heads[0];
    order.push(next);
    left = left.map((line) => line.filter((one) => one !== next)).filter((line) => line.length > 0);
  }
  return order;
}
