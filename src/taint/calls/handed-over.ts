import type { TraceStep } from "../facts.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import type { Value } from "../values/value.ts";
import type { FunctionCallable } from "./callables.ts";

/**
 * Runs a call of another module's function. What a container or an object brings there has no step of its own in this file, though it
 * passes through: the flows that end there are given that step.
 */
export function handingOver<Result>(
  machine: Machine,
  node: number,
  { info, unit }: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  run: () => Result,
): Result {
  if (machine.unit.index !== 0 || unit.index === 0) return run();
  const { handed } = machine;
  machine.handed = undefined;
  for (const [name, value] of parameters) {
    if (value.labels !== 0 || value.refs.length === 0 || deep(machine, value).labels === 0) continue;
    machine.handed = { path: machine.unit.path, node, role: "call", note: `passed to \`${info.name}\` as \`${name}\`` };
    break;
  }
  const result = run();
  machine.handed = handed;
  return result;
}

/** The steps of a flow, with that by which it passed through the file under analysis in a container. */
export function withHandedOver({ handed, units }: Machine, steps: readonly TraceStep[]): readonly TraceStep[] {
  const [home] = units;
  return handed === undefined || steps.some(({ path }) => path === home.path) ? steps : [...steps, handed];
}
