import type { Machine } from "../machine/machine.ts";
import { reportFlow } from "../machine/sinks.ts";
import type { Value } from "../values/value.ts";

/** `" " * width`, `[0] * size`: a text or list as long as the number says. */
export function checkRepeated(machine: Machine, node: number, { refs, constants }: Value, times: Value): void {
  const isList = refs.some((ref) => /^(?:list|tuple)$/.test(machine.shape(ref)?.kind ?? ""));
  const isRepeated = isList || constants?.some((constant) => typeof constant === "string" && constant !== "") === true;
  if (!isRepeated || times.text || times.refs.length > 0) return;
  const bit = machine.models.kinds.bit("range");
  reportFlow(machine, { sink: "*", kind: "range", bit, node, argument: node, value: times });
}
