import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren } from "../../python/walk.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import type { Machine } from "../machine/machine.ts";
import { keyOfConstant } from "../values/container-key.ts";
import { emptyShape, withEntry, withRest } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { fieldMask } from "./field-constraints.ts";

/** What decorators of webargs say of the arguments that a function is called with: each by name, or all in one mapping. */
interface DeclaredArguments {
  readonly isMapping: boolean;
  readonly masks: ReadonlyMap<string, number>;
}

const PARSERS = /^webargs\.\w+\.(?:parser\.)?use_(kw)?args$/;

/** `@use_args({"page": fields.Int()})`, `@use_kwargs({"page": fields.Int()})`; undefined where no decorator says so. */
export function declaredArgument(
  machine: Machine,
  callable: FunctionCallable,
  name: string,
  value: Value,
): Value | undefined {
  const declared = declaredArguments(machine, callable);
  if (declared === undefined) return undefined;
  if (!declared.isMapping) return withCleared(value, declared.masks.get(name) ?? 0);
  if (name !== callable.info.parameters.find(({ name: own }) => own !== "self")?.name) return undefined;
  let shape = withRest(emptyShape("dict"), value);
  for (const [key, mask] of declared.masks) shape = withEntry(shape, key, withCleared(value, mask));
  return refValue(machine.allocate(shape), "dynamic");
}

function declaredArguments(machine: Machine, { info, unit }: FunctionCallable): DeclaredArguments | undefined {
  const { syntax, recorder } = unit;
  for (const decorator of namedChildren(syntax, syntax.parent[info.node])) {
    if (syntax.kind[decorator] !== Kind.decorator) continue;
    const call = firstNamedChild(syntax, decorator);
    const match = recorder.calls
      .get(call)
      ?.callee.map((path) => PARSERS.exec(path))
      .find((found) => found !== null);
    const list = match == null ? NONE : childByField(syntax, call, Field.arguments);
    const mapping = list === NONE ? NONE : firstNamedChild(syntax, list);
    if (match == null || mapping === NONE || syntax.kind[mapping] !== Kind.dictionary) continue;
    const masks = new Map<string, number>();
    for (const pair of namedChildren(syntax, mapping)) {
      if (syntax.kind[pair] !== Kind.pair) continue;
      const key = keyOfConstant(recorder.valueOf(childByField(syntax, pair, Field.key)) ?? UNKNOWN);
      if (typeof key === "string") masks.set(key, fieldMask(machine, childByField(syntax, pair, Field.value)));
    }
    return { isMapping: match[1] === undefined, masks };
  }
  return undefined;
}
