import { textOf } from "../../python/walk.ts";
import { type ClassInfo, inLineage } from "../calls/callables.ts";
import { ofReceiver } from "../calls/unknown-answer.ts";
import type { Frame } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { assignMember, setMember } from "../statements/execute-assignment.ts";
import { carry, deep } from "../values/carry.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { constantPrefix } from "../values/fixed-host.ts";
import { keyOf } from "../values/names.ts";
import { emptyShape, joinAll, withEntry } from "../values/shape.ts";
import { DYNAMIC, join, NONE_VALUE, refValue, type Value } from "../values/value.ts";
import { classAttribute } from "./class-attribute.ts";
import { readMember } from "./evaluate-attribute.ts";
import type { Call } from "./evaluate-call.ts";

/** `getattr(object, "name")`. */
export function getAttribute(machine: Machine, { args, node }: Call): Value | undefined {
  const [object, name, fallback] = args.positional;
  const key = name === undefined ? undefined : keyOfConstant(name.value);
  if (object === undefined) return undefined;
  const read = (member: string) =>
    readMember(machine, node, object.value, member, `${textOf(machine.syntax, object.node)}.${member}`);
  const found =
    typeof key === "string"
      ? read(key)
      : joinAll(name === undefined ? [] : methodsBeginning(machine, object.value, name.value).map(read));
  // Whoever chose which attribute has not written what it holds.
  if (found === undefined)
    return carry(
      DYNAMIC,
      fallback === undefined
        ? [ofReceiver(machine, object.value)]
        : [ofReceiver(machine, object.value), deep(machine, fallback.value)],
    );
  return fallback === undefined ? found : join(found, fallback.value);
}

/** `getattr(self, f"do_{name}")`: one of the methods whose names begin so. */
function methodsBeginning(machine: Machine, { refs }: Value, name: Value): readonly string[] {
  const prefix = constantPrefix(name);
  if (prefix === undefined || !/^\w*_$/.test(prefix)) return [];
  const names = new Set<string>();
  for (const ref of refs) {
    const info = machine.shape(ref)?.of as ClassInfo | undefined;
    if (info === undefined) continue;
    inLineage(info, (of) => {
      for (const [one, { callables }] of of.attributes)
        if (one.startsWith(prefix) && callables.length > 0) names.add(one);
      return undefined;
    });
  }
  return [...names];
}

/** `setattr(object, "name", value)`. */
export function setAttribute(machine: Machine, { args, node }: Call): Value | undefined {
  const [object, name, value] = args.positional;
  const key = name === undefined ? undefined : keyOfConstant(name.value);
  if (object === undefined || value === undefined || typeof key !== "string") return undefined;
  assignMember(machine, node, object.value, key, value.value);
  return NONE_VALUE;
}

/** `object.__setattr__(self, "name", value)`: whatever the class says of its attributes. */
export function setOwnAttribute(machine: Machine, { args }: Call): Value | undefined {
  const [object, name, value] = args.positional;
  const key = name === undefined ? undefined : keyOfConstant(name.value);
  if (object === undefined || value === undefined || typeof key !== "string") return undefined;
  for (const ref of object.value.refs) setMember(machine, ref, key, value.value, object.value.refs.length === 1);
  return NONE_VALUE;
}

/** `object.__getattribute__(self, "name")` */
export function getOwnAttribute(machine: Machine, { args }: Call): Value | undefined {
  const [object, name] = args.positional;
  const key = name === undefined ? undefined : keyOfConstant(name.value);
  if (object === undefined || typeof key !== "string") return undefined;
  const found = object.value.refs.map((ref) => {
    const shape = machine.shape(ref);
    const info = shape?.of as ClassInfo | undefined;
    return shape?.entries.get(key) ?? (info && classAttribute(machine, info, key)) ?? shape?.rest;
  });
  const known = found.filter((value) => value !== undefined);
  return known.length === found.length ? joinAll(known) : undefined;
}

/** The variables of a module by name; what is stored into it is bound (`execute-assignment.ts`). */
export function globalNames(machine: Machine): Value | undefined {
  return namesOf(machine, machine.unit.frame, "globals()");
}

/** The variables of a function by name, as they are now. */
export function localNames(machine: Machine): Value | undefined {
  const { frame } = machine;
  return frame.enclosing === undefined ? globalNames(machine) : namesOf(machine, frame, "locals()");
}

/** More variables than a container tells apart are none that could be looked up. */
const MAX_NAMES = 64;

function namesOf(machine: Machine, frame: Frame, path: string): Value | undefined {
  const names = new Set([...frame.scope.locals, ...frame.keys.keys()]);
  if (names.size > MAX_NAMES) return undefined;
  let shape = emptyShape("dict");
  for (const name of names) {
    if (!/^\w+$/.test(name)) continue;
    const value = machine.state.get(keyOf(frame, name));
    if (value !== undefined) shape = withEntry(shape, name, value);
  }
  return { ...refValue(machine.allocate(shape), "dynamic"), paths: [path] };
}
