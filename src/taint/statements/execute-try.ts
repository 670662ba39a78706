import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { type ClassInfo, inLineage } from "../calls/callables.ts";
import { evaluate } from "../expressions/evaluate.ts";
import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { writeName } from "../values/names.ts";
import { joinAll } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { pathValue, UNKNOWN, type Value } from "../values/value.ts";
import { beginAttempt, endAttempt, interrupted } from "./attempt.ts";
import { executeBody } from "./execute.ts";

/** A handler begins anywhere in the body; `finally` runs on every way out, and its own `return` takes the place of others. */
export function executeTry(machine: Machine, node: number): void {
  const { syntax, frame } = machine;
  const before = machine.state;
  const clauses = namedChildren(syntax, node);
  const handlers = clauses.filter((clause) => syntax.kind[clause] === Kind.except_clause);
  const final = clauses.find((clause) => syntax.kind[clause] === Kind.finally_clause);
  const earlier = frame.returns.length;
  if (final !== undefined) beginAttempt(machine);
  const ends = attemptBody(machine, node, before, handlers);
  const whole = final === undefined ? undefined : machine.attempts.at(-1);
  if (final !== undefined) endAttempt(machine);
  machine.state = before;
  const last = whole === undefined ? undefined : interrupted(before, whole);
  if (ends.length > 0) before.merge(ends);
  else before.alive = false;
  if (final !== undefined && last !== undefined) finish(machine, final, last, earlier);
}

/** Runs the body, its `else` and its handlers; the states in which they end. */
function attemptBody(machine: Machine, node: number, before: State, handlers: readonly number[]): State[] {
  const { syntax } = machine;
  const attempt = beginAttempt(machine);
  const normal = before.fork();
  machine.state = normal;
  executeBody(machine, childByField(syntax, node, Field.body));
  endAttempt(machine);
  const otherwise = childOfKind(syntax, node, Kind.else_clause);
  if (normal.alive && otherwise !== NONE) executeBody(machine, childByField(syntax, otherwise, Field.body));
  const ends = normal.alive ? [normal.collapse(before)] : [];
  for (const clause of handlers) {
    const handler = interrupted(before, attempt);
    machine.state = handler;
    bindException(machine, clause, attempt.raised);
    executeBody(machine, childOfKind(syntax, clause, Kind.block));
    if (handler.alive) ends.push(handler.collapse(before));
  }
  if (handlers.length === 0) machine.attempts.at(-1)?.raised.push(...attempt.raised);
  return ends;
}

/** Runs `finally` once for the ways that leave the function and once for the way that goes on. */
function finish(machine: Machine, clause: number, last: State, earlier: number): void {
  const { syntax, frame, state } = machine;
  const block = childOfKind(syntax, clause, Kind.block);
  const inside = frame.returns.length;
  machine.state = last;
  executeBody(machine, block);
  machine.state = state;
  if (last.alive) {
    if (state.alive) executeBody(machine, block);
    return;
  }
  // What the function was about to return is forgotten.
  state.alive = false;
  frame.returns.splice(earlier, inside - earlier);
}

/** `except E as name`: the exception's text is data of its own kind. */
function bindException(machine: Machine, clause: number, raised: readonly Value[]): void {
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
  const labelled: Value = { ...exception, labels: bit, origin };
  const made = joinAll(raised.filter(({ labels }) => labels !== 0));
  // Its text is what it was made with, its attributes are those of the objects that were raised.
  const { refs } = joinAll(raised.filter((one) => isCaught(machine, one, type))) ?? UNKNOWN;
  writeName(machine, text, { ...(made === undefined ? labelled : carry(labelled, [made])), refs });
}

/** Whether an object of the project was raised that the handler is for. */
function isCaught(machine: Machine, { refs }: Value, { callables }: Value): boolean {
  const [ref] = refs;
  const shape = ref === undefined ? undefined : machine.shape(ref);
  if (shape?.kind !== "object" || shape.of === undefined) return false;
  return inLineage(shape.of as ClassInfo, (of) => (callables.includes(of) ? true : undefined)) === true;
}
