import type { ClassInfo } from "../calls/callables.ts";
import { methodOrder } from "../calls/method-order.ts";
import { resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";

/** An attribute of a class, its parents included. A method that was put off is defined now. */
export function classAttribute(machine: Machine, info: ClassInfo, name: string, depth = 0): Value | undefined {
  const own = info.attributes.get(name);
  if (own !== undefined) return own.callables.length === 0 ? own : resolveImports(machine, own);
  if (depth > 8) return undefined;
  const { parents } = info;
  if (parents.length < 2)
    return parents.length === 0 ? undefined : classAttribute(machine, parents[0], name, depth + 1);
  for (const one of methodOrder(info)) {
    const found = one.attributes.get(name);
    if (found !== undefined) return found.callables.length === 0 ? found : resolveImports(machine, found);
  }
  return undefined;
}
