import type { FunctionCallable, ProjectCallable } from "../calls/callables.ts";
import type { Callable, Value } from "../values/value.ts";

/** What was stored on functions: `convert.calls = 0`. */
const STORED = new WeakMap<FunctionCallable, Map<string, Value>>();

export function storeOnFunction(callable: Callable, name: string, value: Value): void {
  const target = functionOf(callable as ProjectCallable);
  if (target === undefined) return;
  const stored = STORED.get(target) ?? new Map<string, Value>();
  STORED.set(target, stored.set(name, value));
}

export function readOfFunction(callable: ProjectCallable, name: string): Value | undefined {
  const target = functionOf(callable);
  return target === undefined ? undefined : STORED.get(target)?.get(name);
}

function functionOf(callable: ProjectCallable): FunctionCallable | undefined {
  if (callable.kind === "bound") return callable.target;
  return callable.kind === "function" ? callable : undefined;
}
