import { comparedVersion } from "../library/constant-paths.ts";
import { keepMarkup } from "../library/markup.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { layOver } from "../values/lay-over.ts";
import { assembleText } from "../values/path-parts.ts";
import { anyEntry, emptyShape, joinAll, sequenceShape } from "../values/shape.ts";
import {
  type Constant,
  constantsValue,
  constantValue,
  DYNAMIC,
  isCounted,
  join,
  refValue,
  UNKNOWN,
  type Value,
  withCleared,
} from "../values/value.ts";
import { checkRepeated } from "./check-repeated.ts";
import { compareSequences, knownSequence } from "./compare-sequences.ts";
import { elementOf } from "./elements.ts";
import { formatPercent } from "./format.ts";
import { foldNumbers, unaryNumber } from "./number-operators.ts";
import { applySpecial } from "./special-operators.ts";

/** `left operator right`, with the effect of the operator on containers, text, numbers and paths. */
export function applyBinary(machine: Machine, node: number, operator: string, left: Value, right: Value): Value {
  const result = applyPlain(machine, node, operator, left, right);
  return operator === "+" || operator === "%" ? keepMarkup(machine, left, right, result) : result;
}

function applyPlain(machine: Machine, node: number, operator: string, left: Value, right: Value): Value {
  if (operator === "%" && isText(left)) return formatPercent(machine, node, left, right);
  const overloaded = applySpecial(machine, node, operator, left, right);
  if (overloaded !== undefined) return overloaded;
  const folded = foldNumbers(operator, left, right);
  if (folded !== undefined) return carry(folded, [left, right]);
  if (operator === "+") return add(machine, left, right);
  if (operator === "*") return repeat(machine, node, left, right);
  if (operator === "/") return divide(machine, left, right);
  if (operator === "&") {
    const common = intersection(machine, left, right);
    if (common !== undefined) return common;
  }
  if (operator === "|" && (left.refs.length > 0 || right.refs.length > 0)) return unite(machine, left, right);
  if (operator === "|" && isRunnable(right)) return chained(left, right);
  const constancy = left.constancy === "constant" && right.constancy === "constant" ? "constant" : "dynamic";
  // Sums of numbers stay what they were; other operators make no text.
  const whole = carry({ ...DYNAMIC, constancy }, [deep(machine, left), deep(machine, right)]);
  // What is left of a division by a constant is smaller than that.
  const isBounded = operator === "%" && right.constants?.every((constant) => typeof constant === "number") === true;
  return isBounded ? withCleared(whole, machine.models.kindMask(["range"])) : whole;
}

/** `prompt | model | parser` of LangChain runs one after the other: what it is asked, the model in it is asked. */
function chained(left: Value, right: Value): Value {
  return { ...DYNAMIC, paths: [...new Set([...left.paths.filter(isOfChain), ...right.paths])].slice(0, 4) };
}

function isRunnable({ paths, refs, labels }: Value): boolean {
  return refs.length === 0 && labels === 0 && paths.some(isOfChain);
}

function isOfChain(path: string): boolean {
  return /^langchain\w*\..*\(\)$/.test(path);
}

export function applyUnary(operator: string, value: Value): Value {
  const numbers = value.constants?.map((constant) => unaryNumber(operator, constant));
  if (numbers?.every((number) => number !== undefined)) return carry(constantsValue(numbers as number[]), [value]);
  return carry({ ...DYNAMIC, constancy: value.constancy }, [value]);
}

/** A comparison of two values: undefined when it depends. */
export function compare(machine: Machine, operator: string, left: Value, right: Value): boolean | undefined {
  if (operator === "in" || operator === "not in") {
    const found = contains(machine, left, right);
    return found === undefined ? undefined : found === (operator === "in");
  }
  const known =
    isMembers(left, right, operator) ??
    ofVersion(machine, operator, left, right) ??
    compareSequences(operator, knownSequence(machine, left), knownSequence(machine, right));
  if (known !== undefined) return known;
  if (left.constants === undefined || right.constants === undefined) return undefined;
  let result: boolean | undefined;
  for (const a of left.constants) {
    for (const b of right.constants) {
      const one = compareConstants(operator, a, b);
      if (one === undefined || (result !== undefined && result !== one)) return undefined;
      result = one;
    }
  }
  return result;
}

