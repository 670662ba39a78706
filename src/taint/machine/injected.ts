import { Kind } from "../../python/kinds.ts";
import { NONE, namedChildren } from "../../python/walk.ts";
import type { Value } from "../values/value.ts";
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
  if (isInjected(recorder.valueOf(annotation))) return true;
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
  return injected === undefined ? undefined : { ...type, paths: [...type.paths, ...injected.paths].slice(0, 4) };
}

export function withoutInjection(type: Value): Value {
  return isInjected(type) ? { ...type, paths: type.paths.filter((path) => !INJECTED.has(path)) } : type;
}
