import type { Return } from "../machine/frame.ts";
import { joinShapes, type Shape } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import type { Value } from "../values/value.ts";

/** What the ways out left in the containers and objects that came in as parameters. */
export function storedIn(
  parameters: ReadonlyMap<string, Value>,
  returns: readonly Return[],
  outer: State,
  shapes: Map<number, Shape>,
): ReadonlyMap<string, Shape> {
  const stored = new Map<string, Shape>();
  for (const [name, { refs }] of parameters) {
    if (refs.length !== 1) continue;
    const before = outer.shape(refs[0]);
    for (const { state } of returns) {
      const after = state.shape(refs[0]);
      if (after === undefined || after === before) continue;
      const earlier = stored.get(name);
      stored.set(name, earlier === undefined ? after : joinShapes(earlier, after));
      for (const value of after.entries.values()) collectShapes(state, value, shapes, 1);
    }
    const left = stored.get(name);
    if (left !== undefined && before !== undefined) stored.set(name, changed(before, left));
  }
  return stored;
}

/** Of an object only what is not as it was: what else another object holds, it keeps (`replay.ts`). */
function changed(before: Shape, after: Shape): Shape {
  if (after.kind !== "object") return after;
  const entries = new Map([...after.entries].filter(([name, value]) => before.entries.get(name) !== value));
  return { ...after, entries };
}

/** The containers of a value, and those in them, as they are in a state. */
export function collectShapes(state: State, value: Value, into: Map<number, Shape>, nesting: number): void {
  for (const ref of value.refs) {
    const shape = state.shape(ref);
    if (shape === undefined || into.has(ref)) continue;
    into.set(ref, shape);
    if (nesting === 0) continue;
    for (const entry of shape.entries.values()) collectShapes(state, entry, into, nesting - 1);
    if (shape.rest !== undefined) collectShapes(state, shape.rest, into, nesting - 1);
  }
}
