import { runCallable } from "../calls/call-back.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";

/** `LocalProxy(get_db)`: stands for what the function gives, whenever it is used. */
export function localProxy(machine: Machine, { args, node }: Call): Value | undefined {
  const [given] = args.positional;
  return given?.value.callables.length === 1 ? runCallable(machine, node, given.value, []) : undefined;
}
