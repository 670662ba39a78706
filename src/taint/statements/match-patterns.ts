import { Field, Kind } from "../../python/kinds.ts";
import { isSimpleName } from "../../python/scopes.ts";
import { children, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ClassInfo, ProjectCallable } from "../calls/callables.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { readMember } from "../expressions/evaluate-attribute.ts";
import { itemOf } from "../expressions/evaluate-subscript.ts";
import { unpacked } from "../library/sequences.ts";
import { resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { readName, writeName } from "../values/names.ts";
import { EVERYTHING, UNKNOWN, type Value, withCleared } from "../values/value.ts";

/** Binds the names of a pattern to the parts of the subject that they stand for. */
export function bindPattern(machine: Machine, pattern: number, subject: Value): void {
  const { syntax } = machine;
  switch (syntax.kind[pattern]) {
    case Kind.case_pattern: {
      const inner = firstNamedChild(syntax, pattern);
      if (inner !== NONE) bindPattern(machine, inner, subject);
      return;
    }
    case Kind.dotted_name:
      if (isSimpleName(syntax, pattern)) writeName(machine, textOf(syntax, pattern), subject);
      return;
    case Kind.as_pattern: {
      const parts = namedChildren(syntax, pattern);
      bindPattern(machine, parts[0], subject);
      const name = parts.at(-1);
      const bound = isLiteral(machine, pattern) ? withCleared(subject, EVERYTHING) : subject;
      if (name !== undefined && syntax.kind[name] === Kind.identifier) writeName(machine, textOf(syntax, name), bound);
      return;
    }
    case Kind.union_pattern:
      bindAlternatives(machine, namedChildren(syntax, pattern), subject);
      return;
    case Kind.tuple_pattern:
    case Kind.list_pattern:
      bindSequence(machine, namedChildren(syntax, pattern), subject);
      return;
    case Kind.dict_pattern:
      bindMapping(machine, pattern, subject);
      return;
    case Kind.class_pattern:
      bindAttributes(machine, pattern, subject);
      return;
    case Kind.splat_pattern:
      bindSplat(machine, pattern, subject);
  }
}

/** `case a, *rest`: by place. */
export function bindSequence(machine: Machine, patterns: readonly number[], subject: Value): void {
  const { syntax } = machine;
  const star = patterns.findIndex((pattern) => splatOf(machine, pattern) !== NONE);
  const parts = unpacked(machine, patterns[0] ?? NONE, subject, patterns.length, star);
  patterns.forEach((pattern, position) => {
    if (position === star) bindSplat(machine, splatOf(machine, pattern), parts[position]);
    else if (syntax.kind[pattern] !== Kind.comment) bindPattern(machine, pattern, parts[position]);
  });
}

/** The `*rest` that a pattern is, or NONE. */
export function splatOf(machine: Machine, pattern: number): number {
  const { syntax } = machine;
  const inner = syntax.kind[pattern] === Kind.case_pattern ? firstNamedChild(syntax, pattern) : pattern;
  return inner !== NONE && syntax.kind[inner] === Kind.splat_pattern ? inner : NONE;
}

function bindSplat(machine: Machine, splat: number, value: Value): void {
  const name = firstNamedChild(machine.syntax, splat);
  if (name !== NONE) writeName(machine, textOf(machine.syntax, name), value);
}

/** Which of the alternatives matched is not known: a name is what any of them gave it. */
function bindAlternatives(machine: Machine, patterns: readonly number[], subject: Value): void {
  const before = machine.state;
  const ends = patterns.map((pattern) => {
    const branch = before.fork();
    machine.state = branch;
    bindPattern(machine, pattern, subject);
    return branch;
  });
  machine.state = before;
  before.merge(ends);
}

/** `{"key": pattern, **rest}`. */
function bindMapping(machine: Machine, pattern: number, subject: Value): void {
  const { syntax } = machine;
  let key: Value = UNKNOWN;
  for (const child of namedChildren(syntax, pattern)) {
    if (syntax.kind[child] === Kind.splat_pattern) bindSplat(machine, child, subject);
    else if (syntax.field[child] === Field.key) key = evaluate(machine, child);
    else if (syntax.field[child] === Field.value)
      bindPattern(machine, child, itemOf(machine, child, subject, key, textOf(syntax, pattern)));
  }
}

/** `Point(x=pattern)`: by attribute; by position where the class says which attributes these are. */
function bindAttributes(machine: Machine, pattern: number, subject: Value): void {
  const { syntax } = machine;
  const [name, ...patterns] = namedChildren(syntax, pattern);
  const values = partValues(machine, pattern, subject);
  const isNumber = /^(?:int|float|bool)$/.test(textOf(syntax, name));
  const numbers = isNumber ? machine.models.kindMask(["injection", "trust"]) : 0;
  const whole = withCleared(carry({ ...UNKNOWN, text: subject.text && !isNumber }, [deep(machine, subject)]), numbers);
  patterns.forEach((part, position) => {
    const keyword = keywordOf(machine, part);
    const value = values[position];
    // `str(text)` captures the subject itself; what `int(number)` does is a number.
    if (keyword === NONE) bindPattern(machine, part, value ?? whole);
    else if (value !== undefined) bindPattern(machine, keyword, value);
  });
}

/** What the parts of a class pattern are about: an attribute by its name, or by position where the class says which one that is. */
export function partValues(machine: Machine, pattern: number, subject: Value): readonly (Value | undefined)[] {
  const { syntax } = machine;
  const [name, ...patterns] = namedChildren(syntax, pattern);
  const fields = fieldsOf(machine, name);
  return patterns.map((part, position) => {
    const keyword = firstNamedChild(syntax, part);
    const isNamed = keyword !== NONE && syntax.kind[keyword] === Kind.keyword_pattern;
    const field = isNamed ? textOf(syntax, namedChildren(syntax, keyword)[0]) : fields[position];
    return field === undefined ? undefined : readMember(machine, part, subject, field, field);
  });
}

/** The pattern behind `name=` in a class pattern, or NONE. */
export function keywordOf({ syntax }: Machine, part: number): number {
  const keyword = firstNamedChild(syntax, part);
  if (keyword === NONE || syntax.kind[keyword] !== Kind.keyword_pattern) return NONE;
  return namedChildren(syntax, keyword)[1] ?? NONE;
}

/** `Level.LOW` in a pattern: the value that it names. */
export function dottedValue(machine: Machine, pattern: number): Value {
  const [first, ...others] = textOf(machine.syntax, pattern).split(".");
  const named = resolveImports(machine, readName(machine, first));
  return others.reduce((of, name) => readMember(machine, pattern, of, name, name), named);
}

function fieldsOf(machine: Machine, name: number): readonly string[] {
  if (!/^\w+$/.test(textOf(machine.syntax, name))) return [];
  const [callable] = readName(machine, textOf(machine.syntax, name)).callables as readonly ProjectCallable[];
  return callable?.kind === "class" ? matchArguments(machine, callable) : [];
}

/** The attributes by position: those of `__match_args__`, else the fields of a record. */
function matchArguments(machine: Machine, info: ClassInfo): readonly string[] {
  const named = info.attributes.get("__match_args__");
  const shape = machine.onlyShape(named);
  if (shape === undefined) return info.fields;
  return [...shape.entries.values()].map((value) => String(value.constants?.[0] ?? ""));
}

/** Whether a pattern matches constants alone, so that the subject is one of them. */
export function isLiteral(machine: Machine, pattern: number): boolean {
  const { syntax } = machine;
  const inner = firstNamedChild(syntax, pattern);
  if (inner === NONE) return false;
  if (syntax.kind[inner] === Kind.as_pattern || syntax.kind[inner] === Kind.case_pattern)
    return isLiteral(machine, inner);
  // In parentheses, without a comma, stands the pattern itself.
  const parts = syntax.kind[inner] === Kind.tuple_pattern ? children(syntax, inner) : [];
  if (parts.length === 3) return isLiteral(machine, inner);
  if (syntax.kind[inner] === Kind.union_pattern) {
    return namedChildren(syntax, inner).every((child) => LITERALS.has(syntax.kind[child]));
  }
  if (syntax.kind[inner] === Kind.dotted_name && !isSimpleName(syntax, inner))
    return dottedValue(machine, inner).constants !== undefined;
  return LITERALS.has(syntax.kind[inner]);
}

const LITERALS: ReadonlySet<number> = new Set([
  Kind.string,
  Kind.concatenated_string,
  Kind.integer,
  Kind.float,
  Kind.true,
  Kind.false,
  Kind.none,
]);
