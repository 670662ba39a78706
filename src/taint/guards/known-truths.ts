import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { frameOf, keyOf } from "../values/names.ts";
import { truth } from "../values/truth.ts";
import type { Value } from "../values/value.ts";

/** Of `strict and not check(name)` that does not hold, where the one part is known to hold: the other one. */
export function undecidedPart(machine: Machine, left: number, right: number, holds: boolean): number | undefined {
  if (knownTruth(machine, left, MAX_ASKED) === !holds) return right;
  return knownTruth(machine, right, MAX_ASKED) === !holds ? left : undefined;
}

/** Operators inside one another that are looked through: a chain is asked at each of its links. */
const MAX_ASKED = 4;

/** Whether a condition that is put together of variables and attributes is true, as far as their values are known. */
function knownTruth(machine: Machine, node: number, depth: number): boolean | undefined {
  const { syntax } = machine;
  if (depth === 0) return undefined;
  switch (syntax.kind[node]) {
    case Kind.identifier:
    case Kind.attribute:
      return truthOf(machine, given(machine, node));
    case Kind.true:
      return true;
    case Kind.false:
    case Kind.none:
      return false;
    case Kind.parenthesized_expression:
      return knownTruth(machine, firstNamedChild(syntax, node), depth - 1);
    case Kind.not_operator: {
      const inner = knownTruth(machine, childByField(syntax, node, Field.argument), depth - 1);
      return inner === undefined ? undefined : !inner;
    }
    case Kind.boolean_operator: {
      const isAnd = textOf(syntax, childByField(syntax, node, Field.operator)) === "and";
      const left = knownTruth(machine, childByField(syntax, node, Field.left), depth - 1);
      if (left === !isAnd) return left;
      const right = knownTruth(machine, childByField(syntax, node, Field.right), depth - 1);
      return right === !isAnd ? right : left === undefined ? undefined : right;
    }
    default:
      return undefined;
  }
}

function truthOf(machine: Machine, value: Value | undefined): boolean | undefined {
  return value?.constants === undefined ? undefined : truth(machine, value);
}

/** What a variable is, or what an attribute of the one object that it stands for was given. */
function given(machine: Machine, node: number): Value | undefined {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.identifier) {
    const name = textOf(syntax, node);
    const frame = frameOf(machine, name);
    return frame && machine.state.get(keyOf(frame, name));
  }
  const object = childByField(syntax, node, Field.object);
  const shape = syntax.kind[object] === Kind.identifier ? machine.onlyShape(given(machine, object)) : undefined;
  return shape?.kind === "object"
    ? shape.entries.get(textOf(syntax, childByField(syntax, node, Field.attribute)))
    : undefined;
}
