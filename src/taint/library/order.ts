import { runCallable } from "../calls/call-back.ts";
import type { Argument } from "../expressions/arguments.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";
import { inOrder } from "./sequences.ts";

/** More elements than these are in an order that is not worked out. */
const MAX_SORTED = 8;

/**
 * Elements as `sorted` puts them, smallest first, where what they are ordered by is constant: they themselves, the first parts of tuples that
 * differ in it, or what `key` gives of each. Undefined where that is not known.
 */
export function inSortedOrder(
  machine: Machine,
  node: number,
  values: readonly Value[],
  key?: Argument | undefined,
): readonly Value[] | undefined {
  if (values.length > MAX_SORTED) return undefined;
  const compared = values.map((value) =>
    key === undefined ? value : runCallable(machine, node, key.value, [{ ...key, value }]),
  );
  const own = compared.map(comparable);
  const keys = own.includes(undefined) ? compared.map((value) => firstPart(machine, value)) : own;
  const isTold = keys.every((one) => one !== undefined && typeof one === typeof keys[0]);
  if (!isTold || (keys !== own && new Set(keys).size < keys.length)) return undefined;
  const order = values.map((value, place) => ({ value, by: keys[place] as string | number }));
  return order.sort((a, b) => (a.by < b.by ? -1 : Number(a.by > b.by))).map(({ value }) => value);
}

function firstPart(machine: Machine, value: Value | undefined): string | number | undefined {
  return comparable(inOrder(machine.onlyShape(value))?.entries.get(0));
}

function comparable(value: Value | undefined): string | number | undefined {
  const constant = value?.constants?.length === 1 ? value.constants[0] : undefined;
  return typeof constant === "string" || typeof constant === "number" ? constant : undefined;
}
