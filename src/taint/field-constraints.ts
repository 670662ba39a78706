import { Field, Kind } from "../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../python/walk.ts";
import { TYPED } from "./entry.ts";
import { patternMask } from "./guard-text.ts";
import type { Machine } from "./machine.ts";

const CONSTRAINTS = /^pydantic\.(?:.*\.)?(?:Field|constr|StringConstraints|Query|Path|Body)$/;

/** The kinds for which the fields of a schema class are harmless whoever fills them: by a type, or by a pattern. */
export function fieldConstraints(machine: Machine, body: number): ReadonlyMap<string, number> {
  const { syntax } = machine;
  const found = new Map<string, number>();
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    const type = assignment === NONE ? NONE : childByField(syntax, assignment, Field.type);
    if (type === NONE) continue;
    const mask = typeMask(machine, type) | patternOf(machine, assignment);
    if (mask !== 0) found.set(textOf(syntax, childByField(syntax, assignment, Field.left)), mask);
  }
  return found;
}

function typeMask(machine: Machine, type: number): number {
  const paths = machine.recorder.valueOf(type + 1)?.paths ?? [];
  return paths.length > 0 && paths.every((path) => TYPED.has(path)) ? machine.models.kindMask(["injection"]) : 0;
}

function patternOf(machine: Machine, assignment: number): number {
  const { syntax } = machine;
  let mask = 0;
  for (let at = assignment; at < syntax.next[assignment]; at++) {
    if (syntax.kind[at] !== Kind.keyword_argument) continue;
    const name = textOf(syntax, childByField(syntax, at, Field.name));
    if (name !== "pattern" && name !== "regex") continue;
    const call = syntax.parent[syntax.parent[at]];
    const callee = machine.recorder.valueOf(childByField(syntax, call, Field.function));
    const constants = machine.recorder.valueOf(childByField(syntax, at, Field.value))?.constants;
    if (callee?.paths.some((path) => CONSTRAINTS.test(path)) !== true || constants?.length !== 1) continue;
    mask |= patternMask(machine, String(constants[0]), "search");
  }
  return mask;
}
