import { Field } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { forgetNarrowed, mayNarrow, readNarrowed, writeNarrowed } from "../values/names.ts";
import { UNKNOWN, type Value } from "../values/value.ts";

/**
 * What was proved of an item is not true of what it is given now, which is known where the mapping is none of the program's own, such as a
 * copy of what was sent.
 */
export function noteItem(
  machine: Machine,
  target: number,
  receiver: Value,
  key: string | number | undefined,
  value: Value,
): void {
  const { syntax } = machine;
  const text = textOf(syntax, target);
  const object = textOf(syntax, childByField(syntax, target, Field.value));
  const isOthers = key !== undefined && receiver.labels !== 0 && receiver.refs.length === 0;
  if (key === undefined && receiver.refs.length === 0) forgetNarrowed(machine, object);
  else if (isOthers && mayNarrow(machine, object)) writeNarrowed(machine, text, value);
  else if (readNarrowed(machine, text) !== undefined) writeNarrowed(machine, text, UNKNOWN);
}
