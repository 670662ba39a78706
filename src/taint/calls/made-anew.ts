import type { Machine } from "../machine/machine.ts";
import type { CallResult } from "./call-result.ts";
import type { FunctionCallable } from "./callables.ts";

/** A call that makes more containers than these gives the same ones again. */
const MAX_MADE = 16;

/**
 * The containers that a call made and nothing else has: it wrote to none that was there before, but to the object that it was called to fill.
 * `from`: the first that it could make.
 */
export function madeAnew(
  machine: Machine,
  { info }: FunctionCallable,
  result: CallResult,
  from: number,
): readonly number[] {
  if (result.shapes.size === 0) return NO_REFS;
  const [self] = result.parameters.values();
  const own = info.name === "__init__" && self?.refs.length === 1 ? self.refs[0] : undefined;
  const isOwn = [...machine.written].every((ref) => ref >= from || ref === own);
  const made = isOwn ? [...result.shapes.keys()].filter((ref) => ref >= from) : NO_REFS;
  return made.length > MAX_MADE ? NO_REFS : made;
}

/** Whether a call wrote to a container that it neither made nor was given itself: that of another object is another one. */
export function writesElsewhere(written: ReadonlySet<number>, { parameters }: CallResult, from: number): boolean {
  const given = new Set([...parameters.values()].flatMap(({ refs }) => refs));
  return [...written].some((ref) => ref >= 0 && ref < from && !given.has(ref));
}

export const NO_REFS: readonly number[] = [];
