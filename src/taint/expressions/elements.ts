import { inOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { valueOfKey } from "../values/container-key.ts";
import { itemsOf } from "../values/own-items.ts";
import { joinAll, joinShapes, type Shape } from "../values/shape.ts";
import { DYNAMIC, type Value } from "../values/value.ts";

/** What a loop over the value sees; undefined when nothing is known of its elements. */
export function elementOf(machine: Machine, value: Value): Value | undefined {
  const elements: Value[] = [];
  for (const ref of value.refs) {
    const own = machine.shape(ref);
    const items = own === undefined ? undefined : itemsOf(own);
    const inside = items === undefined ? undefined : elementOf(machine, items);
    if (inside !== undefined) elements.push(inside);
    const shape = inOrder(own) ?? own;
    if (shape === undefined || shape.kind === "object") continue;
    if (shape.kind === "dict") {
      for (const key of shape.entries.keys()) elements.push(valueOfKey(machine, key));
      if (shape.rest !== undefined) elements.push(shape.keys ?? DYNAMIC);
    } else {
      elements.push(...shape.entries.values());
      if (shape.rest !== undefined) elements.push(shape.rest);
    }
  }
  const element = anyOf(machine, elements);
  return element === undefined || value.labels === 0 ? element : carry(element, [value]);
}

/** The join; of more containers than a value refers to, one that holds what any of them holds. */
export function anyOf(
  machine: Machine,
  elements: readonly Value[],
  shapeOf = (ref: number) => machine.shape(ref),
): Value | undefined {
  const joined = joinAll(elements);
  if (joined === undefined || joined.refs.length === 0) return joined;
  const refs = new Set(elements.flatMap((element) => element.refs));
  if (refs.size <= joined.refs.length) return joined;
  const shapes = [...refs].map(shapeOf).filter((shape): shape is Shape => shape !== undefined);
  // What lies in the heap of another module is not in sight here.
  return shapes.length === 0 ? joined : { ...joined, refs: [machine.allocate(shapes.reduce(joinShapes))] };
}
