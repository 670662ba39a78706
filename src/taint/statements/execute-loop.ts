import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import { isFound } from "../calls/found.ts";
import { elementOf } from "../expressions/elements.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { elementOfObject, iteratorOf } from "../expressions/special-methods.ts";
import { assume } from "../guards/guards.ts";
import { memberPaths, readPaths, shorten } from "../library/library.ts";
import { loopedOver } from "../library/sequences.ts";
import { CALL_STEPS } from "../machine/budgets.ts";
import type { Loop } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep, through } from "../values/carry.ts";
import { lengthOf } from "../values/shape.ts";
import type { Reads, State } from "../values/state.ts";
import { truth } from "../values/truth.ts";
import { DYNAMIC, type Value } from "../values/value.ts";
import { executeBody } from "./execute.ts";
import { assignTo } from "./execute-assignment.ts";
import { provedOfEach, proveElements, proveTurns, variable } from "./turn-proofs.ts";

/** Rounds after which a loop's state is taken as it is: labels climb a short chain, one round a link. */
const MAX_ROUNDS = 4;

export function executeFor(machine: Machine, node: number): void {
  const { syntax } = machine;
  const left = childByField(syntax, node, Field.left);
  const right = childByField(syntax, node, Field.right);
  const iterated = iteratorOf(machine, node, evaluate(machine, right));
  const isNeverEmpty = truth(machine, iterated) === true || iterated.paths.some((path) => NEVER_EMPTY.has(path));
  const isNeverRun = truth(machine, iterated) === false;
  const before = machine.state;
  const body = childByField(syntax, node, Field.body);
  const turns = inTurn(machine, iterated);
  if (turns !== undefined) {
    const { end, proofs, breaks } = takeTurns(machine, body, turns, left, (element) =>
      assignTo(machine, left, element, node, right),
    );
    machine.state = end;
    if (end.alive && proofs.length === turns.length) proveTurns(machine, right, iterated, turns, proofs);
    finish(machine, node, before, end, breaks);
    return;
  }
  let given: Value | undefined;
  const { exits, breaks } = iterate(machine, body, isNeverRun ? 0 : MAX_ROUNDS, () => {
    assignTo(machine, left, elementFor(machine, node, iterated), node, right);
    given = variable(machine, machine.state, left);
    return true;
  });
  const proved = provedOfEach(machine, exits.slice(1), left, given);
  const rest = before.fork();
  rest.merge(isNeverEmpty ? exits.slice(1) : exits);
  machine.state = rest;
  if (proved !== 0 && rest.alive) proveElements(machine, right, iterated, proved);
  finish(machine, node, before, rest, breaks);
}

/** What raises rather than giving back nothing. */
const NEVER_EMPTY: ReadonlySet<string> = new Set(["socket.getaddrinfo()"]);

export function executeWhile(machine: Machine, node: number): void {
  const { syntax } = machine;
  const condition = childByField(syntax, node, Field.condition);
  const body = childByField(syntax, node, Field.body);
  const outer = machine.state;
  const known = takeKnownTurns(machine, condition, body);
  if (known.isOver) {
    finish(machine, node, outer, known.end, known.breaks);
    return;
  }
  const before = known.end;
  machine.state = before;
  const { exits, breaks } = iterate(machine, body, MAX_ROUNDS, () => {
    if (truth(machine, evaluate(machine, condition)) === false) return false;
    assume(machine, condition, true);
    return true;
  });
  const rest = before.fork();
  rest.merge(exits);
  machine.state = rest;
  if (rest.alive) {
    if (truth(machine, evaluate(machine, condition)) === true) rest.alive = false;
    else assume(machine, condition, false);
  }
  const ends = [...known.breaks, ...breaks.map((state) => state.collapse(outer))];
  const end = rest.collapse(outer);
  end.alive = rest.alive;
  finish(machine, node, outer, end, ends);
}

/** Turns of a `while` whose condition is known to hold that are run one by one. */
const MAX_KNOWN_TURNS = 8;

/**
 * Runs the body as long as the condition is known to hold by what the turns before left: `while count < 3`. `isOver` where it is known to
 * hold no more.
 */
function takeKnownTurns(
  machine: Machine,
  condition: number,
  body: number,
): { readonly end: State; readonly breaks: readonly State[]; readonly isOver: boolean } {
  const before = machine.state;
  const { loops } = machine.frame;
  const loop: Loop = { bottom: before, turns: MAX_KNOWN_TURNS, isCounted: false, breaks: [], continues: [] };
  let end = before.fork();
  let isOver = false;
  const isForEver = machine.syntax.kind[condition] === Kind.true || machine.syntax.kind[condition] === Kind.integer;
  const isInside = loops.reduce((product, { turns }) => product * turns, 1) * MAX_KNOWN_TURNS > MAX_TURNS;
  if (isForEver || isInside || machine.steps > CALL_STEPS) return { end, breaks: [], isOver };
  loops.push(loop);
  for (let turn = 0; turn < MAX_KNOWN_TURNS; turn++) {
    machine.state = end.fork();
    const holds = truth(machine, evaluate(machine, condition));
    if (holds !== true) {
      isOver = holds === false;
      if (isOver) end = machine.state.collapse(before);
      break;
    }
    const breaksBefore = loop.breaks.length;
    executeBody(machine, body);
    const ends = loop.continues.splice(0);
    if (machine.state.alive) ends.push(machine.state.collapse(before));
    end = before.fork();
    end.merge(ends);
    if (!end.alive || loop.breaks.length > breaksBefore) {
      isOver = !end.alive;
      if (isOver) break;
    }
  }
  loops.pop();
  machine.state = before;
  return { end, breaks: loop.breaks, isOver };
}

