import { type Argument, findArgument, NO_ARGUMENTS } from "../expressions/arguments.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { type Call, dispatch } from "../expressions/evaluate-call.ts";
import { futureOf } from "../library/futures.ts";
import { isMethod } from "../machine/entry.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";
import type { ClassInfo, ProjectCallable } from "./callables.ts";
import { runDriven } from "./driven-methods.ts";
import { POOLS } from "./pools.ts";

interface Runner {
  /** Where the function is and where its arguments begin. */
  readonly position: number;
  readonly from: number;
  /** What the call yields of the function's result: itself once it is awaited, a promise of it, or nothing. */
  readonly gives: "result" | "future" | "nothing";
}

/** Calls that run a function they are given. */
const RUNNERS: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ["concurrent.futures.ThreadPoolExecutor().submit", { position: 0, from: 1, gives: "future" }],
  ["concurrent.futures.ProcessPoolExecutor().submit", { position: 0, from: 1, gives: "future" }],
  ["asyncio.to_thread", { position: 0, from: 1, gives: "result" }],
  ["asyncio.AbstractEventLoop().run_in_executor", { position: 1, from: 2, gives: "result" }],
  ["asyncio.AbstractEventLoop().call_soon", { position: 0, from: 1, gives: "nothing" }],
  ["asyncio.AbstractEventLoop().call_soon_threadsafe", { position: 0, from: 1, gives: "nothing" }],
  ...["call_later", "call_at"].map(
    (name) => [`asyncio.AbstractEventLoop().${name}`, { position: 1, from: 2, gives: "nothing" }] as const,
  ),
  ...["ExitStack", "AsyncExitStack"].map(
    (name) => [`contextlib.${name}().callback`, { position: 0, from: 1, gives: "nothing" }] as const,
  ),
  ["contextvars.Context().run", { position: 0, from: 1, gives: "result" }],
  ["weakref.finalize", { position: 1, from: 2, gives: "nothing" }],
  ["atexit.register", { position: 0, from: 1, gives: "nothing" }],
  ["starlette.concurrency.run_in_threadpool", { position: 0, from: 1, gives: "result" }],
  ["fastapi.BackgroundTasks().add_task", { position: 0, from: 1, gives: "nothing" }],
  ["starlette.background.BackgroundTasks().add_task", { position: 0, from: 1, gives: "nothing" }],
  ["django.db.transaction.on_commit", { position: 0, from: 1, gives: "nothing" }],
]);

/** Where a call has the function that it runs, and what it hands over as a tuple and as a dict. */
interface Target {
  readonly target: { readonly position: number; readonly keywords: readonly string[] };
  readonly args: number;
  readonly named: { readonly args: string; readonly kwargs: string };
}

const THREAD: Target = {
  target: { position: 1, keywords: ["target"] },
  args: 3,
  named: { args: "args", kwargs: "kwargs" },
};
const EVENT: Target = {
  target: { position: 2, keywords: ["action"] },
  args: 3,
  named: { args: "argument", kwargs: "kwargs" },
};
const POOLED: Target = {
  target: { position: 0, keywords: ["func"] },
  args: 1,
  named: { args: "args", kwargs: "kwds" },
};

/** Calls that run a function with the arguments that stand beside it in a tuple. */
const TARGETS: ReadonlyMap<string, Target> = new Map<string, Target>([
  ["threading.Thread", THREAD],
  ["multiprocessing.Process", THREAD],
  ["threading.Timer", { ...THREAD, target: { position: 1, keywords: ["function"] }, args: 2 }],
  ["sched.scheduler().enter", EVENT],
  ["sched.scheduler().enterabs", EVENT],
  ...POOLS.map((pool) => [`${pool}().apply`, POOLED] as const),
]);

/**
 * Runs the functions that a library call is given, with the arguments it hands over; what the call yields, where that is
 * known from the function.
 */
