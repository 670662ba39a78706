import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { constraintMask, declaredType } from "./declared-type.ts";
import { patternMask } from "./guard-text.ts";

/**
 * The kinds for which the fields of a schema class are harmless whoever fills them: by a type, or by a pattern. A plain class
 * checks only what the fields of a form check.
 */
export function fieldConstraints(machine: Machine, body: number, isSchema: boolean): ReadonlyMap<string, number> {
  const { syntax } = machine;
  const found = new Map<string, number>();
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    const type = assignment === NONE ? NONE : childByField(syntax, assignment, Field.type);
    if (assignment === NONE || (type === NONE) === isSchema) continue;
    const value = childByField(syntax, assignment, Field.right);
    const mask = isSchema
      ? declaredType(machine, type).mask | constraintMask(machine, value)
      : formMask(machine, value);
    if (mask !== 0) found.set(textOf(syntax, childByField(syntax, assignment, Field.left)), mask);
  }
  return found;
}

/** Harmless for every kind: one of a few constants. */
const EVERYTHING = 0x7fffffff;

const PATTERN_FIELDS: ReadonlySet<string> = new Set([
  "django.forms.RegexField",
  "rest_framework.serializers.RegexField",
]);

/** `forms.RegexField(regex="^[a-z]+$")`. */
function formMask(machine: Machine, node: number): number {
  const call = machine.recorder.calls.get(node);
  const check = call?.args.find(({ keyword }) => keyword === "validate")?.snapshot.value.paths;
  if (check?.some((path) => /^marshmallow\.validate\.(?:OneOf|Equal)\(\)$/.test(path)) === true) return EVERYTHING;
  if (call?.callee.some((path) => PATTERN_FIELDS.has(path)) !== true) return 0;
  const pattern = call.args.find(({ position, keyword }) => position === 0 || keyword === "regex");
  const [text] = pattern?.snapshot.value.constants ?? [];
  return typeof text === "string" ? patternMask(machine, text, "search") : 0;
}