/** What the loop's variable is bound to. */
export function elementFor(machine: Machine, node: number, iterated: Value): Value {
  const known = elementOfObject(machine, node, iterated) ?? elementOf(machine, iterated);
  if (known !== undefined) return areConstant(machine, iterated) ? { ...known, constancy: "constant" } : known;
  const over = textOf(machine.syntax, childByField(machine.syntax, node, Field.right));
  const paths = isFound(iterated) ? iterated.paths : memberPaths(machine, iterated.paths, "[]");
  const element = readPaths(machine, node, paths, over, [deep(machine, iterated)]);
  const note = () => `each of \`${shorten(over)}\``;
  return through(
    machine,
    node,
    "propagator",
    note,
    carry({ ...element, constancy: DYNAMIC.constancy, text: iterated.text }, [iterated]),
  );
}

/** Whether a sequence has nothing but constants, however many: each of its elements is one. */
function areConstant(machine: Machine, iterated: Value): boolean {
  const shape = iterated.labels === 0 ? machine.onlyShape(iterated) : undefined;
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object" || shape.rest !== undefined) return false;
  return shape.entries.size > 0 && [...shape.entries.values()].every(({ constants }) => constants !== undefined);
}

/** Turns of loops inside one another, of one function, that are run one by one. */
const MAX_TURNS = 16;

/** The elements of a sequence that is short enough for a turn each; undefined of any other. */
function inTurn(machine: Machine, iterated: Value): readonly Value[] | undefined {
  const { loops } = machine.frame;
  const shape = iterated.paths.length === 0 ? loopedOver(machine, iterated) : undefined;
  const length = shape === undefined ? undefined : lengthOf(shape);
  if (shape === undefined || length === undefined || length === 0 || machine.steps > CALL_STEPS) return undefined;
  const outer = loops.reduce((product, { turns }) => product * turns, 1);
  if (length * outer > MAX_TURNS) return undefined;
  return [...shape.entries.values()].map((element) => carry(element, [iterated]));
}

/** Runs the body once for each element, each time in the state that the turn before left; `end` is what the last one leaves. */
function takeTurns(
  machine: Machine,
  body: number,
  elements: readonly Value[],
  target: number,
  bind: (element: Value) => void,
): { readonly end: State; readonly proofs: readonly number[]; readonly breaks: readonly State[] } {
  const before = machine.state;
  const loop: Loop = { bottom: before, turns: elements.length, isCounted: true, breaks: [], continues: [] };
  machine.frame.loops.push(loop);
  let end = before.fork();
  const proofs: number[] = [];
  for (const element of elements) {
    const turn = end.fork();
    machine.state = turn;
    bind(element);
    const given = variable(machine, turn, target);
    executeBody(machine, body);
    const ends = loop.continues.splice(0);
    if (turn.alive) ends.push(turn.collapse(before));
    proofs.push(provedOfEach(machine, ends, target, given));
    end = before.fork();
    end.merge(ends);
    if (!end.alive) break;
  }
  machine.frame.loops.pop();
  machine.state = before;
  return { end, proofs, breaks: loop.breaks };
}

/** Runs the body until a round adds nothing that it has read; the exits are the state before, and those at the end of each round. */
function iterate(
  machine: Machine,
  body: number,
  rounds: number,
  enter: () => boolean,
): { readonly exits: readonly State[]; readonly breaks: readonly State[] } {
  const before = machine.state;
  const loop: Loop = { bottom: before, turns: MAX_ROUNDS, isCounted: false, breaks: [], continues: [] };
  machine.frame.loops.push(loop);
  const head = before.fork();
  const exits: State[] = [before.fork()];
  for (let round = 0; round < rounds; round++) {
    const reads: Reads = { variables: new Set(), refs: new Set() };
    const brokenOut = loop.breaks.length;
    const returned = machine.frame.returns.length;
    const turn = head.fork();
    head.watch(reads);
    machine.state = turn;
    if (!enter()) break;
    executeBody(machine, body);
    head.watch(undefined);
    const ends = loop.continues.splice(0);
    if (turn.alive) ends.push(turn.collapse(before));
    if (ends.length === 0) break;
    const merged = head.fork();
    merged.merge(ends);
    exits.push(...ends);
    // Who breaks out takes along what earlier rounds left, and nothing else may know it; who returns, what was known before.
    const isAsked = loop.breaks.length > brokenOut && !areBreaksJoined(machine, body) ? undefined : reads;
    if (!head.absorb(merged, isAsked, machine.frame.returns.length > returned)) break;
  }
  machine.frame.loops.pop();
  machine.state = before;
  return { exits, breaks: loop.breaks };
}

/** Whether what follows the loop sees what a round left, also where another one is broken out of. */
function areBreaksJoined({ syntax }: Machine, body: number): boolean {
  const node = syntax.parent[body];
  return syntax.kind[node] === Kind.for_statement && childByField(syntax, node, Field.alternative) === NONE;
}

/** The `else` runs where the loop was not broken out of. */
function finish(machine: Machine, node: number, before: State, rest: State, breaks: readonly State[]): void {
  const alternative = childByField(machine.syntax, node, Field.alternative);
  machine.state = rest;
  if (alternative !== NONE && rest.alive) executeBody(machine, childByField(machine.syntax, alternative, Field.body));
  machine.state = before;
  before.merge([rest.collapse(before), ...breaks].filter((_, index) => index > 0 || rest.alive));
}
