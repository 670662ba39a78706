import { type BoundArguments, callFunction } from "./call-function.ts";
import { type ClassInfo, classAttribute, type ProjectCallable } from "./callables.ts";
import type { Machine } from "./machine.ts";
import { join, type Value } from "./value.ts";

/**
 * What an operation on an object yields where its class says so by a special method: `box[key]` by `__getitem__`.
 * Undefined when none of the objects has it.
 */
export function callSpecial(
  machine: Machine,
  node: number,
  receiver: Value,
  name: string,
  positional: readonly Value[],
): Value | undefined {
  let result: Value | undefined;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape?.kind !== "object" || shape.of === undefined) continue;
    const found = classAttribute(shape.of as ClassInfo, name);
    const [method] = (found?.callables ?? []) as readonly ProjectCallable[];
    if (method?.kind !== "function") continue;
    const args: BoundArguments = { self: { ...receiver, refs: [ref] }, positional, keywords: new Map(), others: [] };
    const value = callFunction(machine, node, method, args);
    result = result === undefined ? value : join(result, value);
  }
  return result;
}
