import { Field, Kind } from "../../python/kinds.ts";
import { isSimpleName } from "../../python/scopes.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ClassInfo, ProjectCallable } from "../calls/callables.ts";
import { methodOrder } from "../calls/method-order.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { compare } from "../expressions/operators.ts";
import { assume } from "../guards/guards.ts";
import { narrow } from "../guards/narrow.ts";
import { inOrder, unpacked } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfValue } from "../values/container-key.ts";
import { readName } from "../values/names.ts";
import { lengthOf } from "../values/shape.ts";
import { truth } from "../values/truth.ts";
import { type Constant, EVERYTHING, isCounted, type Value, withCleared } from "../values/value.ts";
import { executeBody } from "./execute.ts";
import { bindPattern, bindSequence, dottedValue, isLiteral, keywordOf, partValues, splatOf } from "./match-patterns.ts";

/** Cases in order; one that matches for certain is the last. A literal pattern proves what the subject is. */
export function executeMatch(machine: Machine, node: number): void {
  const { syntax } = machine;
  const subjectNode = childByField(syntax, node, Field.subject);
  const subject = evaluate(machine, subjectNode);
  const block = childByField(syntax, node, Field.body);
  const before = machine.state;
  const ends = [];
  let mayFallThrough = true;
  for (const clause of block === NONE ? [] : namedChildren(syntax, block)) {
    if (syntax.kind[clause] !== Kind.case_clause) continue;
    const patterns = namedChildren(syntax, clause).filter((child) => syntax.kind[child] === Kind.case_pattern);
    const matches =
      patterns.length === 1
        ? matchesPattern(machine, patterns[0], subject)
        : matchesSequence(machine, patterns, subject);
    if (matches === false) continue;
    const branch = before.fork();
    machine.state = branch;
    const isConstant = patterns.every((pattern) => isLiteral(machine, pattern));
    if (isConstant) narrow(machine, subjectNode, EVERYTHING);
    if (patterns.length === 1)
      bindPattern(machine, patterns[0], isConstant ? withCleared(subject, EVERYTHING) : subject);
    else bindSequence(machine, patterns, subject);
    const guard = childByField(syntax, clause, Field.guard);
    let guarded: boolean | undefined = true;
    if (guard !== NONE) {
      const condition = firstNamedChild(syntax, guard);
      guarded = truth(machine, evaluate(machine, condition));
      assume(machine, condition, true);
    }
    if (guarded !== false) {
      executeBody(machine, childByField(syntax, clause, Field.consequence));
      if (branch.alive) ends.push(branch.collapse(before));
      if (matches === true && guarded === true) {
        mayFallThrough = false;
        break;
      }
    }
  }
  machine.state = before;
  if (mayFallThrough) ends.push(before.fork());
  before.merge(ends);
}

/** Whether a pattern matches: undefined when that is not known. */
function matchesPattern(machine: Machine, pattern: number, subject: Value): boolean | undefined {
  const { syntax } = machine;
  const inner = syntax.kind[pattern] === Kind.case_pattern ? firstNamedChild(syntax, pattern) : pattern;
  if (inner === NONE) return true;
  switch (syntax.kind[inner]) {
    case Kind.dotted_name:
      return isSimpleName(syntax, inner) ? true : compare(machine, "==", subject, dottedValue(machine, inner));
    case Kind.union_pattern: {
      const results = namedChildren(syntax, inner).map((child) => matchesPattern(machine, child, subject));
      if (results.includes(true)) return true;
      return results.every((result) => result === false) ? false : undefined;
    }
    case Kind.string:
    case Kind.concatenated_string:
    case Kind.integer:
    case Kind.float:
    case Kind.true:
    case Kind.false:
    case Kind.none:
      return compare(machine, "==", subject, evaluate(machine, inner));
    case Kind.tuple_pattern:
    case Kind.list_pattern:
      return matchesSequence(machine, namedChildren(syntax, inner), subject);
    case Kind.as_pattern:
      return matchesPattern(machine, firstNamedChild(syntax, inner), subject);
    case Kind.dict_pattern:
      return matchesMapping(machine, inner, subject);
    case Kind.class_pattern:
      return matchesClass(machine, inner, subject);
    default:
      return undefined;
  }
}

