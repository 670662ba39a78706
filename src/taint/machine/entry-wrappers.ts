import { callFunction } from "../calls/call-function.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import type { EntryModel } from "../models/model.ts";
import { deep } from "../values/carry.ts";
import type { State } from "../values/state.ts";
import type { Value } from "../values/value.ts";
import type { Entry } from "./entry.ts";
import { entryValue } from "./entry-values.ts";
import type { Return } from "./frame.ts";
import type { Machine } from "./machine.ts";

/** The function that decorators of the project put in the place of another, which it calls. */
export interface Wrapper {
  readonly function: FunctionCallable;
  /** The functions that are called one in another below it, the plain one first. */
  readonly layers: readonly FunctionCallable[];
}

/** How an entry was left: what its own `return`s gave, and the states behind them. */
export interface Served {
  readonly returns: readonly Return[];
  readonly ends: readonly State[];
}

/**
 * Enters a function through what its decorators made of it, as the framework does: what they refuse does not reach it, and
 * what they hand over is what it gets. Undefined where there is no wrapper, or where it is not seen to call the function.
 */
export function runWrapped(
  machine: Machine,
  { callable, decorators, wrapper }: Entry,
  model: EntryModel,
  self: Value | undefined,
  values: ReadonlyMap<string, Value>,
): Served | undefined {
  if (wrapper === undefined) return undefined;
  const { state, callDepth, frame } = machine;
  const returns: Return[] = [];
  machine.served = { callable, layers: wrapper.layers, returns, isReached: false };
  machine.state = state.fork();
  machine.callDepth = -wrapper.layers.length - 1;
  const result = callFunction(machine, callable.info.node, wrapper.function, {
    self,
    ...handedOver(machine, callable, decorators, wrapper.function, model, self, values),
  });
  const { isReached } = machine.served;
  const isAnswer = deep(machine, result).labels !== 0;
  const end = machine.state.collapse(frame.bottom);
  machine.served = undefined;
  machine.callDepth = callDepth;
  machine.state = state;
  return isReached ? { returns: isAnswer ? returns : [], ends: end.alive ? [end] : [] } : undefined;
}

/** What the framework passes by its place comes first; parts of the route have names, those that the wrapper keeps for itself too. */
function handedOver(
  machine: Machine,
  callable: FunctionCallable,
  decorators: readonly string[],
  wrapper: FunctionCallable,
  model: EntryModel,
  self: Value | undefined,
  values: ReadonlyMap<string, Value>,
) {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  const own = callable.info.parameters.slice(self === undefined && callable.owner === undefined ? 0 : 1);
  own.forEach(({ name, kind }, index) => {
    const value = values.get(name);
    if (value === undefined || kind !== "positional") return;
    if (model.parameterTypes[String(index)] !== undefined && positional.length === index) positional.push(value);
    else keywords.set(name, value);
  });
  const taken = positional.length + (self === undefined ? 0 : 1);
  wrapper.info.parameters.forEach((parameter, index) => {
    if (index < taken || parameter.kind !== "positional" || keywords.has(parameter.name)) return;
    keywords.set(
      parameter.name,
      entryValue(machine, { callable: wrapper, decorators }, model, parameter, index, undefined),
    );
  });
  return { positional, keywords, others: [] };
}