export function callBack(machine: Machine, call: Call): Value | undefined {
  let yielded: Value | undefined;
  for (const path of call.callee.paths) {
    register(machine, call, path);
    const runner = RUNNERS.get(path);
    if (runner !== undefined) yielded = run(machine, call, runner);
    runDriven(machine, call, path);
    const where = TARGETS.get(path);
    if (where !== undefined) {
      const target = findArgument(call.args, where.target.position, where.target.keywords);
      const args = findArgument(call.args, where.args, [where.named.args]);
      const shape = machine.onlyShape(args?.value);
      const values = shape === undefined || args === undefined ? [] : [...shape.entries.values()];
      const passed = values.map((value) => ({ node: args?.node ?? call.node, value, keyword: undefined }));
      const named = findArgument(call.args, where.args + 1, [where.named.kwargs]);
      const options = machine.onlyShape(named?.value);
      const keywords = new Map<string, Argument>();
      for (const [keyword, value] of options?.entries ?? [])
        if (typeof keyword === "string") keywords.set(keyword, { node: named?.node ?? call.node, value, keyword });
      const result = runCallable(machine, call.node, target?.value, passed, keywords);
      if (where === POOLED) yielded = result;
    }
  }
  return call.callee.paths.length === 1 ? yielded : undefined;
}

function run(machine: Machine, { node, args }: Call, { position, from, gives }: Runner): Value | undefined {
  const { positional, keywords, hasSplat } = args;
  const callee = positional[position]?.value;
  const result = runCallable(machine, node, callee, positional.slice(from), keywords);
  if (result === undefined || hasSplat || gives === "nothing") return undefined;
  return gives === "result" ? result : futureOf(machine, result);
}

/** A function that is handed to a framework is entered as if the framework's decorator stood above it. */
function register(machine: Machine, { args }: Call, path: string): void {
  const { handler, methods = [] } = machine.models.entryByDecorator(path) ?? {};
  if (handler?.kind !== "argument") return;
  const given = findArgument(args, handler.position, handler.keywords)?.value;
  const ofObject = given === undefined ? [] : methodsOf(machine, given, methods);
  for (const callable of [...((given?.callables ?? []) as readonly ProjectCallable[]), ...ofObject]) {
    const target = callable.kind === "bound" ? callable.target : callable;
    if (target.kind !== "function") continue;
    const key = `${path} ${machine.identity(target)}`;
    const texts = args.positional.flatMap(({ value }) => value.constants ?? []);
    const address = texts.find((text) => typeof text === "string") ?? "";
    const known = machine.registered.get(key);
    known?.push(address);
    if (known !== undefined) continue;
    const addresses = [address];
    machine.registered.set(key, addresses);
    machine.entries.push({ callable: target, decorators: [path], addresses });
  }
}

/** What can be called of an object that is handed over as a whole. */
function methodsOf(machine: Machine, { refs }: Value, methods: readonly string[]): readonly ProjectCallable[] {
  if (methods.length === 0) return [];
  const infos = refs.map((ref) => machine.shape(ref)?.of as ClassInfo | undefined).filter((of) => of !== undefined);
  return infos.flatMap((info) =>
    [...info.attributes]
      .filter(([name]) => methods.some((method) => isMethod(method, name)))
      .flatMap(([name]) => (classAttribute(machine, info, name)?.callables ?? []) as readonly ProjectCallable[]),
  );
}

/** Calls a value with positional arguments and returns what it yields; undefined when it is nothing of this project. */
export function runCallable(
  machine: Machine,
  node: number,
  callee: Value | undefined,
  positional: readonly Argument[],
  keywords: ReadonlyMap<string, Argument> = NO_ARGUMENTS.keywords,
): Value | undefined {
  if (callee === undefined || callee.callables.length + callee.paths.length + callee.refs.length === 0)
    return undefined;
  const name = callee.paths[0]?.split(".").at(-1) ?? "";
  return dispatch(machine, {
    node,
    callee,
    receiver: undefined,
    name,
    args: { ...NO_ARGUMENTS, positional, keywords },
  });
}