/** A dict matches where the value of each key does; keys that it may be without leave that open. */
function matchesMapping(machine: Machine, pattern: number, subject: Value): boolean | undefined {
  const { syntax } = machine;
  const shape = machine.onlyShape(subject);
  if (shape?.kind !== "dict") return undefined;
  let isCertain = shape.isLoose !== true;
  let key: string | number | undefined;
  for (const child of namedChildren(syntax, pattern)) {
    if (syntax.field[child] === Field.key) key = keyOfValue(machine, evaluate(machine, child));
    if (syntax.field[child] !== Field.value) continue;
    const value = key === undefined ? undefined : shape.entries.get(key);
    if (value === undefined && key !== undefined && shape.rest === undefined) return false;
    const matches = value === undefined ? undefined : matchesPattern(machine, child, value);
    if (matches === false) return false;
    isCertain &&= matches === true;
  }
  return isCertain ? true : undefined;
}

/** An object of a class of the project matches no other class but those above its own. */
function matchesClass(machine: Machine, pattern: number, subject: Value): boolean | undefined {
  const { syntax } = machine;
  const [name = NONE, ...parts] = namedChildren(syntax, pattern);
  const text = textOf(syntax, name);
  if (parts.length === 0 && text in TYPES) return isOfType(machine, subject, text);
  const [only, ...others] = subject.refs.map((ref) => machine.shape(ref)?.of as ClassInfo | undefined);
  if (only === undefined || others.length > 0 || name === NONE) return undefined;
  if (!/^\w+$/.test(text)) return undefined;
  const [named, ...more] = readName(machine, text).callables as readonly ProjectCallable[];
  if (named?.kind !== "class" || more.length > 0) return undefined;
  if (!methodOrder(only).includes(named)) return false;
  return matchesParts(machine, parts, partValues(machine, pattern, subject));
}

/** Whether each part of a class pattern matches. */
function matchesParts(
  machine: Machine,
  parts: readonly number[],
  values: readonly (Value | undefined)[],
): boolean | undefined {
  let isCertain = true;
  for (const [position, part] of parts.entries()) {
    const value = values[position];
    const keyword = keywordOf(machine, part);
    const matches = value === undefined ? undefined : matchesPattern(machine, keyword === NONE ? part : keyword, value);
    if (matches === false) return false;
    isCertain &&= matches === true;
  }
  return isCertain ? true : undefined;
}

/** How constants of a type are spelled in JavaScript, and what containers of it are. */
const TYPES: Readonly<Record<string, { readonly constant?: string; readonly shape?: string }>> = {
  str: { constant: "string" },
  int: { constant: "number" },
  bool: { constant: "boolean" },
  list: { shape: "list" },
  tuple: { shape: "tuple" },
  dict: { shape: "dict" },
};

/** Whether a value is of a type of Python's own; undefined where that is not known. */
function isOfType(machine: Machine, subject: Value, name: string): boolean | undefined {
  const { constant, shape } = TYPES[name];
  if (isCounted(subject))
    return name === "int" ? true : name === "bool" && subject.paths[0] !== "int()" ? undefined : false;
  if (subject.constants !== undefined && subject.refs.length === 0) {
    const results = subject.constants.map((one) => isConstantOf(one, name, constant));
    return results.every((one) => one === results[0]) ? results[0] : undefined;
  }
  if (subject.text && subject.labels !== 0 && subject.refs.length === 0) return name === "str" ? undefined : false;
  const kind = subject.paths.length === 0 ? machine.onlyShape(subject)?.kind : undefined;
  return kind === undefined || kind === "object" ? undefined : kind === shape;
}

function isConstantOf(one: Constant, name: string, type: string | undefined): boolean {
  if (name === "int" && typeof one === "number") return Number.isInteger(one);
  return typeof one === type || (name === "int" && typeof one === "boolean");
}

/** A sequence of known length matches where every part does, and does not where the length differs. */
function matchesSequence(machine: Machine, patterns: readonly number[], subject: Value): boolean | undefined {
  const shapes = subject.refs.map((ref) => inOrder(machine.shape(ref)));
  const lengths = new Set(shapes.map((shape) => (shape === undefined ? undefined : lengthOf(shape))));
  const [length] = lengths;
  const star = patterns.findIndex((pattern) => splatOf(machine, pattern) !== NONE);
  if (lengths.size !== 1 || length === undefined) return undefined;
  if (star === -1 ? length !== patterns.length : length < patterns.length - 1) return false;
  const parts = unpacked(machine, patterns[0] ?? NONE, subject, patterns.length, star);
  const results = patterns.map((pattern, position) =>
    position === star ? true : matchesPattern(machine, pattern, parts[position]),
  );
  if (results.includes(false)) return false;
  return results.every((result) => result === true) ? true : undefined;
}
