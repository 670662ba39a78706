import { joinShapes, type Shape } from "./shape.ts";
import { join, sameValue, UNKNOWN, type Value } from "./value.ts";

/** A variable of one activation; below zero what a condition proved of an expression (`names.ts`). */
export type VariableKey = number;

const NONE: readonly never[] = [];

/** Variables and containers that were asked for, in a state or through the layers on it. */
export interface Reads {
  readonly variables: Set<VariableKey>;
  readonly refs: Set<number>;
}

/**
 * Variables and heap at one point of the program. A branch forks a layer over the state before it; where branches meet,
 * only what they changed is joined back: the cost is that of the changes, not of the environment.
 */
export class State {
  readonly below: State | undefined;
  /** False after `return`, `raise`, `break`, `continue` or a call that does not return. */
  alive = true;
  /** What this layer changed. Most layers change nothing of one of the two, and layers may have one map in common. */
  #variables: Map<VariableKey, Value> | undefined;
  #heap: Map<number, Shape> | undefined;
  #sharesVariables = false;
  #sharesHeap = false;
  /** While a loop's first rounds are run: what they read that they did not write before. */
  #reads: Reads | undefined;

  constructor(below?: State) {
    this.below = below;
  }

  fork(): State {
    return new State(this);
  }

  get(key: VariableKey): Value | undefined {
    for (let state: State | undefined = this; state !== undefined; state = state.below) {
      state.#reads?.variables.add(key);
      const value = state.#variables?.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  set(key: VariableKey, value: Value): void {
    this.#ownVariables().set(key, value);
  }

  /** Takes a variable out of this layer: what is below it is seen again. */
  forget(key: VariableKey): void {
    if (this.#variables?.has(key) === true) this.#ownVariables().delete(key);
  }

  shape(ref: number): Shape | undefined {
    for (let state: State | undefined = this; state !== undefined; state = state.below) {
      state.#reads?.refs.add(ref);
      const shape = state.#heap?.get(ref);
      if (shape !== undefined) return shape;
    }
    return undefined;
  }

  /** The containers that were written to since `state`, which this one was forked from, also over others. */
  changedSince(state: State): ReadonlySet<number> {
    const refs = new Set<number>();
    for (let at: State | undefined = this; at !== undefined && at !== state; at = at.below) {
      for (const ref of at.#heap?.keys() ?? []) refs.add(ref);
    }
    return refs;
  }

  setShape(ref: number, shape: Shape): void {
    this.#ownHeap().set(ref, shape);
  }

  /**
   * Takes what the branches left: all of them were forked from this state (or are `this` for "nothing happened"). Variables
   * that are gone are left out.
   */
  merge(branches: readonly State[], isGone?: (key: VariableKey) => boolean): void {
    const live = branches.filter((branch) => branch.alive);
    if (live.length === 0) {
      this.alive = false;
      return;
    }
    if (live.length === 1) {
      if (live[0] !== this) this.take(live[0], isGone);
      return;
    }
    // A key is joined once, where the first branch that has it is looked at: what is set then is asked for no more.
    for (let index = 0; index < live.length; index++) {
      const branch = live[index];
      if (branch === this) continue;
      for (const key of branch.#variables?.keys() ?? NONE) {
        if (isGone?.(key) === true || this.#isJoined(live, index, key)) continue;
        const value = joinVariable(live, key);
        if (value !== undefined) this.set(key, value);
      }
      for (const ref of branch.#heap?.keys() ?? NONE) {
        const shape = this.#isMixed(live, index, ref) ? undefined : joinShapesOver(live, ref);
        if (shape !== undefined) this.setShape(ref, shape);
      }
    }
  }

  /** Whether one of the branches before `index` has the variable, too. */
  #isJoined(branches: readonly State[], index: number, key: VariableKey): boolean {
    for (let at = 0; at < index; at++) {
      if (branches[at] !== this && branches[at].#variables?.has(key) === true) return true;
    }
    return false;
  }

  /** The same of a container or object. */
  #isMixed(branches: readonly State[], index: number, ref: number): boolean {
    for (let at = 0; at < index; at++) {
      if (branches[at] !== this && branches[at].#heap?.has(ref) === true) return true;
    }
    return false;
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

  /** Notes in `reads` what is read of this state and what is below it; no more where they are undefined. */
  watch(reads: Reads | undefined): void {
    this.#reads = reads;
  }

  /**
   * Joins in what a layer on this one left; true where that adds something that decides a finding, to what is among `reads`,
   * or was bound before and `isLeft`, or to anything where `reads` is undefined.
   */
  absorb(layer: State, reads: Reads | undefined, isLeft: boolean): boolean {
    let isMore = false;
    for (const key of layer.#variables?.keys() ?? NONE) {
      const before = this.get(key);
      const joined = joinVariable([this, layer], key);
      if (joined === undefined || joined === before) continue;
      const isAsked = reads?.variables.has(key) !== false || (isLeft && before !== undefined);
      isMore ||= isAsked && !sameValue(before ?? UNKNOWN, joined);
      this.set(key, joined);
    }
    for (const ref of layer.#heap?.keys() ?? NONE) {
      const before = this.shape(ref);
      const joined = joinShapesOver([this, layer], ref);
      if (joined === undefined || joined === before) continue;
      const isAsked = isLeft || reads?.refs.has(ref) !== false;
      isMore ||= isAsked && before !== undefined && !sameShape(before, joined);
      this.setShape(ref, joined);
    }
    return isMore;
  }

  /** Everything that another layer holds. */
  take(other: State, isGone?: (key: VariableKey) => boolean): void {
    if (this.#variables === undefined && isGone === undefined) {
      this.#variables = other.#variables;
      this.#sharesVariables = other.#sharesVariables = true;
    } else {
      for (const [key, value] of other.#variables ?? NONE) if (isGone?.(key) !== true) this.set(key, value);
    }
    if (this.#heap === undefined) {
      this.#heap = other.#heap;
      this.#sharesHeap = other.#sharesHeap = true;
    } else for (const [ref, shape] of other.#heap ?? NONE) this.setShape(ref, shape);
  }

  #ownVariables(): Map<VariableKey, Value> {
    if (this.#variables === undefined || this.#sharesVariables) {
      this.#variables = new Map(this.#variables);
      this.#sharesVariables = false;
    }
    return this.#variables;
  }

  #ownHeap(): Map<number, Shape> {
    if (this.#heap === undefined || this.#sharesHeap) {
      this.#heap = new Map(this.#heap);
      this.#sharesHeap = false;
    }
    return this.#heap;
  }
}

/** What a condition proved of an expression (`names.ts`) holds after the branches only where every one of them knows it. */
function joinVariable(branches: readonly State[], key: VariableKey): Value | undefined {
  const values = branches.map((branch) => branch.get(key));
  const isProof = key < 0;
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
