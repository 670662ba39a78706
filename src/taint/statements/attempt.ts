import type { Machine } from "../machine/machine.ts";
import { joinShapes, type Shape } from "../values/shape.ts";
import type { State, VariableKey } from "../values/state.ts";
import { join, type Value } from "../values/value.ts";

/**
 * What happens while statements run that an exception may interrupt anywhere: each value that a variable or container had
 * on the way may be the one that it is left with.
 */
export interface Attempt {
  readonly variables: Map<VariableKey, Value>;
  readonly heap: Map<number, Shape>;
  /** The exceptions that were raised, with what they were made of. */
  readonly raised: Value[];
}

export function beginAttempt(machine: Machine): Attempt {
  const attempt: Attempt = { variables: new Map(), heap: new Map(), raised: [] };
  machine.attempts.push(attempt);
  return attempt;
}

/** Ends the innermost attempt; what it wrote was written in the one around it, too. */
export function endAttempt(machine: Machine): void {
  const attempt = machine.attempts.pop();
  const outer = machine.attempts.at(-1);
  if (attempt === undefined || outer === undefined) return;
  for (const [key, value] of attempt.variables) noteVariable(outer, key, value);
  for (const [ref, shape] of attempt.heap) noteShape(outer, ref, shape);
}

export function noteVariable(attempt: Attempt, key: VariableKey, value: Value): void {
  const before = attempt.variables.get(key);
  attempt.variables.set(key, before === undefined ? value : join(before, value));
}

export function noteShape(attempt: Attempt, ref: number, shape: Shape): void {
  const before = attempt.heap.get(ref);
  attempt.heap.set(ref, before === undefined ? shape : joinShapes(before, shape));
}

/** The state in which the attempt may have been interrupted. */
export function interrupted(before: State, { variables, heap }: Attempt): State {
  const state = before.fork();
  for (const [key, value] of variables) {
    const earlier = before.get(key);
    state.set(key, earlier === undefined ? value : join(earlier, value));
  }
  for (const [ref, shape] of heap) {
    const earlier = before.shape(ref);
    state.setShape(ref, earlier === undefined ? shape : joinShapes(earlier, shape));
  }
  return state;
}
