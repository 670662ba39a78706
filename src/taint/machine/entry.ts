import { callFunction, runBody } from "../calls/call-function.ts";
import { type FunctionCallable, inLineage, type ProjectCallable } from "../calls/callables.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { sharedProofs } from "../guards/shared-proofs.ts";
import type { EntryModel } from "../models/model.ts";
import { keyOf } from "../values/names.ts";
import { joinShapes } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { constantTruth, type Value } from "../values/value.ts";
import { addressesOf, isNoView } from "./addresses-of-entry.ts";
import { FILE_STEPS } from "./budgets.ts";
import { checkMethodReturns, checkReturns } from "./entry-returns.ts";
import { entryValues } from "./entry-values.ts";
import { runWrapped, type Served, type Wrapper } from "./entry-wrappers.ts";
import type { Return } from "./frame.ts";
import { keepModule, storesInModule } from "./kept-state.ts";
import type { Machine, Unit } from "./machine.ts";

/** A function that anyone may call: it is entered once with what its signature says. */
export interface Entry {
  readonly callable: FunctionCallable;
  /** API paths of its decorators, canonical. */
  readonly decorators: readonly string[];
  /** What decorators of the project put in its place. */
  readonly wrapper?: Wrapper | undefined;
  /** Where it was registered by a call, the constant texts that stood for its addresses. */
  readonly addresses?: readonly string[];
}

/** Enters the functions that were defined so far, and then those that these define, on the state they were left in. */
export function runEntries(machine: Machine, base: State): void {
  const pending = machine.entries.splice(0);
  const ranks = new Map(pending.map((entry) => [entry, rankOf(machine, entry)]));
  pending.sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
  for (const entry of pending) {
    if (machine.fileSteps > FILE_STEPS) return;
    const { returns, ends } = runEntry(machine, entry, base);
    if (ranks.get(entry) === BEFORE) keepShared(machine, base, returns);
    if (machine.entries.length === 0) continue;
    const after = base.fork();
    after.merge(ends);
    after.alive = true;
    runEntries(machine, after);
  }
}

const STORING = 1;
const BEFORE = 2;

/**
 * A constructor comes first: the methods see what it sets. Then what the framework calls before everything else, and routes that
 * leave something in the module.
 */
function rankOf(machine: Machine, { callable, decorators }: Entry): number {
  if (callable.info.name === "__init__") return BEFORE + 1;
  const models = decorators.map((path) => machine.models.entryByDecorator(path));
  if (models.some((model) => model?.before === true)) return BEFORE;
  return models.some((model) => model !== undefined) && storesInModule(machine, callable) ? STORING : 0;
}

/** What holds in every entry that is reached: whoever answers before it leaves it out. */
function keepShared(machine: Machine, base: State, returns: readonly Return[]): void {
  const passing = returns.filter(({ value }) => value.refs.length === 0 && constantTruth(value) !== true);
  const states = passing.map(({ state }) => state);
  for (const [key, value] of sharedProofs(machine, states)) base.set(key, value);
}

function runEntry(machine: Machine, entry: Entry, base: State): Served {
  const { callable } = entry;
  const { frame, state } = machine;
  machine.steps = 0;
  machine.proved.clear();
  machine.state = base.fork();
  machine.frame = machine.createFrame({
    scope: callable.info.scope,
    unit: callable.unit,
    enclosing: callable.frame,
    function: callable,
  });
  machine.frame.bottom = base;
  const model = entryModel(machine, callable, entry.decorators);
  machine.addresses = model === undefined ? [] : addressesOf(machine, entry, model);
  const { self, values } = entryValues(machine, entry, model);
  if (model !== undefined && self !== undefined) prepare(machine, callable, model, self, values);
  const { returns, ends } =
    (model === undefined ? undefined : runWrapped(machine, entry, model, self, values)) ??
    runPlain(machine, callable, values);
  if (model !== undefined) checkReturns(machine, model, callable, returns);
  checkMethodReturns(machine, callable, returns);
  keepSelf(machine, base, self, ends);
  if (model !== undefined) keepModule(machine, base, callable, ends);
  machine.frame = frame;
  machine.state = state;
  return { returns, ends };
}

