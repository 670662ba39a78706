import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, childrenByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { continuesWith, hasWord } from "../../text/has-word.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOf, readNarrowed, writeNarrowed } from "../values/names.ts";
import { constantTruth, constantValue } from "../values/value.ts";
import { areUnchanged, originsIn } from "./conditions.ts";
import { assume } from "./guards.ts";

/** Methods by which a container gets an element. */
const FILLS = /^(?:append|add|insert|setdefault)$/;

/**
 * `if name not in ALLOWED: errors.append("name")`, `if not name: error = "missing"`: as long as the name is empty, the
 * condition has not held.
 */
export function noteCollected(machine: Machine, node: number): void {
  const { syntax, frame } = machine;
  const conditions: number[] = [];
  let name: string | undefined;
  for (const clause of [node, ...childrenByField(syntax, node, Field.alternative)]) {
    const condition = childByField(syntax, clause, Field.condition);
    const filled = condition === NONE ? undefined : filledBy(machine, childByField(syntax, clause, Field.consequence));
    if (filled === undefined || (name !== undefined && filled !== name)) break;
    name = filled;
    conditions.push(condition);
  }
  if (name === undefined) return;
  const key = keyOf(frame, name);
  const collected = machine.collected.get(key) ?? new Map();
  machine.collected.set(key, collected);
  for (const condition of conditions) collected.set(condition, originsIn(machine, condition));
  for (const condition of collected.keys()) {
    const isNew = conditions.includes(condition);
    if (isNew || isNoted(machine, name, condition))
      writeNarrowed(machine, factOf(name, condition), constantValue(true));
  }
}

/** What was noted before a branch that fills the name is true of it there, too: it is not empty. */
export function keepCollected(machine: Machine, node: number): void {
  const { syntax, frame } = machine;
  const name = filledBy(machine, childByField(syntax, node, Field.consequence));
  const collected = name === undefined ? undefined : machine.collected.get(keyOf(frame, name));
  if (name === undefined || collected === undefined || machine.state.below === undefined) return;
  for (const condition of collected.keys()) {
    const fact = frame.narrowed.get(factOf(name, condition));
    if (fact !== undefined && machine.state.below.get(fact)?.constants?.[0] === true)
      machine.state.set(fact, constantValue(true));
  }
}

/** The name is empty: none of the conditions held under which it is filled. */
export function assumeNothingCollected(machine: Machine, name: string): void {
  const collected = machine.collected.get(keyOf(machine.frame, name));
  if (collected === undefined || isEmptied(machine, name)) return;
  for (const [condition, origins] of collected)
    if (isNoted(machine, name, condition) && areUnchanged(machine, origins)) assume(machine, condition, false);
}

/** Whether it matters that the name is empty. */
export function isCollection({ syntax, collected, frame }: Machine, node: number): boolean {
  const name = nameOf(syntax, node);
  return name !== undefined && collected.size > 0 && collected.has(keyOf(frame, name));
}

function isNoted(machine: Machine, name: string, condition: number): boolean {
  return readNarrowed(machine, factOf(name, condition))?.constants?.[0] === true;
}

/** Begins with the name, so that it is forgotten where the name is bound again; no expression is spelled like it. */
function factOf(name: string, condition: number): string {
  return `${name} without ${condition}`;
}

/** The name that the block certainly makes true: a container gets an element, or a variable a constant. */
function filledBy(machine: Machine, block: number): string | undefined {
  const { syntax } = machine;
  if (block === NONE) return undefined;
  for (const statement of namedChildren(syntax, block)) {
    const expression = syntax.kind[statement] === Kind.expression_statement ? firstNamedChild(syntax, statement) : NONE;
    const name = expression === NONE ? undefined : filledByExpression(machine, expression);
    if (name !== undefined) return name;
  }
  return undefined;
}

function filledByExpression({ syntax, recorder }: Machine, node: number): string | undefined {
  if (syntax.kind[node] === Kind.call) {
    const target = childByField(syntax, node, Field.function);
    if (syntax.kind[target] !== Kind.attribute) return undefined;
    const object = childByField(syntax, target, Field.object);
    const method = textOf(syntax, childByField(syntax, target, Field.attribute));
    return FILLS.test(method) ? nameOf(syntax, object) : undefined;
  }
  if (syntax.kind[node] !== Kind.assignment) return undefined;
  const left = childByField(syntax, node, Field.left);
  if (syntax.kind[left] === Kind.subscript) {
    const object = childByField(syntax, left, Field.value);
    return nameOf(syntax, object);
  }
  const value = recorder.valueOf(childByField(syntax, node, Field.right));
  const isTrue = value !== undefined && value.constants !== undefined && constantTruth(value) === true;
  return syntax.kind[left] === Kind.identifier && isTrue ? textOf(syntax, left) : undefined;
}

/** A variable, or an attribute of one: `self.errors`. */
function nameOf(syntax: SyntaxArrays, node: number): string | undefined {
  const isAttribute = syntax.kind[node] === Kind.attribute;
  const root = isAttribute ? childByField(syntax, node, Field.object) : node;
  return syntax.kind[root] === Kind.identifier ? textOf(syntax, node) : undefined;
}

const EMPTIES = /\.(?:clear|pop|popitem|popleft|remove|discard)\(/y;

function isEmptied({ syntax, frame }: Machine, name: string): boolean {
  const body = frame.function?.info.body ?? 0;
  const text = syntax.text.slice(syntax.start[body], syntax.end[body]);
  return hasWord(text, name, (from, to) => continuesWith(text, to, EMPTIES) || text.endsWith("del ", from));
}
