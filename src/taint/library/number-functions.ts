import { elementOf } from "../expressions/elements.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { inPlaces } from "../expressions/iteration.ts";
import type { Machine } from "../machine/machine.ts";
import { newTuple } from "../values/new-sequence.ts";
import { type Constant, constantValue, isCounted, PLACE, type Value } from "../values/value.ts";

/** Longer sequences are not added up. */
const MAX_PLACES = 16;

/** The one constant that a value is. */
function only(value: Value | undefined): Constant | undefined {
  return value?.constants?.length === 1 ? value.constants[0] : undefined;
}

/** A number, or a truth value, which counts as one in Python. */
function numberOf(value: Value | undefined): number | undefined {
  const constant = only(value);
  return typeof constant === "number" || typeof constant === "boolean" ? Number(constant) : undefined;
}

function known(numbers: readonly (number | undefined)[]): readonly number[] | undefined {
  return numbers.every((number) => number !== undefined) ? (numbers as number[]) : undefined;
}

/** Numbers that JavaScript and Python write alike. */
function whole(number: number): Value | undefined {
  return Number.isSafeInteger(number) ? constantValue(number) : undefined;
}

/** `sum(items)`: of numbers that are known, or at least numbers that the program counts. */
export function sumOf(machine: Machine, { args }: Call): Value | undefined {
  const [items, start] = args.positional.map(({ value }) => value);
  if (items === undefined || args.keywords.size > 0) return undefined;
  const values = inPlaces(machine, items, MAX_PLACES);
  const numbers = values && known([...values, ...(start === undefined ? [] : [start])].map(numberOf));
  if (numbers !== undefined) return whole(numbers.reduce((total, number) => total + number, 0));
  const elements = values ?? [elementOf(machine, items)];
  const areNumbers = [...elements, ...(start === undefined ? [] : [start])].every(isNumber);
  return areNumbers && elements.length > 0 ? PLACE : undefined;
}

function isNumber(value: Value | undefined): boolean {
  if (value === undefined) return false;
  return (
    isCounted(value) || (value.constants?.every((one) => typeof one === "number" || typeof one === "boolean") ?? false)
  );
}

/** `min(4, 7)`, `max([4, 7])`, of numbers that are known; undefined of anything else. */
export function extremeOf(machine: Machine, { args, name }: Call): Value | undefined {
  if (args.keywords.size > 0 || args.hasSplat) return undefined;
  const values = args.positional.map(({ value }) => value);
  const given = values.length === 1 ? inPlaces(machine, values[0], MAX_PLACES) : values;
  const numbers = given && known(given.map(numberOf));
  if (numbers === undefined || numbers.length === 0) return undefined;
  return whole(name === "min" ? Math.min(...numbers) : Math.max(...numbers));
}

export function absolute(_machine: Machine, { args }: Call): Value | undefined {
  const number = numberOf(args.positional[0]?.value);
  return number === undefined ? undefined : whole(Math.abs(number));
}

/** `round(number)`: of two that are as near, the even one. */
export function rounded(_machine: Machine, { args }: Call): Value | undefined {
  const number = args.positional.length === 1 ? numberOf(args.positional[0].value) : undefined;
  if (number === undefined) return undefined;
  const below = Math.floor(number);
  const isHalf = number - below === 0.5;
  return whole(isHalf ? below + Math.abs(below % 2) : Math.round(number));
}

/** `divmod(7, 2)`: both numbers. */
export function dividedBy(machine: Machine, { args }: Call): Value | undefined {
  const numbers = args.positional.length === 2 ? known(args.positional.map(({ value }) => numberOf(value))) : undefined;
  const [number, by] = numbers ?? [];
  if (number === undefined || by === undefined || by === 0) return undefined;
  const quotient = whole(Math.floor(number / by));
  const rest = whole(number - by * Math.floor(number / by));
  return quotient && rest && newTuple(machine, [quotient, rest]);
}

/** `pow(2, 3)`, `pow(2, 3, 5)`. */
export function powerOf(_machine: Machine, { args }: Call): Value | undefined {
  const numbers = known(args.positional.map(({ value }) => numberOf(value)));
  const [base, exponent, by] = numbers ?? [];
  if (base === undefined || exponent === undefined || exponent < 0 || by === 0) return undefined;
  const power = base ** exponent;
  if (!Number.isSafeInteger(power)) return undefined;
  return whole(by === undefined ? power : power - by * Math.floor(power / by));
}
