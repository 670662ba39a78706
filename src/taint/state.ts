import { joinShapes, type Shape } from "./shape.ts";
import { join, sameValue, UNKNOWN, type Value } from "./value.ts";

/**
 * Variables and heap at one point of the program. A branch forks a layer over the state before it; where branches meet,
 * only what they changed is joined back: the cost is that of the changes, not of the environment.
 */
export class State {
  readonly below: State | undefined;
  readonly variables = new Map<string, Value>();
  readonly heap = new Map<number, Shape>();
  /** False after `return`, `raise`, `break`, `continue` or a call that does not return. */
  alive = true;

  constructor(below?: State) {
    this.below = below;
  }

  fork(): State {
    return new State(this);
  }

  get(name: string): Value | undefined {
    for (let state: State | undefined = this; state !== undefined; state = state.below) {
      const value = state.variables.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  set(name: string, value: Value): void {
    this.variables.set(name, value);
  }

  shape(ref: number): Shape | undefined {
    for (let state: State | undefined = this; state !== undefined; state = state.below) {
      const shape = state.heap.get(ref);
      if (shape !== undefined) return shape;
    }
    return undefined;
  }

  setShape(ref: number, shape: Shape): void {
    this.heap.set(ref, shape);
  }

  /** Takes what the branches left: all of them were forked from this state (or are `this` for "nothing happened"). */
  merge(branches: readonly State[]): void {
    const live = branches.filter((branch) => branch.alive);
    if (live.length === 0) {
      this.alive = false;
      return;
    }
    if (live.length === 1) {
      if (live[0] !== this) this.take(live[0]);
      return;
    }
    const names = new Set<string>();
    const refs = new Set<number>();
    for (const branch of live) {
      if (branch === this) continue;
      for (const name of branch.variables.keys()) names.add(name);
      for (const ref of branch.heap.keys()) refs.add(ref);
    }
    const variables = [...names].map((name) => [name, joinVariable(live, name)] as const);
    const shapes = [...refs].map((ref) => [ref, joinShapesOver(live, ref)] as const);
    for (const [name, value] of variables) if (value !== undefined) this.variables.set(name, value);
    for (const [ref, shape] of shapes) if (shape !== undefined) this.heap.set(ref, shape);
  }

  /** The changes of this state and the layers above `bottom`, as one layer on `bottom`: what a `break` carries out of its loop. */
  collapse(bottom: State): State {
    const flat = new State(bottom);
    const layers: State[] = [];
    for (let state: State | undefined = this; state !== undefined && state !== bottom; state = state.below) {
      layers.push(state);
    }
    for (const layer of layers.reverse()) flat.take(layer);
    return flat;
  }

  /** Whether the variables and containers of a layer differ from what is below it in anything that decides a finding. */
  changes(): boolean {
    if (this.below === undefined) return true;
    for (const [name, value] of this.variables) {
      const before = this.below.get(name);
      if (before === undefined || !sameValue(before, value)) return true;
    }
    for (const [ref, shape] of this.heap) {
      const before = this.below.shape(ref);
      if (before !== undefined && !sameShape(before, shape)) return true;
    }
    return false;
  }

  /** Everything that another layer holds. */
  take(other: State): void {
    for (const [name, value] of other.variables) this.variables.set(name, value);
    for (const [ref, shape] of other.heap) this.heap.set(ref, shape);
  }
}

/** What a condition proved of an expression (`names.ts`) holds after the branches only where every one of them knows it. */
function joinVariable(branches: readonly State[], name: string): Value | undefined {
  const values = branches.map((branch) => branch.get(name));
  const isProof = name.includes("?");
  if (isProof && values.some((value) => value === undefined || value === UNKNOWN)) return UNKNOWN;
  return joinOver(values);
}

/** A name that only one branch bound may be unbound in the others: what it was bound to is all that can be used. */
function joinOver(values: readonly (Value | undefined)[]): Value | undefined {
  let joined: Value | undefined;
  for (const value of values) {
    if (value !== undefined) joined = joined === undefined ? value : join(joined, value);
  }
  return joined;
}

function joinShapesOver(branches: readonly State[], ref: number): Shape | undefined {
  let joined: Shape | undefined;
  for (const branch of branches) {
    const shape = branch.shape(ref);
    if (shape !== undefined) joined = joined === undefined ? shape : joinShapes(joined, shape);
  }
  return joined;
}

function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.entries.size !== b.entries.size || !sameValue(a.rest ?? UNKNOWN, b.rest ?? UNKNOWN)) return false;
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key);
    if (other === undefined || !sameValue(value, other)) return false;
  }
  return true;
}
