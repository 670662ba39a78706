import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import { callLibrary, looksUp } from "../calls/call-library.ts";
import { callMethod } from "../calls/call-method.ts";
import { callCallables, callObjects, validatedRecord } from "../calls/call-project.ts";
import type { ProjectCallable } from "../calls/callables.ts";
import { calledPaths } from "../calls/constructors.ts";
import { answerUnknown, isQuestion, ofReceiver, rendered, withDeclaredFields } from "../calls/unknown-answer.ts";
import { applyProofs } from "../guards/guard-calls.ts";
import { setsHeader } from "../library/content-types.ts";
import { noteArguments } from "../library/exceptions.ts";
import { readLookUp } from "../library/look-up.ts";
import { checkAwaitedRequest } from "../machine/awaited-requests.ts";
import type { Machine } from "../machine/machine.ts";
import { snapshot } from "../machine/recorder.ts";
import { checkCallSinks, checkStatement } from "../machine/sinks.ts";
import { carry } from "../values/carry.ts";
import { argumentOver, resultByName } from "../values/name-labels.ts";
import { forgetNarrowed, keyOf } from "../values/names.ts";
import { joinOptional } from "../values/shape.ts";
import { callableValue, join, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { type Arguments, allArguments, evaluateArguments } from "./arguments.ts";
import { evaluate } from "./evaluate.ts";
import { attributeOf } from "./evaluate-attribute.ts";

/** A call as it is dispatched: what is called is evaluated once. */
export interface Call {
  readonly node: number;
  readonly callee: Value;
  /** The object of a method call. */
  readonly receiver: Value | undefined;
  /** The last name of the callee: `execute`. */
  readonly name: string;
  readonly args: Arguments;
}

export function evaluateCall(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const target = childByField(syntax, node, Field.function);
  const isAttribute = syntax.kind[target] === Kind.attribute;
  const receiver = isAttribute ? evaluate(machine, childByField(syntax, target, Field.object)) : undefined;
  const callee = receiver === undefined ? evaluate(machine, target) : attributeOf(machine, target, receiver);
  if (receiver !== undefined) machine.recorder.value(target, callee);
  const name = textOf(syntax, isAttribute ? childByField(syntax, target, Field.attribute) : target);
  const superValue = name === "super" && receiver === undefined ? callSuper(machine) : undefined;
  if (superValue !== undefined) return superValue;
  const args = evaluateArguments(machine, node);
  record(machine, node, target, callee, receiver, args);
  const call = { node, callee, receiver, name, args };
  noteArguments(machine, call);
  const result =
    (name === "get" ? readLookUp(machine, node) : undefined) ?? resultByName(machine, call, dispatch(machine, call));
  applyProofs(machine, node, "cleared");
  if (!isAttribute) return result;
  const isRefilled = REFILLS.has(name);
  if (result.labels === 0 && !isRefilled) return result;
  const object = textOf(syntax, childByField(syntax, target, Field.object));
  if (isRefilled) forgetNarrowed(machine, object);
  return withCleared(result, machine.models.sanitizesMember(name, object));
}

/** Methods after which what is known of the items of a mapping is so no longer. */
const REFILLS: ReadonlySet<string> = new Set(["update", "clear", "setlist", "popitem"]);

/** What a call of a value yields, with all its effects: also for callbacks, which no `call` node stands for. */
export function dispatch(machine: Machine, call: Call): Value {
  const { callee, receiver, args, node } = call;
  const { paths } = callee;
  checkCallSinks(machine, node, paths, args, receiver);
  let result: Value | undefined;
  const callables = callee.callables as readonly ProjectCallable[];
  const isOwn = callables.length + callee.refs.length > 0;
  if (receiver !== undefined && !isOwn && paths.every((path) => machine.models.sinks(path).length === 0)) {
    checkStatement(machine, node, call.name, args);
    checkAwaitedRequest(machine, node, call.name, args);
  }
  const record = validatedRecord(machine, call);
  if (record !== undefined) return record;
  if (callables.length > 0) result = callCallables(machine, call, callables);
  if (callee.refs.length > 0) result = joinOptional(result, callObjects(machine, call));
  if (paths.length > 0) {
    const known = callLibrary(machine, call);
    result = result === undefined ? known : join(result, known);
  }
  if (result !== undefined) return result;
  if (receiver !== undefined) {
    const ofMethod = callMethod(machine, call, receiver);
    if (ofMethod !== undefined) return ofMethod;
  }
  return callUnknown(machine, call);
}

/** Nothing is known of the callee: the result may hold whatever went in, unless the name asks a question. */
export function callUnknown(machine: Machine, call: Call): Value {
  const { node, name, receiver, args } = call;
  const given = allArguments(args).map(({ value }) => argumentOver(machine, value));
  const isStored = given.some(({ labels }) => labels !== 0) && looksUp(calleeText(machine, node));
  const answer = answerUnknown(machine, name, isStored ? [] : given);
  if (receiver === undefined || isQuestion(name)) return answer;
  return withDeclaredFields(machine, call, carry(answer, [rendered(machine, name, ofReceiver(machine, receiver))]));
}

function calleeText({ syntax }: Machine, node: number): string {
  const callee = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : NONE;
  return callee === NONE ? "" : textOf(syntax, callee);
}

function callSuper(machine: Machine): Value | undefined {
  const method = machine.frame.function;
  if (method?.owner === undefined) return undefined;
  const first = method.info.parameters[0];
  const self = first === undefined ? UNKNOWN : (machine.state.get(keyOf(machine.frame, first.name)) ?? UNKNOWN);
  return callableValue({ kind: "super", owner: method.owner, self } as ProjectCallable);
}

/** A call that says what a field or a parameter may hold: what it is told is asked for in whichever file. */
function declares({ frame }: Machine, { paths }: Value): boolean {
  return frame.isClassBody === true || paths.some((path) => DECLARING.test(path));
}

const DECLARING =
  /^(?:attrs?|django\.(?:core\.validators|forms)|fastapi|litestar|marshmallow|msgspec|pydantic|rest_framework\.serializers|wtforms)\./;

const NO_ARGUMENTS = { args: [], splat: false, doubleSplat: false };

function record(
  machine: Machine,
  node: number,
  target: number,
  callee: Value,
  receiver: Value | undefined,
  args: Arguments,
): void {
  const { syntax } = machine;
  const name = textOf(syntax, target);
  if (machine.unit.index !== 0 && !declares(machine, callee) && !setsHeader(name)) {
    // Of another file only its flows are asked for: how the sink is written is enough.
    machine.recorder.call({ ...NO_ARGUMENTS, node, callee: callee.paths, name, receiver });
    return;
  }
  const positional = args.positional.map(({ node: at, value }, position) => ({
    position,
    node: at,
    snapshot: snapshot(machine, value),
  }));
  const keywords = [...args.keywords].map(([keyword, { node: at, value }]) => ({
    keyword,
    node: at,
    snapshot: snapshot(machine, value),
  }));
  machine.recorder.call({
    node,
    callee: calledPaths(machine, callee),
    name,
    receiver,
    args: [...positional, ...keywords],
    splat: args.hasSplat,
    doubleSplat: args.hasDoubleSplat,
  });
}
