import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { constantValue, DYNAMIC, pathValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";

/** A compiled pattern remembers its text as `prefix`, for the guards. */
export function compilePattern(_machine: Machine, { args }: Call): Value | undefined {
  const pattern = args.positional[0]?.value;
  const text = pattern?.constants?.length === 1 ? pattern.constants[0] : undefined;
  return typeof text === "string" ? { ...UNKNOWN, paths: ["re.Pattern()"], prefix: text } : undefined;
}

/** `__import__("os")`: the module, where its name is constant. */
export function importNamed(machine: Machine, { args }: Call): Value | undefined {
  const name = args.positional[0]?.value;
  const text = name?.constants?.length === 1 ? name.constants[0] : undefined;
  // Of a dotted name the one gives the package, the other the module in it: nothing is said of these.
  return typeof text === "string" && /^\w+$/.test(text) ? pathValue([machine.models.canonical(text)]) : undefined;
}

/** An absolute part discards those before it, so the constant beginning says nothing about where the path ends up. */
export function joinPaths(machine: Machine, { args }: Call): Value {
  const parts = [...args.positional, ...args.others].map(({ value }) => deep(machine, value));
  const constants = parts.map((part) => (part.constants?.length === 1 ? part.constants[0] : undefined));
  if (parts.length > 0 && constants.every((part) => typeof part === "string")) {
    return carry(constantValue(constants.join("/").replace(/\/+/g, "/")), parts);
  }
  const isConstant = parts.every((part) => part.constancy === "constant");
  const joined = carry({ ...DYNAMIC, constancy: isConstant ? "constant" : "dynamic", text: true }, parts);
  // It begins with the first part, or with the separator of one that discards it: either way it is no option.
  const [first] = parts;
  const isBehind = first !== undefined && first.labels === 0 && !(first.constants?.some(mayBeginOption) ?? false);
  return isBehind ? withCleared(joined, machine.models.kindMask(["argument"])) : joined;
}

function mayBeginOption(constant: unknown): boolean {
  return constant === "" || String(constant).startsWith("-");
}
