import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { hasWord } from "../../text/has-word.ts";
import { oncePer } from "../../text/once-per.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import type { Value } from "../values/value.ts";
import type { CallResult } from "./call-result.ts";
import type { FunctionCallable } from "./callables.ts";
import { runCountingDown, treeIn } from "./counting-down.ts";
import { widen } from "./memo.ts";

/**
 * A function that calls itself is tried first as if the inner calls gave nothing: where nothing comes out of the other ways
 * either, that is so. Else it is run again, and its inner calls give back what goes in.
 */
export function runRecursive(
  machine: Machine,
  callee: FunctionCallable,
  parameters: ReadonlyMap<string, Value>,
  run: (parameters: ReadonlyMap<string, Value>) => CallResult,
): CallResult {
  if (!callsItself(callee) || machine.tried.has(callee) || machine.counting.has(callee)) return run(parameters);
  const counted = runCountingDown(machine, callee, parameters, run);
  if (counted !== undefined) return counted;
  const { state } = machine;
  machine.tried.set(callee, false);
  machine.state = state.fork();
  // The inner calls are given other constants: every way is one of theirs.
  const widened = widen(parameters);
  const first = run(widened);
  const isRecursive = machine.tried.get(callee) === true;
  const isLabelled = deep(machine, first.value).labels !== 0;
  const after = machine.state;
  machine.tried.delete(callee);
  machine.state = state;
  // `self.items.get(key)` in a method `get` calls another one.
  const isExact = [...parameters].every(([name, value]) => widened.get(name) === value);
  if (isRecursive ? isLabelled : !isExact) return run(parameters);
  state.merge([after]);
  return first;
}

/** Objects of a tree are alike but for what is deep inside them: a method that goes down in it is told apart by its object. */
export function treeKey(machine: Machine, callee: FunctionCallable, parameters: ReadonlyMap<string, Value>): string {
  if (callee.owner === undefined || !callsItself(callee)) return "";
  const counting = machine.counting.get(callee) ?? treeIn(machine, callee, parameters);
  return counting?.objects === undefined ? "" : `#${parameters.get(counting.parameter)?.refs.join()}`;
}

/** Whether the function is being tried; from then on it is known to call itself. */
export function isTried(machine: Machine, callee: FunctionCallable): boolean {
  if (!machine.tried.has(callee)) return false;
  machine.tried.set(callee, true);
  return true;
}

function callsItself({ unit, info }: FunctionCallable): boolean {
  if (info.isLambda) return false;
  const known = recursiveBySyntax(unit.syntax);
  let isFound = known.get(info.body);
  if (isFound === undefined) {
    const { text, start, end } = unit.syntax;
    const body = text.slice(start[info.body], end[info.body]);
    isFound = hasWord(body, info.name, (from, to) => body[to] === "(" && !isOfSuper(body, from));
    known.set(info.body, isFound);
  }
  return isFound;
}

/** What `super()` calls is another function of that name. */
function isOfSuper(text: string, at: number): boolean {
  return text[at - 1] === "." && /\bsuper\([^()]*\)\.$/.test(text.slice(Math.max(at - LONGEST_SUPER, 0), at));
}

/** `super(Class, self).`, in characters. */
const LONGEST_SUPER = 120;

/** By the node of a function's body; a file is imported by many others. */
const recursiveBySyntax = oncePer((_: SyntaxArrays) => new Map<number, boolean>());
