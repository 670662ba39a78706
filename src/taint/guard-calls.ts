import { Field, Kind } from "../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../python/walk.ts";
import type { Machine } from "./machine.ts";
import { narrow } from "./narrow.ts";

/** What a call of a function of this project proved of its arguments: always, or where it is true, or false. */
export function applyProofs(
  machine: Machine,
  node: number,
  when: "cleared" | "clearedIfTrue" | "clearedIfFalse",
): void {
  const proof = machine.unit.proofs.get(node);
  if (proof === undefined) return;
  const masks = proof.result[when];
  if (masks.size === 0) return;
  const { syntax } = machine;
  const list = childByField(syntax, node, Field.arguments);
  if (list === NONE) return;
  const { parameters, role } = proof.callee.info;
  const isMethod = proof.callee.owner !== undefined && role !== "static";
  let position = isMethod ? 1 : 0;
  for (const argument of namedChildren(syntax, list)) {
    if (syntax.kind[argument] === Kind.keyword_argument) {
      const mask = masks.get(textOf(syntax, childByField(syntax, argument, Field.name)));
      if (mask !== undefined && mask !== 0) narrow(machine, childByField(syntax, argument, Field.value), mask);
      continue;
    }
    const mask = masks.get(parameters[position++]?.name ?? "");
    if (mask !== undefined && mask !== 0) narrow(machine, argument, mask);
  }
}
