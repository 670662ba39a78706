import { isBoundOnce } from "../../python/bound-once.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { DeferredCallable } from "../calls/callables.ts";
import { isSettings } from "../guards/declared-type.ts";
import type { Frame } from "../machine/frame.ts";
import { inModule } from "../machine/import-module.ts";
import type { Machine, Unit } from "../machine/machine.ts";
import { keyOf, writeName } from "../values/names.ts";
import { UNKNOWN, type Value } from "../values/value.ts";
import { execute } from "./execute.ts";

/** A value with as few nodes is worked out at once: that is no more work than to put it off. */
const FEW_NODES = 6;

/**
 * Whether a definition waits until its name is used: at the own level of an imported module, and of its classes the methods.
 * So does what a name of the module is given, and a container that a name of a class is given, if nothing else is given to it.
 */
export function isDeferred(machine: Machine, node: number): boolean {
  const { unit, frame, syntax } = machine;
  if (unit.index === 0 || node === unit.defining) return false;
  const kind = syntax.kind[node];
  if (kind === Kind.assignment) return isOnlyValue(machine, node);
  if (kind === Kind.class_definition) return frame === unit.frame;
  if (kind !== Kind.function_definition && kind !== Kind.decorated_definition) return false;
  return frame === unit.frame || isMethod(machine, node);
}

/** Binds the name of a function, class or value; the definition is executed when the name is used. */
export function deferDefinition(machine: Machine, node: number): void {
  const { unit, frame } = machine;
  const target = targetOf(machine, node);
  if (target === NONE) return;
  const name = textOf(machine.syntax, target);
  const callable: DeferredCallable = { kind: "deferred", unit, frame, node, name };
  writeName(machine, name, { ...UNKNOWN, callables: [callable], constancy: "constant" });
}

/** What the name of a definition is bound to once it is used. */
export function define(machine: Machine, callable: DeferredCallable): Value | undefined {
  if (machine.defined.has(callable)) return machine.defined.get(callable);
  // A class that its own body names is not known there, nor is it in Python.
  machine.defined.set(callable, undefined);
  const { unit, frame, node, name } = callable;
  const { ground } = machine;
  const left = inModule(machine, unit, () => {
    const { defining } = unit;
    unit.defining = node;
    machine.frame = frame;
    execute(machine, node);
    unit.defining = defining;
  });
  const key = keyOf(frame, name);
  const value = left.get(key);
  left.forget(key);
  ground.take(left);
  machine.defined.set(callable, value);
  return value;
}

/**
 * A function in the body of a module's class. One that is decorated by its own name, `@size.setter`, goes on with another, and a check of a
 * field is run by the class itself.
 */
function isMethod({ unit, frame, syntax }: Machine, node: number): boolean {
  if (!isOfClass(unit, frame)) return false;
  if (syntax.kind[node] === Kind.function_definition) return true;
  const definition = childByField(syntax, node, Field.definition);
  if (syntax.kind[definition] !== Kind.function_definition) return false;
  const name = textOf(syntax, childByField(syntax, definition, Field.name));
  const decorators = namedChildren(syntax, node).map((child) => textOf(syntax, child));
  return decorators.every((text) => !text.startsWith(`@${name}.`) && !CHECKING.test(text));
}

const CHECKING = /^@(?:\w+\.)?(?:field_)?validator\(/;

/** Whether a frame is that of the body of a module's class, or of a class in it. */
function isOfClass(unit: Unit, frame: Frame): boolean {
  for (let at: Frame | undefined = frame; at !== unit.frame; at = at.enclosing)
    if (at?.isClassBody !== true) return false;
  return frame !== unit.frame;
}

/** `LIMITS = read_limits()` on the module's own level, or `LIMITS = {…}` in one of its classes. */
function isOnlyValue({ unit, frame, syntax }: Machine, node: number): boolean {
  const right = childByField(syntax, node, Field.right);
  const target = childByField(syntax, node, Field.left);
  if (right === NONE || syntax.next[right] - right <= FEW_NODES || syntax.kind[target] !== Kind.identifier)
    return false;
  const statement = syntax.parent[node];
  const owner = syntax.parent[statement];
  if (syntax.kind[statement] !== Kind.expression_statement) return false;
  const name = textOf(syntax, target);
  if (frame === unit.frame)
    return owner === 0 && syntax.kind[right] !== Kind.assignment && isBoundOnce(syntax, owner, name);
  // Calls make fields and descriptors, which the class is made of, and so do names that mean something to Python.
  if (!DISPLAYS.has(syntax.kind[right]) || name.startsWith("__") || !isOfClass(unit, frame)) return false;
  const isOfSettings = frame.ownerClass === undefined || isSettings(frame.ownerClass);
  return (
    syntax.kind[syntax.parent[owner]] === Kind.class_definition && !isOfSettings && isBoundOnce(syntax, owner, name)
  );
}

const DISPLAYS: ReadonlySet<number> = new Set([Kind.dictionary, Kind.list, Kind.set, Kind.tuple]);

/** The name that is bound. */
function targetOf({ syntax }: Machine, node: number): number {
  if (syntax.kind[node] === Kind.assignment) return childByField(syntax, node, Field.left);
  const isDecorated = syntax.kind[node] === Kind.decorated_definition;
  const definition = isDecorated ? childByField(syntax, node, Field.definition) : node;
  return definition === NONE ? NONE : childByField(syntax, definition, Field.name);
}
