import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, NONE, namedChildren } from "../../python/walk.ts";
import { declaredType } from "../guards/declared-type.ts";
import type { Machine } from "../machine/machine.ts";
import { readName } from "../values/names.ts";
import { joinAll } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { type BoundArguments, callFunction } from "./call-function.ts";
import type { FunctionCallable, ProjectCallable, Variant } from "./callables.ts";

interface Decorator {
  readonly node: number;
  readonly value: Value;
  readonly name: string;
}

/** `@functools.singledispatch`: from now on others may run in its place, by the type of the first argument. */
export function withVariants(plain: FunctionCallable, decorators: readonly Decorator[]): FunctionCallable {
  const isGeneric = decorators.some(({ value }) => value.paths.some((path) => GENERIC.has(path)));
  return isGeneric ? { ...plain, variants: [{ callable: plain, mask: 0 }] } : plain;
}

const GENERIC: ReadonlySet<string> = new Set(["functools.singledispatch", "functools.singledispatchmethod"]);

/** `@show.register`, `@show.register(int)`: the function runs where `show` is called with a value of its type. */
export function registerVariant(machine: Machine, callable: FunctionCallable, decorators: readonly Decorator[]): void {
  for (const { node, name } of decorators) {
    const generic = /^(\w+)\.register$/.exec(name)?.[1];
    const [target] = (generic === undefined ? [] : readName(machine, generic).callables) as readonly ProjectCallable[];
    if (target?.kind !== "function" || target.variants === undefined) continue;
    const { mask } = declaredType(machine, typeOf(machine, callable, node));
    target.variants.push({ callable, mask });
  }
}

/** What the decorator is given, else what the annotation of the first parameter says. */
function typeOf({ syntax }: Machine, { info, owner }: FunctionCallable, decorator: number): number {
  const expression = firstNamedChild(syntax, decorator);
  const isCall = syntax.kind[expression] === Kind.call;
  const [type = NONE] = isCall ? namedChildren(syntax, childByField(syntax, expression, Field.arguments)) : [];
  return type === NONE ? (info.parameters[owner === undefined ? 0 : 1]?.annotation ?? NONE) : type;
}

/** Any of them may run, each with what its type lets through. */
export function callVariants(
  machine: Machine,
  node: number,
  variants: readonly Variant[],
  args: BoundArguments,
): Value {
  const { state } = machine;
  const ends: State[] = [];
  const results = variants.map(({ callable, mask }) => {
    machine.state = state.fork();
    const [first, ...others] = args.positional;
    const positional = first === undefined ? args.positional : [withCleared(first, mask), ...others];
    const result = callFunction(machine, node, callable, { ...args, positional });
    ends.push(machine.state);
    return result;
  });
  machine.state = state;
  state.merge(ends);
  return joinAll(results) ?? UNKNOWN;
}
