import type { Machine } from "../machine/machine.ts";
import { anyEntry } from "../values/shape.ts";
import { UNKNOWN, type Value } from "../values/value.ts";
import type { CallResult } from "./call-result.ts";
import type { FunctionCallable } from "./callables.ts";

/** A function that is run for one number after another, or for one object after another. */
export interface Counting {
  readonly parameter: string;
  /** The number of the call that is being run. */
  current: number;
  /** The objects of the calls that are being run, the outermost first; undefined where numbers are counted. */
  readonly objects: number[] | undefined;
  /** One of its calls was given another number than a smaller one, or an object that is being asked. */
  isLost: boolean;
}

/** Calls inside one another that are counted down: with the bound on calls, they are still followed. */
const MAX_COUNTED = 4;

/**
 * `repeat(text, 3)`, where `repeat` calls itself with smaller numbers, to its end: what it gives back is known as of any other call. So is
 * what a method gives back that asks the objects inside its own: `child.texts()`.
 * Undefined where it does anything else.
 */
export function runCountingDown(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  run: (parameters: ReadonlyMap<string, Value>) => CallResult,
): CallResult | undefined {
  for (const counting of [treeIn(machine, callee, parameters), numberIn(parameters)]) {
    const result = counting && runCounted(machine, callee, parameters, counting, run);
    if (result !== undefined) return result;
  }
  return undefined;
}

function runCounted(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  counting: Counting,
  run: (parameters: ReadonlyMap<string, Value>) => CallResult,
): CallResult | undefined {
  const { state, runs } = machine;
  const runsBefore = runs.get(callee) ?? 0;
  // Of each number there is one run, as long as they are told apart at all.
  runs.set(callee, 0);
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

function numberIn(parameters: ReadonlyMap<string, Value>): Counting | undefined {
  for (const [parameter, { constants }] of parameters) {
    const current = constants?.length === 1 ? constants[0] : undefined;
    if (typeof current === "number" && current >= 1 && current <= MAX_COUNTED)
      return { parameter, current, objects: undefined, isLost: false };
  }
  return undefined;
}

/** A method of an object that has others of its class in its attributes: `node.children`. */
export function treeIn(
  machine: Machine,
  { info, owner }: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
): Counting | undefined {
  const parameter = owner === undefined ? undefined : info.parameters[0]?.name;
  const refs = (parameter === undefined ? undefined : parameters.get(parameter)?.refs) ?? [];
  const shape = refs.length === 1 ? machine.shape(refs[0]) : undefined;
  if (parameter === undefined || shape?.kind !== "object" || shape.of === undefined) return undefined;
  const isAlike = ({ refs: inner }: Value) => inner.some((ref) => machine.shape(ref)?.of === shape.of);
  const holdsAlike = (value: Value) =>
    isAlike(value) ||
    value.refs.some((ref) => {
      const inner = machine.shape(ref);
      return inner !== undefined && inner.kind !== "object" && isAlike(anyEntry(inner) ?? UNKNOWN);
    });
  if (!shape.entries.values().some(holdsAlike)) return undefined;
  return { parameter, current: 0, objects: [refs[0]], isLost: false };
}

/** Runs an inner call with the number that it is given, where that is smaller than the one of the call around it, or with another object. */
export function countDown<Result>(
  counting: Counting,
  parameters: ReadonlyMap<string, Value>,
  run: () => Result,
): Result | undefined {
  const { constants, refs = [] } = parameters.get(counting.parameter) ?? {};
  if (counting.objects !== undefined) return goDown(counting, counting.objects, refs, run);
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

function goDown<Result>(
  counting: Counting,
  objects: number[],
  refs: readonly number[],
  run: () => Result,
): Result | undefined {
  if (refs.length !== 1 || objects.includes(refs[0]) || objects.length > MAX_COUNTED || counting.isLost) {
    counting.isLost = true;
    return undefined;
  }
  objects.push(refs[0]);
  const result = run();
  objects.pop();
  return result;
}