/** `sys.version_info >= (3, 8)` */
function ofVersion(machine: Machine, operator: string, left: Value, right: Value): boolean | undefined {
  if (left.paths.length === 0) return undefined;
  const parts = [...(machine.onlyShape(right)?.entries.values() ?? [])].map(({ constants }) => constants?.[0]);
  const [first, ...others] = parts;
  return comparedVersion(operator, left.paths, first, others.filter((one) => one !== 0).length);
}

/** `colour is Colour.RED`: members of an enumeration are the same where their values are. */
function isMembers(left: Value, right: Value, operator: string): boolean | undefined {
  if (operator !== "is" && operator !== "is not") return undefined;
  const isMember = ({ paths }: Value) => paths[0] === "enum.Enum()";
  if (!isMember(left) || !isMember(right) || left.constants?.length !== 1 || right.constants?.length !== 1)
    return undefined;
  return (left.constants[0] === right.constants[0]) === (operator === "is");
}

function compareConstants(operator: string, a: Constant, b: Constant): boolean | undefined {
  const x = typeof a === "boolean" ? Number(a) : a;
  const y = typeof b === "boolean" ? Number(b) : b;
  switch (operator) {
    case "==":
      return x === y;
    case "!=":
    case "<>":
      return x !== y;
    case "is":
      return typeof a === "boolean" || a === null || b === null ? a === b : undefined;
    case "is not":
      return typeof a === "boolean" || a === null || b === null ? a !== b : undefined;
  }
  if (x === null || y === null || typeof x !== typeof y) return undefined;
  switch (operator) {
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    case ">=":
      return x >= y;
    default:
      return undefined;
  }
}

function contains(machine: Machine, item: Value, container: Value): boolean | undefined {
  if (item.constants?.length !== 1) return undefined;
  const [constant] = item.constants;
  const bits = container.constants?.length === 1 ? container.constants[0] : undefined;
  // A flag that holds several: `Permission.WRITE in granted`.
  if (typeof bits === "number" && typeof constant === "number") return (bits & constant) === constant;
  if (container.constants?.length === 1 && typeof container.constants[0] === "string") {
    return typeof constant === "string" ? container.constants[0].includes(constant) : undefined;
  }
  const shape = machine.onlyShape(container);
  if (shape === undefined || shape.rest !== undefined || shape.kind === "object") return undefined;
  if (shape.kind === "dict") {
    if (constant === null || typeof constant === "boolean" || !shape.entries.has(constant)) return false;
    // A key may have been stored on one way only, or be taken out by another function: its absence is certain, its presence is not.
    const isOwn = !container.refs.some((ref) => machine.moduleState.shape(ref) !== undefined);
    return isOwn && shape.isLoose !== true ? true : undefined;
  }
  let isCertain = true;
  for (const value of shape.entries.values()) {
    if (value.constants?.length === 1 && value.constants[0] === constant) return true;
    if (value.constants === undefined || value.constants.includes(constant)) isCertain = false;
  }
  return isCertain ? false : undefined;
}

function isText(value: Value): boolean {
  return value.text || value.constants?.some((constant) => typeof constant === "string") === true;
}

function add(machine: Machine, left: Value, right: Value): Value {
  // Each of several lists grows by itself: `words += ["-v", name]` after a branch that did the same.
  if (left.refs.length > 1 && left.refs.every((ref) => machine.shape(ref)?.kind === "list"))
    return left.refs.map((ref) => add(machine, { ...left, refs: [ref] }, right)).reduce(join);
  const a = machine.onlyShape(left);
  const b = machine.onlyShape(right);
  if (a !== undefined && a.kind !== "object") {
    const values = [...a.entries.values()];
    const more = b === undefined ? [] : [...b.entries.values()];
    const isExact = a.rest === undefined && b !== undefined && b.rest === undefined;
    const kind = a.kind === "tuple" ? ("tuple" as const) : ("list" as const);
    const other = b === undefined ? carry(UNKNOWN, [deep(machine, right)]) : b.rest;
    const constancy = left.constancy === "constant" && right.constancy === "constant" ? "constant" : "dynamic";
    const shape = isExact
      ? sequenceShape(kind, [...values, ...more])
      : sequenceShape(kind, values, joinAll(more, joinAll(other === undefined ? [] : [other], a.rest)));
    return carry(refValue(machine.allocate(shape), constancy), [left, right]);
  }
  if (left.refs.length > 0 || right.refs.length > 0) {
    return carry(DYNAMIC, [deep(machine, left), deep(machine, right)]);
  }
  const isPath = left.paths.length > 0 && !isText(right) && !isText(left);
  const sum = assembleText(machine, [left, right]);
  const text = isText(left) || isText(right) || (left.labels | right.labels) !== 0;
  return { ...sum, text, paths: isPath ? left.paths : sum.labels === 0 ? sum.paths : [] };
}

