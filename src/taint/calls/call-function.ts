import { NONE } from "../../python/walk.ts";
import { elementOf } from "../expressions/elements.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { sharedKey } from "../guards/shared-proofs.ts";
import { CALL_STEPS, MAX_CALL_DEPTH } from "../machine/budgets.ts";
import type { Frame } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { executeBody } from "../statements/execute.ts";
import { carry, deep, through } from "../values/carry.ts";
import { asGiven, keyOf } from "../values/names.ts";
import { emptyShape, joinAll, joinShapes, type Shape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { DYNAMIC, NONE_VALUE, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { callProofs } from "./call-proofs.ts";
import type { CallResult } from "./call-result.ts";
import type { FunctionCallable, ProjectCallable } from "./callables.ts";
import { countDown, isLost } from "./counting-down.ts";
import { handingOver } from "./handed-over.ts";
import { asAnnotated } from "./instances.ts";
import { madeAnew, NO_REFS, writesElsewhere } from "./made-anew.ts";
import { broadKey, countsKey, memoKey, widen, withoutConstants } from "./memo.ts";
import { isTried, runRecursive, treeKey } from "./recursion.ts";
import { replay } from "./replay.ts";
import { collectShapes, storedIn } from "./stored-shapes.ts";
import { unitedReturns } from "./united-returns.ts";
import { answerUnknown } from "./unknown-answer.ts";
import { callVariants } from "./variants.ts";

/** The arguments of a call of a function, without the nodes that they came from. */
export interface BoundArguments {
  readonly self: Value | undefined;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** Passed by `*` or `**`, in an unknown place. */
  readonly others: readonly Value[];
}

/** Runs a function of the project on abstract arguments: by value, so that constants live through helpers. */
export function callFunction(machine: Machine, node: number, callee: FunctionCallable, args: BoundArguments): Value {
  const { decorated, info, variants } = callee;
  if (decorated !== undefined)
    return callFunction(machine, node, decorated, info.role === "static" ? { ...args, self: undefined } : args);
  if (variants !== undefined) return callVariants(machine, node, variants, args);
  const values = [
    ...(args.self === undefined ? [] : [args.self]),
    ...args.positional,
    ...args.keywords.values(),
    ...args.others,
  ];
  if (machine.active.includes(callee) && isTried(machine, callee)) return UNKNOWN;
  const counting = machine.counting.get(callee);
  const isUnfollowed =
    info.isAbstract ||
    machine.callDepth >= MAX_CALL_DEPTH ||
    machine.steps > CALL_STEPS ||
    (counting === undefined && machine.active.includes(callee));
  // What the view answers is asked for where it is entered by itself.
  if (isUnfollowed && machine.served?.layers.includes(callee)) return UNKNOWN;
  if (isUnfollowed && counting !== undefined) counting.isLost = true;
  if (isUnfollowed)
    return answerUnknown(
      machine,
      callee.info.name,
      // A class below knows what it keeps itself, and not what this one does.
      values.map((value) => (callee.info.isAbstract && value === args.self ? value : deep(machine, value))),
    );
  const parameters = bindParameters(machine, node, callee, args);
  const follow = () =>
    handingOver(machine, node, callee, parameters, () => answer(machine, callee, parameters, values));
  const result = counting === undefined ? follow() : countDown(counting, parameters, follow);
  if (result === undefined) return UNKNOWN;
  const isProved = result.members.ifTrue.size + result.members.ifFalse.size > 0;
  machine.unit.proofs.set(node, { callee, result, asked: isProved ? machine.onlyShape(args.self) : undefined });
  if (!result.returns) machine.state.alive = false;
  const value = replay(machine, result, parameters);
  return callee.info.isLambda
    ? value
    : through(machine, node, "return", () => `\`${callee.info.name}\` returns it`, value);
}

/** Runs of one function after which its calls are told apart by the kinds of their arguments alone. */
const EXACT_RUNS = 8;

/** The result for these parameters: from an earlier call where there was one like it, else by running the function. */
function answer(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  given: readonly Value[],
): CallResult {
  const own = memoKey(machine, callee, parameters) + treeKey(machine, callee, parameters) + sharedKey(machine);
  const key = machine.writers.has(callee) ? own + countsKey(machine, parameters) : own;
  const known = machine.memo.get(key);
  if (known !== undefined) return known;
  const runs = (machine.runs.get(callee) ?? 0) + 1;
  if (runs > EXACT_RUNS) return answerBroadly(machine, callee, widen(parameters));
  machine.runs.set(callee, runs);
  const contents = machine.writers.has(callee) ? "" : countsKey(machine, parameters);
  const { writes, sources, classWrites, nextRef, written } = machine;
  machine.written = new Set();
  const run = runRecursive(machine, callee, parameters, (given) => runFunction(machine, callee, given));
  const isCounter = machine.classWrites !== classWrites;
  const result = isCounter ? run : { ...run, made: madeAnew(machine, callee, run, nextRef) };
  const isElsewhere = writesElsewhere(machine.written, run, nextRef);
  for (const ref of machine.written) written.add(ref);
  machine.written = written;
  // A call that stores nothing from outside has, for findings, no effect but its result.
  const isQuiet = machine.sources === sources && given.every((value) => deep(machine, value).labels === 0);
  const isSame = machine.writes === writes;
  if (!isSame) machine.writers.add(callee);
  if ((!isSame && (!isQuiet || isElsewhere)) || isLost(machine) || makesFunctions(callee, result)) return result;
  // The next call of what counts its calls gives another number.
  machine.memo.set(
    isSame ? key : key + contents,
    isCounter ? { ...result, value: withoutConstants(result.value) } : result,
  );
  return result;
}

/** Each call of a factory makes functions with variables of their own, also in a tuple or a dict of them. */
function makesFunctions({ info }: FunctionCallable, { value, shapes }: CallResult): boolean {
  const isOwn = ({ callables }: Value) =>
    (callables as readonly ProjectCallable[]).some((made) => {
      const target = made.kind === "bound" ? made.target : made;
      return target.kind === "function" && target.frame.scope === info.scope;
    });
  return isOwn(value) || shapes.values().some(({ entries }) => entries.values().some(isOwn));
}

function answerBroadly(machine: Machine, callee: FunctionCallable, parameters: ReadonlyMap<string, Value>): CallResult {
  const key = broadKey(machine, callee, parameters) + sharedKey(machine);
  const known = machine.memo.get(key);
  if (known !== undefined) return known;
  const result = runFunction(machine, callee, parameters);
  if (!isLost(machine)) machine.memo.set(key, result);
  return result;
}

/** The values of the parameters at the start of the call, by name. */
function bindParameters(
  machine: Machine,
  node: number,
  callee: FunctionCallable,
  args: BoundArguments,
): Map<string, Value> {
  const bound = new Map<string, Value>();
  const isMethod = args.self !== undefined && callee.info.role !== "static";
  const positional = isMethod && args.self !== undefined ? [args.self, ...args.positional] : [...args.positional];
  const unused = new Map(args.keywords);
  const anywhere = args.others.length === 0 ? undefined : joinAll(args.others);
  let position = 0;
  for (const { name, kind } of callee.info.parameters) {
    if (kind === "rest") {
      const rest = positional.slice(position);
      position = positional.length;
      bound.set(name, refValue(machine.allocate(sequenceShape("tuple", rest, anywhere)), "dynamic"));
    } else if (kind === "keywords") {
      let shape: Shape = emptyShape("dict");
      for (const [keyword, value] of unused) shape = withEntry(shape, keyword, value);
      if (anywhere !== undefined) shape = withRest(shape, anywhere);
      bound.set(name, refValue(machine.allocate(shape), "dynamic"));
    } else {
      const given = kind === "positional" && position < positional.length ? positional[position++] : unused.get(name);
      unused.delete(name);
      const value = asAnnotated(machine, callee, name, given ?? anywhere ?? callee.defaults.get(name) ?? UNKNOWN);
      const note = () => `passed to \`${callee.info.name}\` as \`${name}\``;
      bound.set(
        name,
        given === undefined || callee.info.isLambda ? value : through(machine, node, "call", note, value),
      );
    }
  }
  return bound;
}

/** `generator.send(value)`: its `yield`s give the value, and the next of them what the call gives. */
export function sendInto(machine: Machine, node: number, { refs }: Value, sent: Value): Value | undefined {
  const generators = refs.map((ref) => machine.generators.get(ref)).filter((one) => one !== undefined);
  const results = generators.map(({ callee, parameters }) => {
    if (machine.active.includes(callee) || machine.callDepth >= MAX_CALL_DEPTH) return carry(DYNAMIC, [sent]);
    const note = () => `sent into \`${callee.info.name}\``;
    const { value } = runFunction(machine, callee, parameters, through(machine, node, "call", note, sent));
    return elementOf(machine, value) ?? UNKNOWN;
  });
  return joinAll(results);
}

function runFunction(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  sent?: Value,
): CallResult {
  const { unit, syntax, frame, state, depth, callDepth } = machine;
  const inner = machine.createFrame({
    scope: callee.info.scope,
    unit: callee.unit,
    enclosing: callee.frame,
    function: callee,
    sent,
  });
  machine.unit = callee.unit;
  machine.syntax = callee.unit.syntax;
  machine.frame = inner;
  machine.state = state.fork();
  inner.bottom = state;
  machine.callDepth = innerDepth(machine, callee, parameters);
  machine.active.push(callee);
  for (const [name, value] of parameters) {
    machine.state.set(keyOf(inner, name), value);
    if (value.labels !== 0 && callee.info.rebound.has(name)) machine.state.set(keyOf(inner, asGiven(name)), value);
  }
  runBody(machine, callee);
  noteServed(machine, callee, inner);
  const result = summarize(machine, callee, inner, parameters, state);
  machine.active.pop();
  machine.callDepth = callDepth;
  machine.unit = unit;
  machine.syntax = syntax;
  machine.frame = frame;
  machine.state = state;
  machine.depth = depth;
  const ends = inner.returns.map((end) => end.state);
  if (ends.length > 0) machine.leave(inner, ends, state);
  return result;
}

/** Calls inside one another that are followed in imported modules where nothing from outside goes into the first of them. */
const QUIET_CALLS = 3;

function innerDepth(machine: Machine, callee: FunctionCallable, parameters: ReadonlyMap<string, Value>): number {
  const inner = machine.callDepth + 1;
  const entered = MAX_CALL_DEPTH - QUIET_CALLS + 1;
  if (inner >= entered || callee.unit.index === 0) return inner;
  for (const value of parameters.values()) if (deep(machine, value).labels !== 0) return inner;
  return entered;
}

/** The entry that is run through its decorators has been reached. */
function noteServed({ served }: Machine, callee: FunctionCallable, frame: Frame): void {
  if (served?.callable !== callee) return;
  served.isReached = true;
  served.returns.push(...frame.returns);
}

/** Executes the body in the frame that is set up; every way out becomes one of the frame's returns. */
export function runBody(machine: Machine, callee: FunctionCallable): void {
  const { frame } = machine;
  if (callee.info.isLambda) {
    const value = evaluate(machine, callee.info.body);
    frame.returns.push({ value, state: machine.state.collapse(frame.bottom), node: callee.info.body });
    return;
  }
  executeBody(machine, callee.info.body);
  if (machine.state.alive) {
    frame.returns.push({ value: NONE_VALUE, state: machine.state.collapse(frame.bottom), node: NONE });
  }
  // The call that makes a generator returns, even where its body never ends.
  if (callee.info.scope.isGenerator && frame.returns.length === 0)
    frame.returns.push({ value: NONE_VALUE, state: frame.bottom.fork(), node: NONE });
}

function summarize(
  machine: Machine,
  callee: FunctionCallable,
  frame: Frame,
  parameters: ReadonlyMap<string, Value>,
  outer: State,
): CallResult {
  const { returns } = frame;
  // What a generator does behind a `yield` is done after its caller has used what was yielded.
  for (const [ref, shape] of frame.lent)
    for (const { state } of returns) state.setShape(ref, joinShapes(shape, state.shape(ref) ?? shape));
  let value = unitedReturns(machine, returns) ?? UNKNOWN;
  if (callee.info.scope.isGenerator) {
    const { yields, firstYields } = frame;
    // Where it may end early, it is not known how many there are.
    const others = returns.length > 1 ? yields : yields.slice(firstYields.length);
    machine.state = returns[0]?.state ?? machine.state;
    const returned = joinAll(returns.map((end) => end.value));
    const ref = machine.allocate(sequenceShape("list", firstYields, joinAll(others)));
    machine.generators.set(ref, { callee, parameters, returned });
    value = refValue(ref, "dynamic");
  }
  const proofs = callProofs(machine, frame, parameters, returns);
  const shapes = new Map<number, Shape>();
  for (const end of returns) collectShapes(end.state, value, shapes, 3);
  const stored = storedIn(parameters, returns, outer, shapes);
  machine.state = outer;
  return {
    value,
    ...proofs,
    returns: returns.length > 0,
    shapes,
    made: NO_REFS,
    parameters,
    stored,
  };
}
