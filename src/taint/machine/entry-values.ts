import type { Parameter } from "../../python/scopes.ts";
import { NONE, textOf } from "../../python/walk.ts";
import { asAnnotated, selfOf } from "../calls/instances.ts";
import { declaredArgument } from "../guards/declared-arguments.ts";
import { constraintMask, type DeclaredType } from "../guards/declared-type.ts";
import { parameterType } from "../guards/field-constraints.ts";
import { graphqlMask } from "../guards/graphql-arguments.ts";
import { optionMask } from "../guards/option-types.ts";
import { routeMask } from "../guards/route-types.ts";
import type { EntryModel } from "../models/model.ts";
import { labelledByName } from "../values/name-labels.ts";
import { emptyShape, type Shape, sequenceShape, withEntry, withRest } from "../values/shape.ts";
import { DYNAMIC, refValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { addressesElsewhere, addressesOf, isAddressedElsewhere } from "./addresses-of-entry.ts";
import { boundForm } from "./bound-forms.ts";
import { dependencyValue } from "./dependencies.ts";
import type { Entry } from "./entry.ts";
import { resolveImports } from "./import-module.ts";
import { isInjected, isInjectedBy, withoutInjection } from "./injected.ts";
import type { Machine } from "./machine.ts";
import { checked, validated } from "./validators.ts";

/** What is known of the parameters, by name, and the object that stands for `self`. */
export function entryValues(
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
    !(model.shape !== undefined && isObject(machine, parameter.annotation)) &&
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

/** A class that no part of an address is an object of: a helper beside the views is handed what a view has found. */
function isObject({ syntax }: Machine, annotation: number): boolean {
  if (annotation === NONE) return false;
  const text = textOf(syntax, annotation).replaceAll(/^["']|["']$/g, "");
  return /^(?:\w+\.)*[A-Z]\w*$/.test(text) && !/(?:^|\.)(?:UUID|Any|Decimal|Path|Str\w*|Int\w*)$/.test(text);
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
  const element = fillDeclared(machine, node, elements, value);
  return refValue(machine.allocate(sequenceShape("list", [], element)), "dynamic");
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
