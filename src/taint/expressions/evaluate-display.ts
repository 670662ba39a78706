import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, namedChildren } from "../../python/walk.ts";
import { jointOrder } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { keyOfValue } from "../values/container-key.ts";
import { layOver, storeUnder } from "../values/lay-over.ts";
import { emptyShape, joinOptional, sequenceShape, withEntry } from "../values/shape.ts";
import { join, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { elementOf } from "./elements.ts";
import { evaluate } from "./evaluate.ts";

/** `[a, *b]`, `(a, b)`, `{a, b}`: what stands behind a spread of unknown length has no place that is known. */
export function evaluateDisplay(machine: Machine, node: number, kind: "list" | "tuple" | "set"): Value {
  const { syntax } = machine;
  const values: Value[] = [];
  let rest: Value | undefined;
  for (const child of namedChildren(syntax, node)) {
    const value = evaluate(machine, child);
    if (syntax.kind[child] === Kind.list_splat) {
      const spread = jointOrder(machine, value);
      if (spread !== undefined && rest === undefined) {
        values.push(...spread.entries.values());
        rest = spread.rest && value.labels !== 0 ? carry(spread.rest, [value]) : spread.rest;
        continue;
      }
      rest = joinOptional(rest, elementOf(machine, value) ?? carry(UNKNOWN, [deep(machine, value)]));
    } else if (rest === undefined) values.push(value);
    else rest = join(rest, value);
  }
  const constancy = constancyOf(rest === undefined ? values : [...values, rest]);
  return refValue(machine.allocate(sequenceShape(kind, values, rest)), constancy);
}

/** `{"a": b, **c}`. */
export function evaluateDictionary(machine: Machine, node: number): Value {
  const { syntax } = machine;
  let shape = emptyShape("dict");
  const values: Value[] = [];
  for (const child of namedChildren(syntax, node)) {
    if (syntax.kind[child] !== Kind.pair) {
      const spread = evaluate(machine, firstNamedChild(syntax, child));
      values.push(spread);
      shape = layOver(machine, shape, spread);
      continue;
    }
    const key = evaluate(machine, childByField(syntax, child, Field.key));
    const value = evaluate(machine, childByField(syntax, child, Field.value));
    values.push(key, value);
    const constant = keyOfValue(machine, key);
    shape = constant === undefined ? storeUnder(machine, shape, key, value) : withEntry(shape, constant, value);
  }
  return refValue(machine.allocate(shape), constancyOf(values));
}

function constancyOf(values: readonly Value[]): Value["constancy"] {
  if (values.some((value) => value.constancy === "dynamic")) return "dynamic";
  return values.some((value) => value.constancy === "unknown") ? "unknown" : "constant";
}
