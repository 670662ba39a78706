import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";
import { conditionOf, followName, isNamedCondition } from "./conditions.ts";
import { applyProofs } from "./guard-calls.ts";
import { evaluateAgain } from "./narrow.ts";

/** `clean(name) is None`, or a name that was given to it: what the function has proved where it gives back nothing, or something. */
export function assumeNone(machine: Machine, node: number, isNone: boolean): void {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.call) applyProofs(machine, node, isNone ? "clearedIfNone" : "clearedIfSome");
  else if (syntax.kind[node] === Kind.parenthesized_expression)
    assumeNone(machine, firstNamedChild(syntax, node), isNone);
  else if (syntax.kind[node] === Kind.named_expression)
    assumeNone(machine, childByField(syntax, node, Field.value), isNone);
  else if (syntax.kind[node] === Kind.identifier)
    followName(machine, textOf(syntax, node), () => {
      const named = conditionOf(machine, textOf(syntax, node));
      if (named !== undefined && !named.isFlag) assumeNone(machine, named.condition, isNone);
    });
}

/** Whether a value is a dict of the program's own. */
export function isTable(machine: Machine, value: Value): boolean {
  return value.paths.length === 0 && machine.onlyShape(value)?.kind === "dict";
}

/** `TABLE.get(name)`, which gives None for what it does not list. */
export function isLookUpIn(machine: Machine, node: number): boolean {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.parenthesized_expression) return isLookUpIn(machine, firstNamedChild(syntax, node));
  if (syntax.kind[node] === Kind.named_expression) return isLookUpIn(machine, childByField(syntax, node, Field.value));
  if (syntax.kind[node] === Kind.identifier)
    return isNamedCondition(machine, textOf(syntax, node), (condition) => isLookUpIn(machine, condition));
  const target = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : NONE;
  if (target === NONE || syntax.kind[target] !== Kind.attribute) return false;
  const isGet = textOf(syntax, childByField(syntax, target, Field.attribute)) === "get";
  return isGet && isTable(machine, evaluateAgain(machine, childByField(syntax, target, Field.object)));
}
