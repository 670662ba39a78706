import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren } from "../../python/walk.ts";
import { callFunction } from "../calls/call-function.ts";
import { type ClassInfo, type FunctionCallable, inLineage } from "../calls/callables.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { callableValue, type Value } from "../values/value.ts";
import type { Machine } from "./machine.ts";

const VALIDATORS: ReadonlySet<string> = new Set(["pydantic.field_validator", "pydantic.validator"]);

/** `@field_validator("name")` above a method: the class runs it on whatever the field is given. */
export function noteValidator(
  machine: Machine,
  callable: FunctionCallable,
  decorators: readonly { readonly node: number; readonly value: Value }[],
): void {
  const { syntax, frame } = machine;
  for (const { node, value } of decorators) {
    if (frame.ownerClass === undefined || !value.paths.some((path) => VALIDATORS.has(path))) continue;
    const call = firstNamedChild(syntax, node);
    const list = syntax.kind[call] === Kind.call ? childByField(syntax, call, Field.arguments) : NONE;
    for (const argument of list === NONE ? [] : namedChildren(syntax, list)) {
      if (syntax.kind[argument] !== Kind.string) continue;
      const [field] = evaluate(machine, argument).constants ?? [];
      const { validators } = frame.ownerClass;
      if (typeof field === "string") validators.set(field, [...(validators.get(field) ?? []), callable]);
    }
  }
}

/** What functions that an annotation names make of a value, one after the other. */
export function checked(
  machine: Machine,
  node: number,
  checks: readonly FunctionCallable[] | undefined,
  given: Value,
  self?: Value,
): Value {
  if (given.labels === 0) return given;
  return (checks ?? []).reduce((value, check) => {
    const isMethod = check.owner !== undefined;
    const args = { self: isMethod ? self : undefined, positional: [value], keywords: NO_KEYWORDS, others: [] };
    return callFunction(machine, node, check, args);
  }, given);
}

/** What a field of a schema class holds once the class's own methods have looked at what it was given. */
export function validated(machine: Machine, node: number, info: ClassInfo, field: string, given: Value): Value {
  const methods = inLineage(info, (of) => of.validators.get(field));
  return checked(machine, node, methods, given, callableValue(info));
}

const NO_KEYWORDS: ReadonlyMap<string, Value> = new Map();
