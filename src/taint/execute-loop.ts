import { Field } from "../python/kinds.ts";
import { childByField, NONE, textOf } from "../python/walk.ts";
import { carry, deep, through } from "./carry.ts";
import { elementOf } from "./elements.ts";
import { evaluate } from "./evaluate.ts";
import { executeBody } from "./execute.ts";
import { assignTo } from "./execute-assignment.ts";
import { assume } from "./guards.ts";
import { memberPaths, readPaths, shorten } from "./library.ts";
import type { Loop, Machine } from "./machine.ts";
import { elementOfObject } from "./special-methods.ts";
import type { State } from "./state.ts";
import { truth } from "./truth.ts";
import { DYNAMIC, type Value } from "./value.ts";

/** Rounds after which a loop's state is taken as it is: labels climb a short chain, one round a link. */
const MAX_ROUNDS = 4;

export function executeFor(machine: Machine, node: number): void {
  const { syntax } = machine;
  const left = childByField(syntax, node, Field.left);
  const right = childByField(syntax, node, Field.right);
  const iterated = evaluate(machine, right);
  const isNeverEmpty = truth(machine, iterated) === true;
  const isNeverRun = truth(machine, iterated) === false;
  const before = machine.state;
  const { exits, breaks } = iterate(
    machine,
    childByField(syntax, node, Field.body),
    isNeverRun ? 0 : MAX_ROUNDS,
    () => {
      assignTo(machine, left, elementFor(machine, node, iterated), node, right);
      return true;
    },
  );
  const rest = before.fork();
  rest.merge(isNeverEmpty ? exits.slice(1) : exits);
  finish(machine, node, before, rest, breaks);
}

export function executeWhile(machine: Machine, node: number): void {
  const { syntax } = machine;
  const condition = childByField(syntax, node, Field.condition);
  const before = machine.state;
  const { exits, breaks } = iterate(machine, childByField(syntax, node, Field.body), MAX_ROUNDS, () => {
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
  finish(machine, node, before, rest, breaks);
}

/** What the loop's variable is bound to. */
export function elementFor(machine: Machine, node: number, iterated: Value): Value {
  const known = elementOfObject(machine, node, iterated) ?? elementOf(machine, iterated);
  if (known !== undefined) return known;
  const paths = memberPaths(machine, iterated.paths, "[]");
  const element = readPaths(machine, node, paths, "", [deep(machine, iterated)]);
  const note = () => `each of \`${shorten(textOf(machine.syntax, childByField(machine.syntax, node, Field.right)))}\``;
  return through(
    machine,
    node,
    "propagator",
    note,
    carry({ ...element, constancy: DYNAMIC.constancy, text: iterated.text }, [iterated]),
  );
}

/** Runs the body until nothing changes; the exits are the state before, and those at the end of each round. */
function iterate(
  machine: Machine,
  body: number,
  rounds: number,
  enter: () => boolean,
): { readonly exits: readonly State[]; readonly breaks: readonly State[] } {
  const before = machine.state;
  const loop: Loop = { bottom: before, breaks: [], continues: [] };
  machine.frame.loops.push(loop);
  const head = before.fork();
  const exits: State[] = [before.fork()];
  for (let round = 0; round < rounds; round++) {
    const turn = head.fork();
    machine.state = turn;
    if (!enter()) break;
    executeBody(machine, body);
    const ends = loop.continues.splice(0);
    if (turn.alive) ends.push(turn.collapse(before));
    if (ends.length === 0) break;
    const merged = head.fork();
    merged.merge(ends);
    const isStable = !merged.changes();
    exits.push(...ends);
    head.merge([head.fork(), merged]);
    if (isStable) break;
  }
  machine.frame.loops.pop();
  machine.state = before;
  return { exits, breaks: loop.breaks };
}

/** The `else` runs where the loop was not broken out of. */
function finish(machine: Machine, node: number, before: State, rest: State, breaks: readonly State[]): void {
  const alternative = childByField(machine.syntax, node, Field.alternative);
  machine.state = rest;
  if (alternative !== NONE && rest.alive) executeBody(machine, childByField(machine.syntax, alternative, Field.body));
  machine.state = before;
  before.merge([rest.collapse(before), ...breaks].filter((_, index) => index > 0 || rest.alive));
}
