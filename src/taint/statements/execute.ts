import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, childrenByField, firstNamedChild, NONE, namedChildren } from "../../python/walk.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { enter, leave } from "../expressions/special-methods.ts";
import { keepCollected, noteCollected } from "../guards/collected.ts";
import { assume } from "../guards/guards.ts";
import { saidBy } from "../library/exceptions.ts";
import { MAX_DEPTH } from "../machine/budgets.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { truth } from "../values/truth.ts";
import { NONE_VALUE, type Value } from "../values/value.ts";
import { beginAttempt, endAttempt, interrupted } from "./attempt.ts";
import { deferDefinition, isDeferred } from "./defer-definition.ts";
import { assignTo, executeAssignment } from "./execute-assignment.ts";
import { defineClass, defineFunction } from "./execute-definition.ts";
import { executeDelete } from "./execute-delete.ts";
import { executeImport } from "./execute-import.ts";
import { executeFor, executeWhile } from "./execute-loop.ts";
import { executeMatch } from "./execute-match.ts";
import { executeTry } from "./execute-try.ts";

/** Statements in order; what follows a `return`, `raise` or endless loop does not run. */
export function executeBody(machine: Machine, block: number): void {
  if (block === NONE) return;
  for (const statement of namedChildren(machine.syntax, block)) {
    if (!machine.state.alive) return;
    execute(machine, statement);
  }
}

export function execute(machine: Machine, node: number): void {
  if (!machine.step(node)) return;
  if (machine.depth >= MAX_DEPTH) {
    machine.recorder.spend("depth", node);
    return;
  }
  machine.depth++;
  executeKind(machine, node);
  machine.depth--;
}

function executeKind(machine: Machine, node: number): void {
  const { syntax } = machine;
  if (isDeferred(machine, node)) {
    deferDefinition(machine, node);
    return;
  }
  switch (syntax.kind[node]) {
    case Kind.expression_statement:
      for (const child of namedChildren(syntax, node)) execute(machine, child);
      return;
    case Kind.assignment:
    case Kind.augmented_assignment:
      executeAssignment(machine, node);
      return;
    case Kind.if_statement:
      executeIf(machine, node);
      return;
    case Kind.for_statement:
      executeFor(machine, node);
      return;
    case Kind.while_statement:
      executeWhile(machine, node);
      return;
    case Kind.try_statement:
      executeTry(machine, node);
      return;
    case Kind.with_statement:
      executeWith(machine, node);
      return;
    case Kind.match_statement:
      executeMatch(machine, node);
      return;
    case Kind.function_definition:
      defineFunction(machine, node, []);
      return;
    case Kind.class_definition:
      defineClass(machine, node, []);
      return;
    case Kind.decorated_definition: {
      const definition = childByField(syntax, node, Field.definition);
      const decorators = namedChildren(syntax, node).filter((child) => syntax.kind[child] === Kind.decorator);
      if (syntax.kind[definition] === Kind.class_definition) defineClass(machine, definition, decorators);
      else if (definition !== NONE) defineFunction(machine, definition, decorators);
      return;
    }
    case Kind.return_statement: {
      const expression = firstNamedChild(syntax, node);
      const value = expression === NONE ? NONE_VALUE : evaluate(machine, expression);
      if (!machine.state.alive) return;
      machine.frame.returns.push({ value, state: machine.state.collapse(machine.frame.bottom), node: expression });
      machine.state.alive = false;
      return;
    }
    case Kind.raise_statement:
      for (const [place, child] of namedChildren(syntax, node).entries()) {
        const raised = evaluate(machine, child);
        // What it was raised from is no part of its text.
        if (place === 0)
          machine.attempts.at(-1)?.raised.push(carry(raised, [saidBy(machine, raised) ?? deep(machine, raised)]));
      }
      machine.state.alive = isOutside(machine, node);
      return;
    case Kind.break_statement:
    case Kind.continue_statement: {
      const loop = machine.frame.loops.at(-1);
      const states = syntax.kind[node] === Kind.break_statement ? loop?.breaks : loop?.continues;
      if (loop !== undefined) states?.push(machine.state.collapse(loop.bottom));
      machine.state.alive = false;
      return;
    }
    case Kind.delete_statement:
      executeDelete(machine, node);
      return;
    case Kind.import_statement:
    case Kind.import_from_statement:
      executeImport(machine, node);
      return;
    case Kind.pass_statement:
    case Kind.global_statement:
    case Kind.nonlocal_statement:
    case Kind.future_import_statement:
    case Kind.type_alias_statement:
      return;
    case Kind.block:
    case Kind.ERROR:
      executeBody(machine, node);
      return;
    default:
      // Assertions prove nothing: they are gone when Python runs optimized.
      evaluate(machine, node);
  }
}

