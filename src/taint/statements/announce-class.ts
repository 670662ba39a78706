import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { callFunction } from "../calls/call-function.ts";
import { type ClassInfo, inLineage, type ProjectCallable } from "../calls/callables.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { evaluate } from "../expressions/evaluate.ts";
import type { Machine } from "../machine/machine.ts";
import { emptyShape } from "../values/shape.ts";
import { callableValue, constantValue, refValue, UNKNOWN, type Value } from "../values/value.ts";

/** The keywords of `class Page(Base, metaclass=Registry, name="page")`, by name. */
export function classKeywords(machine: Machine, list: number): ReadonlyMap<string, Value> {
  const { syntax } = machine;
  const given = list === NONE ? [] : namedChildren(syntax, list);
  return new Map(
    given
      .filter((child) => syntax.kind[child] === Kind.keyword_argument)
      .map((child) => [
        textOf(syntax, childByField(syntax, child, Field.name)),
        evaluate(machine, childByField(syntax, child, Field.value)),
      ]),
  );
}

/** The class of the project that makes a class: its own metaclass, or that of a parent. */
export function metaclassOf(
  keywords: ReadonlyMap<string, Value>,
  parents: readonly ClassInfo[],
): ClassInfo | undefined {
  const [own] = (keywords.get("metaclass")?.callables ?? []) as readonly ProjectCallable[];
  if (own?.kind === "class") return own;
  return parents.map((parent) => inLineage(parent, (of) => of.metaclass)).find((found) => found !== undefined);
}

/** A class that has been made is shown to its metaclass, and to what its parents say by `__init_subclass__`. */
export function announceClass(
  machine: Machine,
  node: number,
  info: ClassInfo,
  keywords: ReadonlyMap<string, Value>,
): void {
  const { metaclass } = info;
  const made = callableValue(info);
  const named = new Map([...keywords].filter(([name]) => name !== "metaclass"));
  if (metaclass !== undefined) {
    const parts = [constantValue(info.name), UNKNOWN, refValue(machine.allocate(emptyShape("dict")), "dynamic")];
    const { making } = machine;
    machine.making = info;
    run(machine, node, classAttribute(machine, metaclass, "__new__"), callableValue(metaclass), parts, named);
    machine.making = making;
    run(machine, node, classAttribute(machine, metaclass, "__init__"), made, parts, named);
  }
  for (const parent of info.parents)
    run(machine, node, classAttribute(machine, parent, "__init_subclass__"), made, [], named);
}

function run(
  machine: Machine,
  node: number,
  method: Value | undefined,
  self: Value,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): void {
  const [callable] = (method?.callables ?? []) as readonly ProjectCallable[];
  if (callable?.kind !== "function") return;
  callFunction(machine, node, callable, { self, positional, keywords, others: [] });
}

/** `type.__new__(…)` in a metaclass: the class that is being made. */
export function madeClass({ making }: Machine): Value | undefined {
  return making === undefined ? undefined : callableValue(making);
}
