import { Field, Kind } from "../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../python/walk.ts";
import { constraintMask, declaredType } from "./declared-type.ts";
import type { Machine } from "./machine.ts";

/** The kinds for which the fields of a schema class are harmless whoever fills them: by a type, or by a pattern. */
export function fieldConstraints(machine: Machine, body: number): ReadonlyMap<string, number> {
  const { syntax } = machine;
  const found = new Map<string, number>();
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    const type = assignment === NONE ? NONE : childByField(syntax, assignment, Field.type);
    if (type === NONE) continue;
    const value = childByField(syntax, assignment, Field.right);
    const mask = declaredType(machine, type).mask | constraintMask(machine, value);
    if (mask !== 0) found.set(textOf(syntax, childByField(syntax, assignment, Field.left)), mask);
  }
  return found;
}