/** Runs what the framework does on the object before the method, `prepare` of Tornado, on the parameters of the same names. */
function prepare(
  machine: Machine,
  { owner, info }: FunctionCallable,
  model: EntryModel,
  self: Value,
  values: ReadonlyMap<string, Value>,
): void {
  const keywords = new Map([...values].slice(1));
  for (const name of model.prepare) {
    const found = owner === undefined ? undefined : classAttribute(machine, owner, name);
    const [method] = (found?.callables ?? []) as readonly ProjectCallable[];
    if (method?.kind !== "function" || method.info.name === info.name) continue;
    callFunction(machine, info.node, method, { self, positional: [], keywords, others: [] });
    // Whoever refuses there ends the request; what is proved by that is not followed.
    machine.state.alive = true;
  }
}

function runPlain(machine: Machine, callable: FunctionCallable, values: ReadonlyMap<string, Value>): Served {
  const { returns } = machine.frame;
  for (const [name, value] of values) machine.state.set(keyOf(machine.frame, name), value);
  machine.active.push(callable);
  runBody(machine, callable);
  machine.active.pop();
  return { returns, ends: returns.map((end) => end.state) };
}

export function isRoute(
  machine: Machine,
  callable: FunctionCallable,
  decorators: readonly { readonly value: Value }[],
): boolean {
  const paths = decorators.flatMap(({ value }) => value.paths);
  return entryModel(machine, callable, paths)?.before === false;
}

function entryModel(
  machine: Machine,
  callable: FunctionCallable,
  decorators: readonly string[],
): EntryModel | undefined {
  for (const path of decorators) {
    const found = machine.models.entryByDecorator(path);
    if (found !== undefined) return found;
  }
  const { owner, info } = callable;
  if (owner !== undefined) {
    const found = inLineage(owner, (of) => of.entry);
    const isEntered = found?.methods.some((method) => isMethod(method, info.name)) === true;
    return isEntered ? found : entryBySignature(machine, callable);
  }
  if (callable.frame.enclosing !== undefined) return undefined;
  const named = machine.models.entryByFunction(info.name);
  const first = info.parameters[0]?.name;
  if (named !== undefined || first === undefined || info.name.startsWith("_")) return named;
  const [file = "", folder = ""] = callable.unit.path.split("/").reverse();
  const shaped =
    machine.models.entryByShape(file.replace(/\.py$/, ""), first) ?? machine.models.entryByShape(folder, first);
  return shaped !== undefined && !isNoView(machine, callable) ? shaped : entryBySignature(machine, callable);
}

function entryBySignature(machine: Machine, { info, owner, unit }: FunctionCallable): EntryModel | undefined {
  const named = info.parameters.slice(owner !== undefined && info.role !== "static" ? 1 : 0);
  return machine.models.entriesBySignature.find(
    ({ signature, methods, imports }) =>
      signature.every((name, index) => named[index]?.name === name) &&
      (imports.length === 0 || (info.isAsync && named.length === signature.length && isImported(unit, imports))) &&
      (methods.length === 0 || methods.some((method) => isMethod(method, info.name))),
  );
}

/** Whether a module imports one of these modules, or something of it. */
function isImported({ recorder }: Unit, modules: readonly string[]): boolean {
  return recorder.imports.some(
    ({ module, member }) =>
      modules.includes(module) || (member !== undefined && modules.includes(`${module}.${member}`)),
  );
}

/** Whether a model's name of methods, `exposed_*`, is that of a method. */
export function isMethod(method: string, name: string): boolean {
  if (!method.endsWith("*")) return method === name;
  return name.startsWith(method.slice(0, -1)) && !name.startsWith("_");
}

/** What a method stored on `self` may be there for every other method. */
function keepSelf(machine: Machine, base: State, self: Value | undefined, ends: readonly State[]): void {
  const ref = self?.refs[0];
  if (ref === undefined) return;
  let shape = base.shape(ref) ?? machine.moduleState.shape(ref);
  for (const end of ends) {
    const after = end.shape(ref);
    if (after !== undefined) shape = shape === undefined ? after : joinShapes(shape, after);
  }
  if (shape !== undefined) {
    base.setShape(ref, shape);
    machine.moduleState.setShape(ref, shape);
  }
}
