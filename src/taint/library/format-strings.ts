import { allArguments } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { reportFlow } from "../machine/sinks.ts";
import type { Value } from "../values/value.ts";

/** `text.format(user=user)`: whoever writes the text reads attributes of the objects that it is given, and of theirs. */
export function checkFormat(machine: Machine, { node, args }: Call, format: Value): void {
  if (format.labels === 0 || !allArguments(args).some(({ value }) => leadsToObjects(machine, value))) return;
  const bit = machine.models.kinds.bit("format");
  reportFlow(machine, { sink: "str.format", kind: "format", bit, node, argument: node, value: format });
}

/** Instances and functions of Python, which lead to the globals of their modules; texts, numbers and times do not. */
function leadsToObjects(machine: Machine, { refs, callables, paths, text }: Value, nesting = 2): boolean {
  if (callables.length > 0) return true;
  if (!text && paths.some((path) => /\(\)$/.test(path) && !PLAIN.test(path))) return true;
  return refs.some((ref) => {
    const shape = machine.shape(ref);
    if (shape?.kind === "object") return true;
    const inside = [...(shape?.entries.values() ?? []), ...(shape?.rest === undefined ? [] : [shape.rest])];
    return nesting > 0 && inside.some((value) => leadsToObjects(machine, value, nesting - 1));
  });
}

const PLAIN = /^(?:bool|bytes|complex|datetime|decimal|float|fractions|int|str|time|uuid)\b/;