function repeat(machine: Machine, node: number, left: Value, right: Value): Value {
  checkRepeated(machine, node, left, right);
  checkRepeated(machine, node, right, left);
  if (typeof left.constants?.[0] === "string" && left.constants.length === 1 && right.constants?.length === 1) {
    const [text] = left.constants;
    const [times] = right.constants;
    if (typeof times === "number" && times >= 0 && text.length * times <= 4_000) {
      return carry(constantsValue([text.repeat(times)]), [left, right]);
    }
  }
  if (isZero(right) && left.refs.length === 0) return left.text ? constantValue("") : DYNAMIC;
  if (left.constancy === "constant" && left.text && isCounted(right))
    return { ...DYNAMIC, constancy: "constant", text: true };
  return (
    repeatList(machine, left, right) ??
    repeatList(machine, right, left) ??
    carry({ ...DYNAMIC, text: left.text }, [deep(machine, left), deep(machine, right)])
  );
}

/** Nothing is left of a text that is repeated no times, and of a number nothing but zero. */
function isZero({ constants }: Value): boolean {
  return constants?.length === 1 && constants[0] === 0;
}

/** `[None] * 3`: a new list with the elements several times over. */
function repeatList(machine: Machine, list: Value, times: Value): Value | undefined {
  const shape = machine.onlyShape(list);
  if (shape?.kind !== "list" && shape?.kind !== "tuple") return undefined;
  const count = times.constants?.length === 1 ? times.constants[0] : undefined;
  const isExact =
    typeof count === "number" && count >= 0 && shape.rest === undefined && shape.entries.size * count <= 64;
  const values = isExact ? Array.from({ length: count }, () => [...shape.entries.values()]).flat() : [];
  const rest = isExact ? undefined : anyEntry(shape);
  return carry(refValue(machine.allocate(sequenceShape(shape.kind, values, rest)), list.constancy), [list]);
}

/** `/` joins paths; numbers are folded before. */
function divide(machine: Machine, left: Value, right: Value): Value {
  if (!left.paths.some((path) => path.startsWith("pathlib."))) return carry(DYNAMIC, [left, right]);
  // What was resolved is not any more once something is appended.
  return carry({ ...DYNAMIC, paths: ["pathlib.Path()"], prefix: left.prefix }, [left, deep(machine, right)]);
}

function unite(machine: Machine, left: Value, right: Value): Value {
  const shapes = [left, right].flatMap((value) => value.refs.map((ref) => machine.shape(ref)));
  if (shapes[0]?.kind === "dict") {
    const merged = layOver(machine, layOver(machine, emptyShape("dict"), left), right);
    return refValue(machine.allocate(merged), "dynamic");
  }
  const values = shapes.flatMap((shape) =>
    shape === undefined ? [] : [...shape.entries.values(), ...(shape.rest === undefined ? [] : [shape.rest])],
  );
  return refValue(machine.allocate(sequenceShape("set", [], joinAll(values))), "dynamic");
}

/**
 * What two sets share is in the one that nobody outside chose, and as constant as that; undefined where neither is such a one, or it is not
 * known that there are sets.
 */
export function intersection(machine: Machine, left: Value, right: Value): Value | undefined {
  const constant = [left, right].find((set) => {
    const elements = set.labels === 0 && set.refs.length > 0 ? elementOf(machine, set) : undefined;
    return elements?.labels === 0 && elements.constancy === "constant";
  });
  if (constant !== undefined) return constant;
  const isSet = [left, right].some((set) => machine.onlyShape(set)?.kind === "set");
  return isSet ? [left, right].find((set) => deep(machine, set).labels === 0) : undefined;
}
