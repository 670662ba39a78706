import type { Arguments } from "../expressions/arguments.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { type Call, dispatch } from "../expressions/evaluate-call.ts";
import { isSchema } from "../guards/declared-type.ts";
import { enumMember } from "../library/enum-members.ts";
import { isException, keepGiven } from "../library/exceptions.ts";
import { fillFields } from "../library/record-values.ts";
import { toDict } from "../library/to-dict.ts";
import type { Machine } from "../machine/machine.ts";
import { checkCallSinks } from "../machine/sinks.ts";
import { carry, deep } from "../values/carry.ts";
import { giveItems, holdsItems } from "../values/own-items.ts";
import { emptyShape, joinAll, withRest } from "../values/shape.ts";
import { callableValue, pathValue, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { type BoundArguments, callFunction } from "./call-function.ts";
import { type ClassInfo, inLineage, type ProjectCallable } from "./callables.ts";
import { constructorsOf } from "./constructors.ts";

/** A call of something that this project defines: the join over everything that it may be. */
export function callCallables(machine: Machine, call: Call, callables: readonly ProjectCallable[]): Value {
  const results = callables.map((callable) => callOne(machine, call, callable));
  return joinAll(results) ?? UNKNOWN;
}

/** An object whose class says by `__call__` what a call of it does; undefined where none of the objects does. */
export function callObjects(machine: Machine, call: Call): Value | undefined {
  const results: Value[] = [];
  for (const ref of call.callee.refs) {
    const shape = machine.shape(ref);
    if (shape?.kind !== "object" || shape.of === undefined) continue;
    const [method] = (classAttribute(machine, shape.of as ClassInfo, "__call__")?.callables ??
      []) as readonly ProjectCallable[];
    if (method?.kind !== "function") continue;
    results.push(callFunction(machine, call.node, method, bind(call.args, { ...call.callee, refs: [ref] })));
  }
  return joinAll(results);
}

function callOne(machine: Machine, call: Call, callable: ProjectCallable): Value {
  switch (callable.kind) {
    case "function":
      return callFunction(machine, call.node, callable, bind(call.args, undefined));
    case "bound":
      return callFunction(machine, call.node, callable.target, bind(call.args, callable.self));
    case "class":
      return construct(machine, call, callable);
    case "partial": {
      const positional = callable.positional.map((value) => ({ node: call.node, value, keyword: undefined }));
      const keywords = new Map(
        [...callable.keywords].map(([keyword, value]) => [keyword, { node: call.node, value, keyword }] as const),
      );
      const args: Arguments = {
        ...call.args,
        positional: [...positional, ...call.args.positional],
        keywords: new Map([...keywords, ...call.args.keywords]),
      };
      return dispatch(machine, { ...call, callee: callable.target, receiver: undefined, args });
    }
    case "builtin-method":
      return dispatch(machine, { ...call, callee: UNKNOWN, receiver: callable.receiver, name: callable.name });
    case "super":
    case "module":
    case "import":
    case "deferred":
      return UNKNOWN;
  }
}

function bind(args: Arguments, self: Value | undefined): BoundArguments {
  return {
    self,
    positional: args.positional.map(({ value }) => value),
    keywords: new Map([...args.keywords].map(([keyword, { value }]) => [keyword, value])),
    others: args.others.map(({ value }) => value),
  };
}

/** A class that makes no `__init__` of its own is made by that of its base outside the project, whose sinks hold for it. */
function checkConstructorSinks(machine: Machine, call: Call, info: ClassInfo): void {
  const { node, args, receiver } = call;
  const defines = (method: string) => classAttribute(machine, info, method) !== undefined;
  checkCallSinks(machine, node, constructorsOf(info), args, receiver, defines);
}

/** What an object of a class on top of `str` or a number is as a value: what its own `__new__` hands on. */
function immutable(machine: Machine, call: Call, info: ClassInfo, paths: readonly string[]): Value | undefined {
  if (!paths.some((path) => IMMUTABLE.has(path))) return undefined;
  const [method] = (classAttribute(machine, info, "__new__")?.callables ?? []) as readonly ProjectCallable[];
  if (method?.kind !== "function") return undefined;
  const { positional, ...bound } = bind(call.args, undefined);
  return callFunction(machine, call.node, method, { ...bound, positional: [callableValue(info), ...positional] });
}

const IMMUTABLE: ReadonlySet<string> = new Set(["str()", "bytes()", "int()", "float()"]);

/** Methods by which a class of pydantic makes an object of a mapping or a document, each field as its type lets it. */
const VALIDATES = /^(?:model_validate(?:_json|_strings)?|parse_obj|parse_raw)$/;

/** `Order.model_validate(document)`: an object as of `Order(**document)`; undefined for any other call. */
export function validatedRecord(machine: Machine, call: Call): Value | undefined {
  const { args, callee, name, receiver } = call;
  if (receiver === undefined || callee.callables.length > 0 || !VALIDATES.test(name)) return undefined;
  const [info, ...more] = receiver.callables as readonly ProjectCallable[];
  const given = args.positional[0]?.value;
  if (given === undefined || more.length > 0 || info?.kind !== "class" || !info.hasFieldInit || !isSchema(info))
    return undefined;
  const shape = machine.onlyShape(given);
  const entries = shape?.kind === "dict" ? [...shape.entries] : [];
  const keywords = new Map(
    entries.map(([key, value]) => [String(key), { node: call.node, value, keyword: String(key) }] as const),
  );
  const rest = shape?.kind === "dict" ? shape.rest : deep(machine, given);
  const others = rest === undefined ? [] : [{ node: call.node, value: rest, keyword: undefined }];
  return construct(machine, { ...call, args: { ...args, positional: [], keywords, others } }, info);
}

/** A new object: `__init__` runs on it, or the fields of a data class are filled. */
function construct(machine: Machine, call: Call, info: ClassInfo): Value {
  const paths: string[] = [];
  inLineage(info, (of) => {
    paths.push(...of.basePaths);
    return undefined;
  });
  const ref = machine.allocate(emptyShape("object", info));
  const self: Value = { ...refValue(ref, "dynamic"), paths: [...new Set(paths)].slice(0, 4) };
  const bound = bind(call.args, self);
  const made = immutable(machine, call, info, paths);
  if (made !== undefined) return carry(self, [made]);
  const initializer = classAttribute(machine, info, "__init__");
  const [method] = (initializer?.callables ?? []) as readonly ProjectCallable[];
  if (method?.kind === "function") {
    callFunction(machine, call.node, method, bound);
    if (isException(paths)) keepGiven(machine, self, call.args);
    return self;
  }
  checkConstructorSinks(machine, call, info);
  // It is a dict, and its class says of which keys.
  if (paths.includes("typing.TypedDict()")) return toDict(machine, { ...call, callee: pathValue(["dict"]) });
  if (info.hasFieldInit) {
    for (const value of bound.others)
      machine.write(ref, withRest(machine.shape(ref) ?? emptyShape("object", info), value));
    fillFields(machine, call.node, info, ref, bound);
    return self;
  }
  const member = enumMember(machine, call, paths, info);
  if (member !== undefined) return member;
  if (holdsItems(paths)) {
    giveItems(machine, call, ref, paths);
    return self;
  }
  if (isException(paths)) {
    keepGiven(machine, self, call.args);
    return self;
  }
  // The constructor of a base outside the project: whatever went in may come out of any attribute.
  const from = [...bound.positional, ...bound.keywords.values(), ...bound.others].map((value) => deep(machine, value));
  return paths.length > 0 || from.length > 0 ? carry(self, from) : self;
}
