import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { FunctionCallable, ProjectCallable } from "../calls/callables.ts";
import { resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import { UNKNOWN } from "../values/value.ts";
import { constraintMask, type DeclaredType, declaredType } from "./declared-type.ts";
import { patternMask } from "./guard-text.ts";
import { validatorMask } from "./validator-masks.ts";

export interface Constraint {
  /** Kinds that the field is harmless for whatever it is given. */
  readonly mask: number;
  /** Functions that are run on what it is given. */
  readonly checks: readonly FunctionCallable[];
}

/**
 * The kinds for which the fields of a schema class are harmless whoever fills them: by a type, or by a pattern. A plain class
 * checks only what the fields of a form check.
 */
export function fieldConstraints(machine: Machine, body: number, isSchema: boolean): ReadonlyMap<string, Constraint> {
  const { syntax } = machine;
  const found = new Map<string, Constraint>();
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    const type = assignment === NONE ? NONE : childByField(syntax, assignment, Field.type);
    if (assignment === NONE) continue;
    const value = childByField(syntax, assignment, Field.right);
    const declared = isSchema && type !== NONE ? declaredType(machine, type) : undefined;
    const mask = formMask(machine, value) | (declared ? declared.mask | constraintMask(machine, value) : 0);
    const checks = declared?.checks ?? [];
    if (mask !== 0 || checks.length > 0)
      found.set(textOf(syntax, childByField(syntax, assignment, Field.left)), { mask, checks });
  }
  return found;
}

/** Frameworks that fill and check a plain data class as well where it is a handler's parameter. */
const FILLS_RECORDS = /^(?:fastapi|litestar|starlite)\./;

/** What a handler's parameter declares: by its framework, also the fields of a plain data class. */
export function parameterType(machine: Machine, node: number, decorators: readonly string[]): DeclaredType {
  const declared = declaredType(machine, node);
  const isFilled = node !== NONE && decorators.some((path) => FILLS_RECORDS.test(path));
  if (declared.schema !== undefined || !isFilled) return declared;
  const value = resolveImports(machine, machine.recorder.valueOf(node) ?? UNKNOWN);
  const [only] = value.callables as readonly ProjectCallable[];
  if (only?.kind !== "class" || !only.hasFieldInit || only.isTuple) return declared;
  const { unit, syntax } = machine;
  machine.unit = only.unit;
  machine.syntax = only.unit.syntax;
  const constraints = fieldConstraints(machine, childByField(machine.syntax, only.node, Field.body), true);
  machine.unit = unit;
  machine.syntax = syntax;
  const masks = new Map([...constraints].map(([field, { mask }]) => [field, mask]));
  return { mask: machine.models.kindMask(["mass-assign"]), schema: only, masks };
}

const PATTERN_FIELDS: ReadonlySet<string> = new Set([
  "django.forms.RegexField",
  "rest_framework.serializers.RegexField",
]);

/** `IntegerField(max_value=100)`. */
function isDjangoField(path: string): boolean {
  return /^(?:django\.forms|rest_framework\.serializers)\.(?:\w+\.)?\w+Field$/.test(path);
}

/** Keywords that name the checks of a field. */
const CHECKS = /^validat(?:e|or|ors)$/;

/** What the class of a field and its checks let through: `fields.Int()`, `fields.Str(validate=OneOf(["a", "b"]))`. */
export function fieldMask(machine: Machine, node: number): number {
  const paths = machine.recorder.calls.get(node)?.callee ?? [];
  return paths.reduce((mask, path) => mask | machine.models.sanitizes(path), formMask(machine, node));
}

/** `forms.RegexField(regex="^[a-z]+$")`, `fields.String(validate=OneOf(["a", "b"]))`, `StringField("Name", [Regexp("^[a-z]+$")])`. */
function formMask(machine: Machine, node: number): number {
  const call = machine.recorder.calls.get(node);
  if (call === undefined) return 0;
  const isWtForms = call.callee.some((path) => path.startsWith("wtforms."));
  const checks = call.args.filter(
    ({ keyword, position }) => CHECKS.test(keyword ?? "") || (isWtForms && position === 1),
  );
  const checked = checks.reduce((mask, { node: check }) => mask | validatorMask(machine, check), 0);
  const isBounded = call.args.some(({ keyword }) => keyword === "max_value") && call.callee.some(isDjangoField);
  const bounded = isBounded ? machine.models.kindMask(["range"]) : 0;
  const converter = call.args.find(({ keyword }) => keyword === "converter")?.snapshot.value.paths ?? [];
  const converted = converter.reduce((mask, path) => mask | machine.models.sanitizes(path), 0);
  if (!call.callee.some((path) => PATTERN_FIELDS.has(path))) return checked | converted | bounded;
  const pattern = call.args.find(({ position, keyword }) => position === 0 || keyword === "regex");
  const [text] = pattern?.snapshot.value.constants ?? [];
  return typeof text === "string" ? checked | patternMask(machine, text, "search") : checked;
}
