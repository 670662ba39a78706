import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";
import type { CallResult } from "./call-result.ts";
import type { FunctionCallable } from "./callables.ts";

/** A function that is run for one number after another. */
export interface Counting {
  readonly parameter: string;
  current: number;
  /** One of its calls was given another number than a smaller one. */
  isLost: boolean;
}

/** Calls inside one another that are counted down: with the bound on calls, they are still followed. */
const MAX_COUNTED = 4;

/**
 * `repeat(text, 3)`, where `repeat` calls itself with smaller numbers, to its end: what it gives back is known as of any other call.
 * Undefined where it does anything else.
 */
export function runCountingDown(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  run: (parameters: ReadonlyMap<string, Value>) => CallResult,
): CallResult | undefined {
  const [parameter, current] = numberIn(parameters) ?? [];
  if (parameter === undefined || current === undefined) return undefined;
  const { state, runs } = machine;
  const runsBefore = runs.get(callee) ?? 0;
  // Of each number there is one run, as long as they are told apart at all.
  runs.set(callee, 0);
  const counting: Counting = { parameter, current, isLost: false };
  machine.counting.set(callee, counting);
  machine.state = state.fork();
  const result = run(parameters);
  const after = machine.state;
  machine.counting.delete(callee);
  machine.state = state;
  runs.set(callee, runsBefore);
  if (counting.isLost) return undefined;
  state.merge([after]);
  return result;
}

/** Whether what was worked out now is not so, for a function that does not count down after all was taken to. */
export function isLost({ counting }: Machine): boolean {
  return counting.size > 0 && counting.values().some((one) => one.isLost);
}

function numberIn(parameters: ReadonlyMap<string, Value>): readonly [string, number] | undefined {
  for (const [name, { constants }] of parameters) {
    const number = constants?.length === 1 ? constants[0] : undefined;
    if (typeof number === "number" && number >= 1 && number <= MAX_COUNTED) return [name, number];
  }
  return undefined;
}

/** Runs an inner call with the number that it is given, where that is smaller than the one of the call around it. */
export function countDown<Result>(
  counting: Counting,
  parameters: ReadonlyMap<string, Value>,
  run: () => Result,
): Result | undefined {
  const { constants } = parameters.get(counting.parameter) ?? {};
  const number = constants?.length === 1 ? constants[0] : undefined;
  if (typeof number !== "number" || number >= counting.current || number < 0 || counting.isLost) {
    counting.isLost = true;
    return undefined;
  }
  const { current } = counting;
  counting.current = number;
  const result = run();
  counting.current = current;
  return result;
}
