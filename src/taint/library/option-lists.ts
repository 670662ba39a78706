import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { sequenceShape } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value } from "../values/value.ts";

/** `getopt.getopt(sys.argv[1:], "hl:")`: pairs of an option that the program has declared and what was given for it, and the rest. */
export function parsedOptions(machine: Machine, { args }: Call): Value | undefined {
  const given = args.positional[0]?.value;
  if (given === undefined || deep(machine, given).labels === 0) return undefined;
  const word: Value = { ...(elementOf(machine, given) ?? carry(UNKNOWN, [deep(machine, given)])), text: true };
  const list = (rest: Value) => refValue(machine.allocate(sequenceShape("list", [], rest)), "dynamic");
  const tuple = (...parts: Value[]) => refValue(machine.allocate(sequenceShape("tuple", parts)), "dynamic");
  return tuple(list(tuple({ ...UNKNOWN, constancy: "constant", text: true }, word)), list(word));
}
