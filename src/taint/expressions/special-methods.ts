import { type BoundArguments, callFunction } from "../calls/call-function.ts";
import type { ClassInfo, ProjectCallable } from "../calls/callables.ts";
import { saidBy } from "../library/exceptions.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { join, NONE_VALUE, type Value } from "../values/value.ts";
import { classAttribute } from "./class-attribute.ts";
import { elementOf } from "./elements.ts";

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
    const found = classAttribute(machine, shape.of as ClassInfo, name);
    const [method] = (found?.callables ?? []) as readonly ProjectCallable[];
    if (method?.kind !== "function") continue;
    const args: BoundArguments = { self: { ...receiver, refs: [ref] }, positional, keywords: new Map(), others: [] };
    const value = callFunction(machine, node, method, args);
    result = result === undefined ? value : join(result, value);
  }
  return result;
}

/** How a value reads as text: an object whose class says so by its own method, everything else with all that it holds. */
export function textOfObject(machine: Machine, node: number, value: Value): Value {
  const text =
    callSpecial(machine, node, value, "__str__", []) ?? callSpecial(machine, node, value, "__repr__", []) ?? undefined;
  return text === undefined ? (saidBy(machine, value) ?? deep(machine, value)) : deep(machine, text);
}

/** What `with` binds: what `__enter__` gives, what a generator yields, else the value itself. */
export function enter(machine: Machine, node: number, value: Value): Value {
  const entered =
    callSpecial(machine, node, value, "__enter__", []) ?? callSpecial(machine, node, value, "__aenter__", []);
  if (entered !== undefined) return entered;
  const isGenerator =
    (value.paths.length === 0 || MANAGERS.some((path) => value.paths.includes(path))) &&
    value.refs.every((ref) => machine.shape(ref)?.kind === "list");
  return isGenerator && value.refs.length > 0 ? (elementOf(machine, value) ?? value) : value;
}

/** Context managers in which what they bind lies as in a list of one. */
const MANAGERS = ["contextlib.redirect_stdout()", "contextlib.closing()"];

/** What `with` does at its end. */
export function leave(machine: Machine, node: number, manager: Value): void {
  const nothing = [NONE_VALUE, NONE_VALUE, NONE_VALUE];
  if (callSpecial(machine, node, manager, "__exit__", nothing) === undefined)
    callSpecial(machine, node, manager, "__aexit__", nothing);
  if (!manager.paths.includes("contextlib.closing()")) return;
  const closed = elementOf(machine, manager);
  if (closed !== undefined) callSpecial(machine, node, closed, "close", []);
}

/** What goes through an object whose class is a generator for that (`__iter__`), or turns it round (`__reversed__`); else the value itself. */
export function iteratorOf(machine: Machine, node: number, value: Value, by = "__iter__"): Value {
  if (machine.onlyShape(value)?.kind !== "object") return value;
  const iterator = callSpecial(machine, node, value, by, []);
  return iterator !== undefined && machine.onlyShape(iterator)?.kind === "list" ? iterator : value;
}

/** What a loop over an object sees where its class has an iterator of its own. */
export function elementOfObject(machine: Machine, node: number, value: Value): Value | undefined {
  const iterator =
    callSpecial(machine, node, value, "__iter__", []) ?? callSpecial(machine, node, value, "__aiter__", []);
  if (iterator === undefined) return undefined;
  return (
    elementOf(machine, iterator) ??
    callSpecial(machine, node, iterator, "__next__", []) ??
    callSpecial(machine, node, iterator, "__anext__", [])
  );
}
