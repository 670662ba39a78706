import { inOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { lengthOf } from "../values/shape.ts";
import type { Constant, Value } from "../values/value.ts";

/** A list or tuple of which every element is one constant. */
export interface KnownSequence {
  readonly kind: "list" | "tuple";
  readonly elements: readonly Constant[];
}

/** The constants of a list or tuple; undefined where one of its elements is not known. */
export function knownSequence(machine: Machine, value: Value): KnownSequence | undefined {
  if (value.refs.length === 0 || value.labels !== 0 || value.paths.length > 0) return undefined;
  const shape = inOrder(machine.onlyShape(value));
  if ((shape?.kind !== "list" && shape?.kind !== "tuple") || lengthOf(shape) === undefined) return undefined;
  const elements: Constant[] = [];
  for (const { constants } of shape.entries.values()) {
    if (constants?.length !== 1) return undefined;
    elements.push(constants[0]);
  }
  return { kind: shape.kind, elements };
}

/** `(3, 11) >= (3, 8)`: the first elements that differ decide, else the lengths. Undefined where Python has no order for them, or it is not known. */
export function compareSequences(
  operator: string,
  left: KnownSequence | undefined,
  right: KnownSequence | undefined,
): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left.kind !== right.kind) return operator === "==" ? false : operator === "!=" ? true : undefined;
  const length = Math.min(left.elements.length, right.elements.length);
  let place = 0;
  while (place < length && isEqual(left.elements[place], right.elements[place])) place++;
  const order =
    place < length
      ? orderOf(left.elements[place], right.elements[place])
      : Math.sign(left.elements.length - right.elements.length);
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order === undefined ? undefined : order < 0;
    case "<=":
      return order === undefined ? undefined : order <= 0;
    case ">":
      return order === undefined ? undefined : order > 0;
    case ">=":
      return order === undefined ? undefined : order >= 0;
    default:
      return undefined;
  }
}

function isEqual(a: Constant, b: Constant): boolean {
  return numberOr(a) === numberOr(b);
}

/** Which of two that differ is the smaller one; undefined of what has no order. */
function orderOf(a: Constant, b: Constant): number | undefined {
  const x = numberOr(a);
  const y = numberOr(b);
  if (x === null || y === null || typeof x !== typeof y) return undefined;
  return x < y ? -1 : 1;
}

function numberOr(constant: Constant): string | number | null {
  return typeof constant === "boolean" ? Number(constant) : constant;
}
