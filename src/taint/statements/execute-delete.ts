import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childrenByField, namedChildren, textOf } from "../../python/walk.ts";
import { callFunction } from "../calls/call-function.ts";
import { type ClassInfo, inLineage } from "../calls/callables.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { placesOf } from "../expressions/evaluate-subscript.ts";
import { callSpecial } from "../expressions/special-methods.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfValue } from "../values/container-key.ts";
import { writeName } from "../values/names.ts";
import { emptyShape, lengthOf, sequenceShape, withoutEntry } from "../values/shape.ts";
import { refValue, UNKNOWN } from "../values/value.ts";
import { assignSlice } from "./assign-slice.ts";

/** `del name`, `del container[key]`. */
export function executeDelete(machine: Machine, node: number): void {
  const { syntax } = machine;
  const targets = namedChildren(syntax, node).flatMap((child) =>
    syntax.kind[child] === Kind.expression_list ? namedChildren(syntax, child) : [child],
  );
  for (const target of targets) {
    if (syntax.kind[target] === Kind.identifier) {
      writeName(machine, textOf(syntax, target), UNKNOWN);
      continue;
    }
    if (syntax.kind[target] === Kind.attribute) {
      deleteAttribute(machine, target);
      continue;
    }
    if (syntax.kind[target] !== Kind.subscript) continue;
    const receiver = evaluate(machine, childByField(syntax, target, Field.value));
    const [index, ...more] = childrenByField(syntax, target, Field.subscript);
    if (index !== undefined && syntax.kind[index] === Kind.slice) {
      assignSlice(machine, receiver, index, refValue(machine.allocate(emptyShape("list")), "constant"));
      continue;
    }
    const first = index === undefined ? UNKNOWN : evaluate(machine, index);
    const others = more.map((other) => evaluate(machine, other));
    const given = others.length === 0 ? first : placesOf(machine, [first, ...others]);
    callSpecial(machine, target, receiver, "__delitem__", [given]);
    const key = keyOfValue(machine, given);
    for (const ref of receiver.refs) {
      const shape = machine.shape(ref);
      if (shape?.kind === "dict" && (key === undefined || receiver.refs.length !== 1))
        machine.write(ref, { ...shape, isLoose: true });
      if (shape === undefined || key === undefined || receiver.refs.length !== 1) continue;
      if (shape.kind === "dict") machine.write(ref, withoutEntry(shape, key));
      const length = shape.kind === "list" ? lengthOf(shape) : undefined;
      if (length === undefined || typeof key !== "number") continue;
      const left = [...shape.entries.values()].filter((_, place) => place !== (key < 0 ? length + key : key));
      machine.write(ref, sequenceShape("list", left));
    }
  }
}

/** `del object.name`: what its class has under the name is seen again, unless that is a property which says what is done. */
function deleteAttribute(machine: Machine, target: number): void {
  const { syntax } = machine;
  const object = evaluate(machine, childByField(syntax, target, Field.object));
  const shape = machine.onlyShape(object);
  const name = textOf(syntax, childByField(syntax, target, Field.attribute));
  const deleter = shape?.of && inLineage(shape.of as ClassInfo, (of) => of.deleters.get(name));
  if (deleter !== undefined)
    callFunction(machine, target, deleter, { self: object, positional: [], keywords: new Map(), others: [] });
  else if (shape?.kind === "object") machine.write(object.refs[0], withoutEntry(shape, name));
}
