import type { Machine } from "../machine/machine.ts";
import { truth } from "../values/truth.ts";
import type { Value } from "../values/value.ts";
import { callSpecial } from "./special-methods.ts";

/** Methods by which a class says what an operator does, by the operator: https://docs.python.org/3/reference/datamodel.html#special-method-names */
const METHODS: ReadonlyMap<string, string> = new Map([
  ["+", "add"],
  ["-", "sub"],
  ["*", "mul"],
  ["@", "matmul"],
  ["/", "truediv"],
  ["//", "floordiv"],
  ["%", "mod"],
  ["**", "pow"],
  ["<<", "lshift"],
  [">>", "rshift"],
  ["&", "and"],
  ["^", "xor"],
  ["|", "or"],
]);

/** The operator of objects whose class has a method for it. */
export function applySpecial(
  machine: Machine,
  node: number,
  operator: string,
  left: Value,
  right: Value,
): Value | undefined {
  const name = left.refs.length + right.refs.length === 0 ? undefined : METHODS.get(operator);
  if (name === undefined) return undefined;
  return (
    callSpecial(machine, node, left, `__${name}__`, [right]) ??
    callSpecial(machine, node, right, `__r${name}__`, [left])
  );
}

/** `left += right` of an object whose class changes it in place. */
export function applyInPlace(
  machine: Machine,
  node: number,
  operator: string,
  left: Value,
  right: Value,
): Value | undefined {
  const name = left.refs.length === 0 ? undefined : METHODS.get(operator);
  return name === undefined ? undefined : callSpecial(machine, node, left, `__i${name}__`, [right]);
}

const UNARY: ReadonlyMap<string, string> = new Map([
  ["-", "__neg__"],
  ["+", "__pos__"],
  ["~", "__invert__"],
]);

/** `~value` of an object whose class has a method for it. */
export function applyUnarySpecial(machine: Machine, node: number, operator: string, value: Value): Value | undefined {
  const name = value.refs.length === 0 ? undefined : UNARY.get(operator);
  return name === undefined ? undefined : callSpecial(machine, node, value, name, []);
}

interface Ordering {
  readonly method: string;
  /** What the other side is asked where this one does not say. */
  readonly reflected: string;
}

const ORDERINGS: ReadonlyMap<string, Ordering> = new Map([
  ["<", { method: "__lt__", reflected: "__gt__" }],
  [">", { method: "__gt__", reflected: "__lt__" }],
  ["<=", { method: "__le__", reflected: "__ge__" }],
  [">=", { method: "__ge__", reflected: "__le__" }],
]);

/** The opposite of each ordering: all that `functools.total_ordering` has to ask where the class says one of them. */
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ["<", ">="],
  [">", "<="],
  ["<=", ">"],
  [">=", "<"],
]);

/** What a class says by `__contains__`, `__eq__`, `__lt__` and the like; undefined of any other comparison. */
export function comparedBySpecial(
  machine: Machine,
  node: number,
  operator: string,
  left: Value,
  right: Value,
): boolean | undefined {
  const asked = (of: Value, name: string, given: Value) => {
    const answer = of.refs.length === 0 ? undefined : callSpecial(machine, node, of, name, [given]);
    return answer === undefined ? undefined : truth(machine, answer);
  };
  const opposite = (known: boolean | undefined) => (known === undefined ? undefined : !known);
  switch (operator) {
    case "==":
      return asked(left, "__eq__", right);
    case "!=":
      return asked(left, "__ne__", right) ?? opposite(asked(left, "__eq__", right));
    case "in":
      return asked(right, "__contains__", left);
    case "not in":
      return opposite(asked(right, "__contains__", left));
  }
  const ordering = ORDERINGS.get(operator);
  if (ordering === undefined || left.refs.length + right.refs.length === 0) return undefined;
  const own = asked(left, ordering.method, right) ?? asked(right, ordering.reflected, left);
  if (own !== undefined) return own;
  const against = ORDERINGS.get(OPPOSITES.get(operator) ?? "");
  const denied = against && asked(left, against.method, right);
  if (denied !== undefined) return !denied;
  // Of `__lt__` and `__eq__` the rest follows: `a <= b` is `a < b or a == b`, `a > b` is neither.
  const strict = operator === "<=" || operator === ">" ? "__lt__" : "__gt__";
  const less = asked(left, strict, right);
  const isMet = less === true ? true : less === false ? asked(left, "__eq__", right) : undefined;
  return operator === "<" || operator === ">" ? opposite(isMet) : isMet;
}
