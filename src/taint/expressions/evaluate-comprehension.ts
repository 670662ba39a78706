import { Field, Kind } from "../../python/kinds.ts";
import { addTargets, type Scope } from "../../python/scopes.ts";
import { childByField, firstNamedChild, namedChildren } from "../../python/walk.ts";
import { assume } from "../guards/guards.ts";
import type { Machine } from "../machine/machine.ts";
import { assignTo } from "../statements/execute-assignment.ts";
import { elementFor } from "../statements/execute-loop.ts";
import { emptyShape, sequenceShape } from "../values/shape.ts";
import { truth } from "../values/truth.ts";
import { underKey } from "../values/under-key.ts";
import { refValue, type Value } from "../values/value.ts";
import { evaluate } from "./evaluate.ts";

const NO_NAMES: ReadonlySet<string> = new Set();

/** Its names are its own; the body is evaluated once for the join of all elements that pass the conditions. */
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
  let canRun = true;
  for (const clause of clauses) {
    if (syntax.kind[clause] === Kind.if_clause) {
      machine.frame = inner;
      const condition = firstNamedChild(syntax, clause);
      if (truth(machine, evaluate(machine, condition)) === false) canRun = false;
      assume(machine, condition, true);
      continue;
    }
    const right = childByField(syntax, clause, Field.right);
    const iterated = evaluate(machine, right);
    machine.frame = inner;
    const element = elementFor(machine, clause, iterated);
    assignTo(machine, childByField(syntax, clause, Field.left), element, clause, right);
  }
  const body = childByField(syntax, node, Field.body);
  const result = canRun ? collect(machine, node, body) : refValue(machine.allocate(emptyShape("list")), "dynamic");
  const branch = machine.state;
  machine.frame = frame;
  machine.state = state;
  machine.leave(inner, [state.fork(), branch], state);
  return result;
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
