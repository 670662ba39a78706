import { type Call, dispatch } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape, type Shape, withEntry } from "./shape.ts";
import { pathValue, type Value } from "./value.ts";

/** The attribute under which an object that is a container keeps its items. */
const ITEMS = "\0items";

const CONTAINERS: ReadonlySet<string> = new Set([
  "dict()",
  "list()",
  "set()",
  "collections.UserDict()",
  "collections.UserList()",
  "collections.OrderedDict()",
  "collections.defaultdict()",
  "collections.deque()",
  "queue.Queue()",
]);

/** Whether objects of a class with these bases are containers. */
export function holdsItems(basePaths: readonly string[]): boolean {
  return basePaths.some((path) => CONTAINERS.has(path));
}

/** Makes the container of a new object, from the arguments that the base class would take. */
export function giveItems(machine: Machine, call: Call, ref: number, basePaths: readonly string[]): void {
  const base = basePaths.find((path) => CONTAINERS.has(path)) ?? "dict()";
  const path = base.slice(0, -2).replace("collections.UserDict", "dict").replace("collections.UserList", "list");
  const name = path.split(".").at(-1) ?? path;
  const items = dispatch(machine, { ...call, callee: pathValue([path]), receiver: undefined, name });
  machine.write(ref, withEntry(machine.shape(ref) ?? emptyShape("object"), ITEMS, items));
}

/** An object whose items are those of a container. */
export function withItems(shape: Shape, items: Value): Shape {
  return withEntry(shape, ITEMS, items);
}

/** The container behind an object of such a class. */
export function itemsOf(shape: Shape): Value | undefined {
  return shape.kind === "object" ? shape.entries.get(ITEMS) : undefined;
}
