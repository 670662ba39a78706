import type { ClassInfo } from "../calls/callables.ts";
import type { Machine } from "../machine/machine.ts";
import { callableValue, constantValue, type Value } from "../values/value.ts";
import { classAttribute } from "./class-attribute.ts";
import { callSpecial } from "./special-methods.ts";

/** What reading an attribute yields where the class says so by an object with `__get__`. */
export function readDescriptor(
  machine: Machine,
  node: number,
  self: Value,
  info: ClassInfo,
  name: string,
): Value | undefined {
  const descriptor = descriptorOf(machine, info, name);
  return descriptor && callSpecial(machine, node, descriptor, "__get__", [self, callableValue(info)]);
}

/** Whether an assignment to the attribute was the business of an object with `__set__`. */
export function writeDescriptor(
  machine: Machine,
  node: number,
  self: Value,
  info: ClassInfo | undefined,
  name: string,
  value: Value,
): boolean {
  const descriptor = info === undefined ? undefined : descriptorOf(machine, info, name);
  return descriptor !== undefined && callSpecial(machine, node, descriptor, "__set__", [self, value]) !== undefined;
}

/** Tells the descriptors of a new class under which name they are. */
export function nameDescriptors(machine: Machine, node: number, info: ClassInfo): void {
  for (const [name, value] of info.attributes)
    if (value.refs.length === 1)
      callSpecial(machine, node, value, "__set_name__", [callableValue(info), constantValue(name)]);
}

function descriptorOf(machine: Machine, info: ClassInfo, name: string): Value | undefined {
  const value = classAttribute(machine, info, name);
  return machine.onlyShape(value)?.kind === "object" ? value : undefined;
}
