import type { ClassInfo } from "../calls/callables.ts";
import { resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";

/** An attribute of a class, its parents included. A method that was put off is defined now. */
export function classAttribute(machine: Machine, info: ClassInfo, name: string, depth = 0): Value | undefined {
  const own = info.attributes.get(name);
  if (own !== undefined) return own.callables.length === 0 ? own : resolveImports(machine, own);
  if (depth > 8) return undefined;
  for (const parent of info.parents) {
    const found = classAttribute(machine, parent, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