/** Layers that the conditions of an `if` leave one on the other. */
const MAX_LAYERS = 16;

function executeIf(machine: Machine, node: number): void {
  const { syntax } = machine;
  const clauses = [node, ...childrenByField(syntax, node, Field.alternative)];
  const before = machine.state;
  const ends = [];
  let rest = before.fork();
  let isDecided = true;
  for (const [at, clause] of clauses.entries()) {
    machine.state = rest;
    if (syntax.kind[clause] === Kind.else_clause) {
      executeBranch(machine, clause, childByField(syntax, clause, Field.body), isDecided);
      break;
    }
    const condition = childByField(syntax, clause, Field.condition);
    const known = truth(machine, evaluate(machine, condition));
    if (known !== false) {
      const branch = rest.fork();
      machine.state = branch;
      assume(machine, condition, true);
      isDecided &&= known === true;
      executeBranch(machine, clause, childByField(syntax, clause, Field.consequence), isDecided);
      keepCollected(machine, clause);
      if (branch.alive) ends.push(branch.collapse(before));
    }
    if (known === true) {
      rest.alive = false;
      break;
    }
    const next = rest.fork();
    machine.state = next;
    assume(machine, condition, false);
    // What many conditions left is one layer again: each branch is asked for what is in all of them.
    rest = at % MAX_LAYERS === MAX_LAYERS - 1 ? next.collapse(before) : next;
  }
  if (rest.alive) ends.push(rest.collapse(before));
  machine.state = before;
  before.merge(ends);
  if (before.alive) noteCollected(machine, node);
}

/** Runs a branch; whoever yields in one that is certain to be run yields for certain. */
function executeBranch(machine: Machine, clause: number, body: number, isDecided: boolean): void {
  const { decided } = machine.frame;
  if (isDecided) decided.add(clause);
  executeBody(machine, body);
  if (isDecided) decided.delete(clause);
}

function executeWith(machine: Machine, node: number): void {
  const { syntax } = machine;
  const clause = childOfKind(syntax, node, Kind.with_clause);
  let suppresses = false;
  const entered: Entered[] = [];
  for (const item of clause === NONE ? [] : namedChildren(syntax, clause)) {
    const value = childByField(syntax, item, Field.value);
    if (value === NONE) continue;
    if (syntax.kind[value] !== Kind.as_pattern) {
      const manager = evaluate(machine, value);
      suppresses ||= manager.paths.includes("contextlib.suppress()");
      enter(machine, value, manager);
      entered.push({ node: value, manager });
      continue;
    }
    const expression = firstNamedChild(syntax, value);
    const manager = evaluate(machine, expression);
    const bound = enter(machine, expression, manager);
    entered.push({ node: expression, manager });
    const target = childByField(syntax, value, Field.alias);
    const name = target === NONE ? NONE : firstNamedChild(syntax, target);
    if (name !== NONE) assignTo(machine, name, bound, value, expression);
  }
  const body = childByField(syntax, node, Field.body);
  const outputs = entered.map(({ manager }) => redirected(machine, manager)).filter((output) => output !== undefined);
  machine.outputs.push(...outputs);
  if (suppresses) executeSuppressed(machine, body);
  else executeBody(machine, body);
  machine.outputs.length -= outputs.length;
  for (const { node, manager } of entered.reverse()) if (machine.state.alive) leave(machine, node, manager);
}

/** The buffer into which `print` writes meanwhile: `with redirect_stdout(buffer):`. */
function redirected(machine: Machine, { paths, refs }: Value): Value | undefined {
  return paths.includes("contextlib.redirect_stdout()") ? machine.shape(refs[0])?.entries.get(0) : undefined;
}

/** A context manager under way, and the expression that gave it. */
interface Entered {
  readonly node: number;
  readonly manager: Value;
}

/** The body may end after any of its statements, and what follows runs all the same. */
function executeSuppressed(machine: Machine, body: number): void {
  const before = machine.state;
  const attempt = beginAttempt(machine);
  const normal = before.fork();
  machine.state = normal;
  executeBody(machine, body);
  endAttempt(machine);
  machine.state = before;
  const ends = [interrupted(before, attempt)];
  if (normal.alive) ends.push(normal.collapse(before));
  before.merge(ends);
}

/** A module that ends in the middle is a piece of documentation: what stands below is read like the rest. */
function isOutside({ syntax, frame }: Machine, statement: number): boolean {
  return frame.function === undefined && syntax.kind[syntax.parent[statement]] === Kind.module;
}
