import type { Parameter } from "../../python/scopes.ts";
import { NONE } from "../../python/walk.ts";
import { runCallable } from "../calls/call-back.ts";
import type { ClassInfo, FunctionCallable, ProjectCallable } from "../calls/callables.ts";
import type { Argument } from "../expressions/arguments.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { elementOf } from "../expressions/elements.ts";
import type { EntryModel } from "../models/model.ts";
import { callableValue, UNKNOWN, type Value } from "../values/value.ts";
import { entryValue } from "./entry-values.ts";
import { resolveImports } from "./import-module.ts";
import { INJECTORS, injectedBy } from "./injected.ts";
import type { Machine, Unit } from "./machine.ts";

/** Dependencies of dependencies that are followed. */
const MAX_NESTING = 3;

/**
 * What a parameter gets that the framework fills by calling a function or class of the project, as `Depends(current_page)`
 * says: that is called with what the request says, as the route itself is. Undefined where nothing is known of what it gives.
 */
export function dependencyValue(
  machine: Machine,
  callable: FunctionCallable,
  decorators: readonly string[],
  model: EntryModel | undefined,
  parameter: Parameter,
): Value | undefined {
  const target = dependencyOf(machine, callable, parameter);
  if (target === undefined || machine.injections >= MAX_NESTING) return undefined;
  machine.injections++;
  const keywords = new Map<string, Argument>();
  const maker = target.kind === "class" ? constructorOf(machine, target) : target;
  const own = target.kind === "class" ? (maker?.info.parameters.slice(1) ?? []) : target.info.parameters;
  own.forEach((one, index) => {
    if (maker === undefined || one.kind === "rest" || one.kind === "keywords") return;
    const value = inUnit(machine, maker.unit, () =>
      entryValue(machine, { callable: maker, decorators }, model, one, index, undefined),
    );
    keywords.set(one.name, { node: one.node, value, keyword: one.name });
  });
  const made = runCallable(machine, parameter.node, callableValue(target), [], keywords) ?? UNKNOWN;
  machine.injections--;
  const isGenerator = target.kind === "function" && target.info.scope.isGenerator;
  const value = isGenerator ? (elementOf(machine, made) ?? UNKNOWN) : made;
  const isKnown = value.paths.length + value.refs.length > 0 || value.labels !== 0;
  return isKnown ? value : undefined;
}

/** What the parameters of a function of another file say stands in that file. */
function inUnit<Result>(machine: Machine, of: Unit, run: () => Result): Result {
  const { unit, syntax, frame } = machine;
  machine.unit = of;
  machine.syntax = of.syntax;
  if (of !== unit) machine.frame = of.frame;
  const result = run();
  machine.unit = unit;
  machine.syntax = syntax;
  machine.frame = frame;
  return result;
}

function constructorOf(machine: Machine, info: ClassInfo): FunctionCallable | undefined {
  const [method] = (classAttribute(machine, info, "__init__")?.callables ?? []) as readonly ProjectCallable[];
  return method?.kind === "function" ? method : undefined;
}

/** What `Depends(…)` names, as the default or beside the type; without a name it is the type itself. */
function dependencyOf(
  machine: Machine,
  callable: FunctionCallable,
  { name, fallback, annotation }: Parameter,
): FunctionCallable | ClassInfo | undefined {
  const call = injectorIn(machine, fallback) ?? injectorIn(machine, annotation);
  const named = call?.args.find(({ position, keyword }) => position === 0 || keyword === "dependency");
  const alias = call === undefined ? resolveImports(machine, machine.recorder.valueOf(annotation) ?? UNKNOWN) : UNKNOWN;
  const type = callable.types.get(name) ?? UNKNOWN;
  const given = named?.snapshot.value ?? injectedBy(machine, alias) ?? type;
  const [only, ...others] = resolveImports(machine, given).callables as readonly ProjectCallable[];
  return others.length === 0 && (only?.kind === "function" || only?.kind === "class") ? only : undefined;
}

function injectorIn({ syntax, recorder }: Machine, node: number) {
  for (let at = node; node !== NONE && at < syntax.next[node]; at++) {
    const call = recorder.calls.get(at);
    if (call?.callee.some((path) => INJECTORS.has(path)) === true) return call;
  }
  return undefined;
}
