import type { Call } from "../expressions/evaluate-call.ts";
import { callSpecial, textOfObject } from "../expressions/special-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { lengthOf } from "../values/shape.ts";
import { asText } from "../values/text.ts";
import { constantsValue, constantValue, isCounted, PLACE, type Value } from "../values/value.ts";

export function toText(machine: Machine, { args, node }: Call): Value | undefined {
  const [first] = args.positional;
  if (first === undefined) return args.hasSplat ? undefined : constantValue("");
  const value = textOfObject(machine, node, first.value);
  if (value.constants !== undefined) return carry(constantsValue(value.constants.map(asText)), [value]);
  const constancy = isCounted(value) ? "constant" : value.constancy;
  return { ...value, constants: undefined, refs: [], callables: [], paths: [], constancy, text: true };
}

/** `super().__new__(cls, text)` of a class on top of `str`. */
export function madeOf(_machine: Machine, { args }: Call): Value | undefined {
  return args.positional[1]?.value;
}

export function toInteger(_machine: Machine, { args }: Call): Value | undefined {
  const value = args.positional[0]?.value;
  if (value?.constants === undefined || args.positional.length > 1) return undefined;
  const numbers = value.constants.map((constant) => Math.trunc(Number(constant === "" ? Number.NaN : constant)));
  return numbers.every((number) => Number.isSafeInteger(number)) ? constantsValue(numbers) : undefined;
}

export function lengthOfValue(machine: Machine, { args, node }: Call): Value | undefined {
  const value = args.positional[0]?.value;
  if (value?.constants !== undefined && value.constants.length > 0) {
    const lengths = value.constants.map((constant) =>
      typeof constant === "string" ? [...constant].length : undefined,
    );
    return lengths.every((length) => length !== undefined) ? constantsValue([...new Set(lengths)]) : undefined;
  }
  const ofClass = value === undefined ? undefined : callSpecial(machine, node, value, "__len__", []);
  if (ofClass !== undefined) return ofClass;
  const shape = machine.onlyShape(value);
  // The keys of a dict may be missing on one way, the elements of a set may be equal.
  const length = shape?.kind === "list" || shape?.kind === "tuple" ? lengthOf(shape) : undefined;
  return length === undefined ? PLACE : constantValue(length);
}
