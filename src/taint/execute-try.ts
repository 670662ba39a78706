import { Field, Kind } from "../python/kinds.ts";
import { childByField, childOfKind, firstNamedChild, NONE, namedChildren, textOf } from "../python/walk.ts";
import { evaluate } from "./evaluate.ts";
import { execute, executeBody } from "./execute.ts";
import type { Machine } from "./machine.ts";
import { writeName } from "./names.ts";
import type { State } from "./state.ts";
import { pathValue } from "./value.ts";

/** Statements of the body after which a handler may begin; more of them are as good as the last. */
const MAX_INTERRUPTIONS = 8;

/** A handler begins after any statement of the body; `finally` runs on every way out. */
export function executeTry(machine: Machine, node: number): void {
  const { syntax } = machine;
  const before = machine.state;
  const clauses = namedChildren(syntax, node);
  const body = childByField(syntax, node, Field.body);
  const interruptions: State[] = [before.fork()];
  const attempt = before.fork();
  machine.state = attempt;
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    if (!attempt.alive) break;
    execute(machine, statement);
    // What a `return` or `raise` computed has happened as well.
    const reached = attempt.collapse(before);
    if (interruptions.length >= MAX_INTERRUPTIONS) interruptions.pop();
    interruptions.push(reached);
  }
  const ends: State[] = [];
  const otherwise = clauses.find((clause) => syntax.kind[clause] === Kind.else_clause);
  if (attempt.alive && otherwise !== undefined) executeBody(machine, childByField(syntax, otherwise, Field.body));
  if (attempt.alive) ends.push(attempt.collapse(before));
  for (const clause of clauses) {
    if (syntax.kind[clause] !== Kind.except_clause) continue;
    const handler = before.fork();
    handler.merge(interruptions);
    machine.state = handler;
    bindException(machine, clause);
    executeBody(machine, childOfKind(syntax, clause, Kind.block));
    if (handler.alive) ends.push(handler.collapse(before));
  }
  machine.state = before;
  const final = clauses.find((clause) => syntax.kind[clause] === Kind.finally_clause);
  if (ends.length > 0) before.merge(ends);
  if (final !== undefined) {
    const alive = ends.length > 0;
    const last = alive ? before : before.fork();
    if (!alive) last.merge(interruptions);
    machine.state = last;
    executeBody(machine, childOfKind(syntax, final, Kind.block));
    machine.state = before;
    if (alive && last.alive) return;
  }
  if (ends.length === 0) before.alive = false;
}

/** `except E as name`: the exception's text is data of its own kind. */
function bindException(machine: Machine, clause: number): void {
  const { syntax } = machine;
  const value = childByField(syntax, clause, Field.value);
  if (value === NONE) return;
  if (syntax.kind[value] !== Kind.as_pattern) {
    evaluate(machine, value);
    return;
  }
  const type = evaluate(machine, firstNamedChild(syntax, value));
  const target = childByField(syntax, value, Field.alias);
  const name = target === NONE ? NONE : firstNamedChild(syntax, target);
  if (name === NONE) return;
  const text = textOf(syntax, name);
  const bit = machine.models.labels.bit("exception");
  const note = `\`${text}\` is the exception that was caught`;
  const origin = machine.source(value, note, type.paths[0] ?? "Exception", bit);
  const paths = type.paths.map((path) => machine.models.canonical(`${path}()`));
  const exception = { ...pathValue(paths), constancy: "dynamic" as const };
  writeName(machine, text, { ...exception, labels: bit, origin });
}
