import { Kind } from "../../python/kinds.ts";
import { NONE, namedChildren } from "../../python/walk.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { emptyShape, withEntry } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value } from "../values/value.ts";
import { resolveImports } from "./import-module.ts";
import type { Machine } from "./machine.ts";

/** What stands for a parameter that the framework makes itself, by a function of the program. */
const INJECTED: ReadonlySet<string> = new Set(["fastapi.Depends()", "fastapi.Security()", "fastapi.params.Depends()"]);

/** Functions that name what makes it. */
export const INJECTORS: ReadonlySet<string> = new Set([...INJECTED].map((path) => path.slice(0, -"()".length)));

export function isInjected(value: Value | undefined): boolean {
  return value?.paths.some((path) => INJECTED.has(path)) === true;
}

/** `Annotated[Store, Depends(open_store)]`, or a name for it. */
export function isInjectedBy(machine: Machine, annotation: number): boolean {
  const { syntax, recorder } = machine;
  if (annotation === NONE) return false;
  if (isInjected(resolveImports(machine, recorder.valueOf(annotation) ?? UNKNOWN))) return true;
  if (syntax.kind[annotation] !== Kind.generic_type) return false;
  const parts = namedChildren(syntax, annotation).flatMap((part) =>
    syntax.kind[part] === Kind.type_parameter ? namedChildren(syntax, part) : [part],
  );
  return parts.some((part) => isInjected(recorder.valueOf(syntax.kind[part] === Kind.type ? part + 1 : part)));
}

/** `Annotated[Store, Depends(open_store)]` as an expression: the type, and that it is injected. */
export function annotatedType(receiver: Value, type: Value, more: readonly Value[]): Value | undefined {
  if (!receiver.paths.some((path) => path.endsWith(".Annotated"))) return undefined;
  const injected = more.find(isInjected);
  return injected === undefined
    ? undefined
    : { ...type, paths: [...type.paths, ...injected.paths].slice(0, 4), refs: injected.refs };
}

/** `Depends(open_store)`: remembers by what the parameter is filled. */
export function injection(machine: Machine, { args, callee }: Call): Value {
  const named = findArgument(args, 0, ["dependency"])?.value ?? UNKNOWN;
  const shape = withEntry(emptyShape("object"), DEPENDENCY, named);
  return { ...refValue(machine.allocate(shape), "dynamic"), paths: [`${callee.paths[0]}()`] };
}

const DEPENDENCY = "dependency";

/** What a value of `Depends(…)`, or of a type that has one beside it, is filled by; undefined where it names none. */
export function injectedBy(machine: Machine, value: Value): Value | undefined {
  const named = isInjected(value) ? machine.onlyShape(value) : undefined;
  return named?.entries.get(DEPENDENCY);
}

export function withoutInjection(type: Value): Value {
  return isInjected(type) ? { ...type, paths: type.paths.filter((path) => !INJECTED.has(path)) } : type;
}
