import type { Wrapper } from "../machine/entry-wrappers.ts";
import type { Machine } from "../machine/machine.ts";
import { callableValue, type Value } from "../values/value.ts";
import { runCallable } from "./call-back.ts";
import type { ClassInfo, FunctionCallable, ProjectCallable } from "./callables.ts";

/**
 * What decorators of this project give back for a function: a wrapper that changes what goes in or comes out. Undefined where they leave it as it is, or where it cannot be told what they make of it. Decorators of libraries are taken
 * to leave a function as it is.
 */
export function decorate(
  machine: Machine,
  node: number,
  plain: FunctionCallable,
  decorators: readonly Value[],
): Wrapper | undefined {
  let made = plain;
  const layers: FunctionCallable[] = [];
  for (const decorator of decorators.toReversed()) {
    const callables = decorator.callables as readonly ProjectCallable[];
    if (callables.length !== 1 || callables[0].kind !== "function") continue;
    const result = runCallable(machine, node, decorator, [{ node, value: callableValue(made), keyword: undefined }]);
    const [only, ...others] = (result?.callables ?? []) as readonly ProjectCallable[];
    if (only?.kind !== "function" || others.length > 0 || only === made) continue;
    layers.push(made);
    made = only;
  }
  return made === plain ? undefined : { function: made, layers };
}

/** The class that decorators of this project give back for a class; they are run for what else they do with it. */
export function decorateClass(
  machine: Machine,
  node: number,
  plain: ClassInfo,
  decorators: readonly Value[],
): ClassInfo {
  let made = plain;
  for (const decorator of decorators.toReversed()) {
    if (decorator.callables.length !== 1) continue;
    const result = runCallable(machine, node, decorator, [{ node, value: callableValue(made), keyword: undefined }]);
    const [only, ...others] = (result?.callables ?? []) as readonly ProjectCallable[];
    if (only?.kind === "class" && others.length === 0) made = only;
  }
  return made;
}
