import { Field, Kind } from "../../python/kinds.ts";
import { addTargets, type Scope } from "../../python/scopes.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { assume } from "../guards/guards.ts";
import { loopedOver } from "../library/sequences.ts";
import type { Frame } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { assignTo } from "../statements/execute-assignment.ts";
import { elementFor } from "../statements/execute-loop.ts";
import { keyOfValue } from "../values/container-key.ts";
import { emptyShape, lengthOf, sequenceShape, withEntry } from "../values/shape.ts";
import { truth } from "../values/truth.ts";
import { underKey } from "../values/under-key.ts";
import { refValue, type Value } from "../values/value.ts";
import { evaluate } from "./evaluate.ts";
import { iteratorOf } from "./special-methods.ts";

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Its names are its own; the body is evaluated once for the join of all elements that pass the conditions, or once for each of a few
 * elements whose places it leaves as they are.
 */
export function evaluateComprehension(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const clauses = namedChildren(syntax, node).filter(
    (child) => syntax.kind[child] === Kind.for_in_clause || syntax.kind[child] === Kind.if_clause,
  );
  const locals = new Set<string>();
  for (const clause of clauses) addTargets(syntax, targetOf(machine, clause), locals);
  const scope: Scope = { locals, globals: NO_NAMES, nonlocals: NO_NAMES, isGenerator: false };
  const { frame, state, unit } = machine;
  const inner = machine.createFrame({
    scope,
    unit,
    enclosing: frame,
    ...(frame.function && { function: frame.function }),
  });
  machine.state = state.fork();
  inner.bottom = machine.state;
  const first = iteratorOf(machine, node, evaluate(machine, childByField(syntax, clauses[0], Field.right)));
  machine.frame = inner;
  const result = inPlaces(machine, node, clauses, first) ?? joined(machine, node, clauses, first, inner);
  const branch = machine.state;
  machine.frame = frame;
  machine.state = state;
  machine.leave(inner, [state.fork(), branch], state);
  return result;
}

/** Sequences of known length, no longer than this, keep their elements apart by place. */
const MAX_PLACES = 8;

/**
 * `[part.strip("/") for part in parts]`: what becomes of each element, in order, and of a dict under which key. Conditions have to be known
 * of every element; a generator also leaves out those that are empty: `"/".join(part for part in parts if part)`. Undefined where there is
 * no order, or it is not known which of the elements are left.
 */
function inPlaces(machine: Machine, node: number, clauses: readonly number[], iterated: Value): Value | undefined {
  const { syntax } = machine;
  const kind = syntax.kind[node];
  const [clause, condition] = clauses;
  if (kind === Kind.set_comprehension || clauses.length > 2) return undefined;
  if (condition !== undefined && syntax.kind[condition] !== Kind.if_clause) return undefined;
  const shape = iterated.labels === 0 ? loopedOver(machine, iterated) : undefined;
  const length = shape === undefined ? undefined : lengthOf(shape);
  if (shape === undefined || length === undefined || length === 0 || length > MAX_PLACES) return undefined;
  const target = targetOf(machine, clause);
  const right = childByField(syntax, clause, Field.right);
  const test = condition === undefined ? NONE : firstNamedChild(syntax, condition);
  const isPart = kind === Kind.generator_expression && test !== NONE && textOf(syntax, test) === textOf(syntax, target);
  const body = childByField(syntax, node, Field.body);
  const made = kind === Kind.dictionary_comprehension ? dictOf(machine, body) : listOf(machine, body);
  for (const element of shape.entries.values()) {
    assignTo(machine, target, element, clause, right);
    const isKept = test === NONE ? true : isPart ? truth(machine, element) : truth(machine, evaluate(machine, test));
    if (isKept === undefined && !isPart && !made.isLoose) return undefined;
    if (isKept !== false && !made.add(isKept === undefined)) return undefined;
  }
  return made.all();
}

/** What a comprehension makes of one element after the other. */
interface Made {
  /** Of the element that the names have now, which may not be left; false where it has no place. */
  readonly add: (isLeftOpen: boolean) => boolean;
  readonly all: () => Value;
  /** Whether an element has its place even where it is not known that it is left: that of its key. */
  readonly isLoose: boolean;
}

function listOf(machine: Machine, body: number): Made {
  const values: Value[] = [];
  const add = () => values.push(evaluate(machine, body)) > 0;
  return {
    add,
    all: () => refValue(machine.allocate(sequenceShape("list", values)), constancyOf(values)),
    isLoose: false,
  };
}

function dictOf(machine: Machine, body: number): Made {
  let shape = emptyShape("dict");
  const values: Value[] = [];
  const add = (isLeftOpen: boolean) => {
    const key = keyOfValue(machine, evaluate(machine, childByField(machine.syntax, body, Field.key)));
    if (key === undefined) return false;
    const value = evaluate(machine, childByField(machine.syntax, body, Field.value));
    values.push(value);
    shape = withEntry(shape, key, value);
    if (isLeftOpen) shape = { ...shape, isLoose: true };
    return true;
  };
  return {
    add,
    all: () => refValue(machine.allocate(shape), constancyOf(values)),
    isLoose: true,
  };
}

function constancyOf(values: readonly Value[]): Value["constancy"] {
  return values.every(({ constancy }) => constancy === "constant") ? "constant" : "dynamic";
}

function joined(machine: Machine, node: number, clauses: readonly number[], first: Value, inner: Frame): Value {
  const { syntax } = machine;
  let canRun = true;
  for (const [place, clause] of clauses.entries()) {
    if (syntax.kind[clause] === Kind.if_clause) {
      machine.frame = inner;
      const condition = firstNamedChild(syntax, clause);
      if (truth(machine, evaluate(machine, condition)) === false) canRun = false;
      assume(machine, condition, true);
      continue;
    }
    const right = childByField(syntax, clause, Field.right);
    const iterated = place === 0 ? first : evaluate(machine, right);
    machine.frame = inner;
    const element = elementFor(machine, clause, iterated);
    assignTo(machine, childByField(syntax, clause, Field.left), element, clause, right);
  }
  const body = childByField(syntax, node, Field.body);
  return canRun ? collect(machine, node, body) : refValue(machine.allocate(emptyShape("list")), "dynamic");
}

function collect(machine: Machine, node: number, body: number): Value {
  const { syntax } = machine;
  if (syntax.kind[node] === Kind.dictionary_comprehension) {
    const key = evaluate(machine, childByField(syntax, body, Field.key));
    const value = evaluate(machine, childByField(syntax, body, Field.value));
    const shape = underKey(machine, emptyShape("dict"), key, value);
    return refValue(machine.allocate(shape), value.constancy);
  }
  const value = evaluate(machine, body);
  const kind = syntax.kind[node] === Kind.set_comprehension ? "set" : "list";
  return refValue(
    machine.allocate(sequenceShape(kind, [], value)),
    value.constancy === "constant" ? "constant" : "dynamic",
  );
}

function targetOf(machine: Machine, clause: number): number {
  return childByField(machine.syntax, clause, Field.left);
}
