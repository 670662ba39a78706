import type { Parameter } from "../../python/scopes.ts";
import { NONE } from "../../python/walk.ts";
import { runBody } from "../calls/call-function.ts";
import { type FunctionCallable, inLineage } from "../calls/callables.ts";
import { asAnnotated, selfOf } from "../calls/instances.ts";
import { declaredArgument } from "../guards/declared-arguments.ts";
import { constraintMask, type DeclaredType } from "../guards/declared-type.ts";
import { parameterType } from "../guards/field-constraints.ts";
import { graphqlMask } from "../guards/graphql-arguments.ts";
import { optionMask } from "../guards/option-types.ts";
import { routeMask } from "../guards/route-types.ts";
import { sharedProofs } from "../guards/shared-proofs.ts";
import type { EntryModel } from "../models/model.ts";
import { labelledByName } from "../values/name-labels.ts";
import { keyOf } from "../values/names.ts";
import { emptyShape, joinShapes, type Shape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import type { State } from "../values/state.ts";
import { constantTruth, DYNAMIC, refValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { addressesElsewhere, addressesOf, isAddressedElsewhere } from "./addresses-of-entry.ts";
import { boundForm } from "./bound-forms.ts";
import { FILE_STEPS } from "./budgets.ts";
import { dependencyValue } from "./dependencies.ts";
import { checkMethodReturns, checkReturns } from "./entry-returns.ts";
import { runWrapped, type Served, type Wrapper } from "./entry-wrappers.ts";
import type { Return } from "./frame.ts";
import { resolveImports } from "./import-module.ts";
import { isInjected, isInjectedBy, withoutInjection } from "./injected.ts";
import { keepModule, storesInModule } from "./kept-state.ts";
import type { Machine } from "./machine.ts";
import { checked, validated } from "./validators.ts";

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
  return (
    machine.models.entryByShape(file.replace(/\.py$/, ""), first) ??
    machine.models.entryByShape(folder, first) ??
    entryBySignature(machine, callable)
  );
}

function entryBySignature(machine: Machine, { info, owner }: FunctionCallable): EntryModel | undefined {
  const named = info.parameters.slice(owner !== undefined && info.role !== "static" ? 1 : 0);
  return machine.models.entriesBySignature.find(
    ({ signature, methods }) =>
      signature.every((name, index) => named[index]?.name === name) &&
      (methods.length === 0 || methods.some((method) => isMethod(method, info.name))),
  );
}

/** Whether a model's name of methods, `exposed_*`, is that of a method. */
export function isMethod(method: string, name: string): boolean {
  if (!method.endsWith("*")) return method === name;
  return name.startsWith(method.slice(0, -1)) && !name.startsWith("_");
}

/** What is known of the parameters, by name, and the object that stands for `self`. */
function entryValues(
  machine: Machine,
  entry: Entry,
  model: EntryModel | undefined,
): { readonly self: Value | undefined; readonly values: ReadonlyMap<string, Value> } {
  const { info, owner } = entry.callable;
  const values = new Map<string, Value>();
  const isMethod = owner !== undefined && info.role !== "static";
  const self = isMethod && owner !== undefined && info.role !== "class" ? selfOf(machine, owner) : undefined;
  const plain = info.parameters.slice(isMethod ? 1 : 0);
  if (isMethod && info.parameters[0] !== undefined) {
    values.set(info.parameters[0].name, self ?? { ...UNKNOWN, callables: owner === undefined ? [] : [owner] });
  }
  const positional = plain.filter((parameter) => parameter.kind === "positional").length;
  plain.forEach((parameter, index) => {
    const typeOfModel =
      model?.parameterTypes[String(index)] ?? (index === positional - 1 ? model?.parameterTypes["-1"] : undefined);
    const form = boundForm(machine, entry.callable, parameter);
    values.set(parameter.name, form ?? entryValue(machine, entry, model, parameter, index, typeOfModel));
  });
  return { self, values };
}

/** What is known of one parameter: its type, and whether whoever calls the entry chooses it. */
export function entryValue(
  machine: Machine,
  entry: Entry,
  model: EntryModel | undefined,
  parameter: Parameter,
  index: number,
  typeOfModel: string | undefined,
): Value {
  const { callable, decorators } = entry;
  const type = typeOfModel === undefined ? annotatedPaths(machine, parameter.annotation) : [`${typeOfModel}()`];
  let value: Value = {
    ...DYNAMIC,
    paths: type.flatMap((path) => machine.models.withBases(machine.models.canonical(path))).slice(0, 4),
  };
  const fallback = callable.defaults.get(parameter.name);
  const isGiven = isInjected(fallback) || isInjectedBy(machine, parameter.annotation);
  const isLabelled =
    model?.parameters !== undefined &&
    typeOfModel === undefined &&
    !isGiven &&
    index < (model.labelled ?? 99) &&
    model.named?.includes(parameter.name) !== false;
  // A view is found by its place alone: its numbers are told by their names, for the route is in another file.
  const isNumber =
    model?.shape !== undefined &&
    addressesElsewhere(machine, callable).length === 0 &&
    /(?:^|_)(?:id|pk|page|num|number|year|month|day|count)$/.test(parameter.name);
  if (isLabelled && !isNumber && !isFrameworkObject(machine, value.paths))
    value = labelParameter(machine, parameter, value, model, entry);
  if (isGiven && model !== undefined) value = dependencyValue(machine, callable, decorators, model, parameter) ?? value;
  value = asAnnotated(machine, callable, parameter.name, value);
  value = labelledByName(machine, parameter.node, parameter.name, value);
  if (parameter.kind === "rest") value = refValue(machine.allocate(sequenceShape("tuple", [], value)), "dynamic");
  if (parameter.kind !== "keywords") return value;
  // In Django, the names are those of the parts of an address.
  const isNamed = model !== undefined && isAddressedElsewhere(model);
  const part = withCleared(value, isNamed ? machine.models.kindMask(["mass-assign"]) : 0);
  return refValue(machine.allocate(withRest(emptyShape("dict"), part)), "dynamic");
}

/** Whose the value of a parameter is, in words, for the trace. */
const GIVEN_BY: Readonly<Record<string, string>> = {
  remote: "comes from the request",
  argv: "comes from the command line",
  queue: "comes from a message",
  job: "comes from whoever starts the task",
  llm: "is what the language model asks for",
  exception: "is the exception",
};

function labelParameter(machine: Machine, parameter: Parameter, value: Value, model: EntryModel, entry: Entry): Value {
  const { models } = machine;
  const label = model.parameters ?? "";
  const bit = models.labels.bit(label);
  const note = `\`${parameter.name}\` ${GIVEN_BY[label] ?? "comes from outside"}`;
  const origin = machine.source(parameter.node, note, entry.decorators[0] ?? `parameter ${parameter.name}`, bit);
  const isText = value.paths.includes("str()");
  const admitted =
    routeMask(machine, addressesOf(machine, entry, model), parameter.name) |
    optionMask(machine, entry.callable, parameter.name) |
    graphqlMask(machine, entry.callable, parameter.name);
  const labelled: Value = { ...value, labels: bit, origin, cleared: admitted, text: value.text || isText };
  const injection = models.kindMask(["injection"]);
  if ((admitted & injection) === injection) return { ...labelled, paths: ["int()"] };
  const argument = declaredArgument(machine, entry.callable, parameter.name, labelled);
  if (argument !== undefined) return argument;
  const declared = parameterType(machine, parameter.annotation, entry.decorators);
  const constraints = constraintMask(machine, parameter.fallback);
  const filled = fillDeclared(machine, parameter.node, { ...declared, mask: declared.mask | constraints }, labelled);
  return checked(machine, parameter.node, declared.checks, filled);
}

/** A value of a declared type: a schema by its fields, a list by its elements. */
function fillDeclared(
  machine: Machine,
  node: number,
  { mask, schema, masks, elements }: DeclaredType,
  labelled: Value,
): Value {
  const value = withCleared(labelled, mask);
  if (schema !== undefined) {
    let shape: Shape = withRest(emptyShape("object", schema), value);
    for (const field of schema.fields) {
      const given = withCleared(value, (masks ?? schema.constraints).get(field) ?? 0);
      shape = withEntry(shape, field, validated(machine, node, schema, field, given));
    }
    return { ...refValue(machine.allocate(shape), "dynamic"), paths: value.paths };
  }
  if (elements === undefined || elements.mask === 0) return value;
  return refValue(machine.allocate(sequenceShape("list", [], withCleared(value, elements.mask))), "dynamic");
}

function annotatedPaths(machine: Machine, annotation: number): string[] {
  const value = annotation === NONE ? undefined : machine.recorder.valueOf(annotation);
  if (value === undefined) return [];
  const alias = resolveImports(machine, value);
  return (isInjected(alias) ? withoutInjection(alias) : value).paths.map((path) => `${path}()`);
}

/** A request or session that the framework passes is no data itself; its parts are. */
const FRAMEWORK_OBJECT =
  /(?:Request|WebSocket|BackgroundTasks|Response|Session|HTTPConnection|strawberry\.(?:types\.)?Info)\(\)$/;

function isFrameworkObject({ models }: Machine, paths: readonly string[]): boolean {
  return paths.some((path) => FRAMEWORK_OBJECT.test(models.canonical(path)));
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
