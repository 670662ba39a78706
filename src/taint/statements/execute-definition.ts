import { Field, Kind } from "../../python/kinds.ts";
import { type Parameter, parametersOf, scopeOf } from "../../python/scopes.ts";
import { childByField, children, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import {
  type ClassInfo,
  type FunctionCallable,
  type FunctionInfo,
  inLineage,
  type ProjectCallable,
} from "../calls/callables.ts";
import { decorate, decorateClass } from "../calls/decorate.ts";
import { annotatedClasses, isAbstract } from "../calls/instances.ts";
import { registerVariant, withVariants } from "../calls/variants.ts";
import { nameDescriptors } from "../expressions/descriptors.ts";
import { evaluate, nameType } from "../expressions/evaluate.ts";
import { isSchema, isSettings } from "../guards/declared-type.ts";
import { fieldConstraints } from "../guards/field-constraints.ts";
import { isRoute } from "../machine/entry.ts";
import type { Frame } from "../machine/frame.ts";
import type { Machine } from "../machine/machine.ts";
import { noteValidator } from "../machine/validators.ts";
import { keyOf, writeName } from "../values/names.ts";
import { callableValue, join, UNKNOWN, type Value } from "../values/value.ts";
import { announceClass, classKeywords, metaclassOf } from "./announce-class.ts";
import { executeBody } from "./execute.ts";
import { fieldsOf, isRecord } from "./record-classes.ts";

/** Evaluates decorators and defaults and binds the name; the body runs when the function is called or entered. */
export function defineFunction(machine: Machine, node: number, decorators: readonly number[]): void {
  const { syntax } = machine;
  const name = textOf(syntax, childByField(syntax, node, Field.name));
  const evaluated = decorators.map((decorator) => evaluateDecorator(machine, decorator));
  const parameters = parametersOf(syntax, childByField(syntax, node, Field.parameters));
  const body = childByField(syntax, node, Field.body);
  const inside = scopeOf(syntax, body);
  const info: FunctionInfo = {
    node,
    name,
    qualifiedName: qualify(machine, name),
    parameters,
    scope: withParameters(inside, parameters),
    rebound: inside.locals,
    body,
    isLambda: false,
    isAsync: children(syntax, node).some((child) => syntax.kind[child] === Kind.token_async),
    role: roleOf(evaluated),
    isAbstract:
      machine.frame.isClassBody &&
      (evaluated.some((decorator) => /(?:^|\.)abstractmethod$/.test(decorator.name)) || isAbstract(machine, body)),
  };
  const callable = withVariants(closure(machine, info), evaluated);
  recordDefinition(
    machine,
    node,
    "function",
    info.qualifiedName,
    name,
    evaluated,
    [],
    parameters,
    isRoute(machine, callable, evaluated),
  );
  const entry = { callable, decorators: evaluated.flatMap(({ value }) => value.paths) };
  const accessor = evaluated.map((decorator) => /^\w+\.(setter|deleter)$/.exec(decorator.name)?.[1]).find(Boolean);
  if (accessor === "setter") machine.frame.ownerClass?.setters.set(name, callable);
  if (accessor === "deleter") machine.frame.ownerClass?.deleters.set(name, callable);
  const wrapper =
    accessor !== undefined
      ? undefined
      : decorate(
          machine,
          node,
          callable,
          evaluated.map(({ result }) => result),
        );
  if (isEntry(machine)) machine.entries.push({ ...entry, wrapper });
  if (accessor !== undefined) return;
  noteValidator(machine, callable, evaluated);
  registerVariant(machine, callable, evaluated);
  writeName(
    machine,
    name,
    callableValue(wrapper === undefined ? callable : { ...callable, decorated: wrapper.function }),
  );
}

export function defineLambda(machine: Machine, node: number): Value {
  const { syntax } = machine;
  const parameters = parametersOf(syntax, childByField(syntax, node, Field.parameters));
  const body = childByField(syntax, node, Field.body);
  const info: FunctionInfo = {
    node,
    name: "lambda",
    qualifiedName: qualify(machine, "lambda"),
    parameters,
    scope: withParameters(scopeOf(syntax, node), parameters),
    rebound: NO_NAMES,
    body,
    isLambda: true,
    isAsync: false,
    role: "plain",
    isAbstract: false,
  };
  const callable = closure(machine, info);
  if (isEntry(machine)) machine.entries.push({ callable, decorators: [] });
  return callableValue(callable);
}

/** Functions of imported modules are run when they are called: as entries they belong to the analysis of their own file. */
function isEntry(machine: Machine): boolean {
  return machine.callDepth === 0 && machine.unit.index === 0;
}

function closure(machine: Machine, info: FunctionInfo): FunctionCallable {
  const defaults = new Map<string, Value>();
  const types = new Map<string, Value>();
  for (const { name, fallback, annotation } of info.parameters) {
    if (fallback !== NONE) defaults.set(name, evaluate(machine, fallback));
    if (annotation === NONE) continue;
    nameType(machine, annotation);
    const type = annotatedClasses(machine, annotation);
    if (type.paths.length > 0 || type.callables.length > 0) types.set(name, type);
  }
  const { frame, unit } = machine;
  for (let seen: Frame | undefined = frame; seen?.isCaptured === false; seen = seen.enclosing) seen.isCaptured = true;
  const owner = frame.isClassBody ? frame.ownerClass : undefined;
  return { kind: "function", unit, info, frame, owner, defaults, types };
}

interface Decorated {
  readonly node: number;
  readonly value: Value;
  /** What the function is handed to. */
  readonly result: Value;
  readonly name: string;
}

function evaluateDecorator(machine: Machine, node: number): Decorated {
  const expression = firstNamedChild(machine.syntax, node);
  const value = evaluate(machine, expression);
  // `@app.route("/")` is known by what is called, not by what the call yields.
  const isCall = machine.syntax.kind[expression] === Kind.call;
  const target = isCall ? childByField(machine.syntax, expression, Field.function) : expression;
  const callee = isCall ? machine.recorder.valueOf(target) : value;
  return { node, value: callee ?? value, result: value, name: textOf(machine.syntax, target) };
}

function roleOf(decorators: readonly Decorated[]): FunctionInfo["role"] {
  for (const { name, value } of decorators) {
    if (name === "staticmethod") return "static";
    if (name === "classmethod") return "class";
    if (name === "property" || name === "cached_property" || value.paths.includes("functools.cached_property"))
      return "property";
  }
  return "plain";
}

/** Runs the class body; what it binds are the attributes. */
export function defineClass(machine: Machine, node: number, decorators: readonly number[]): void {
  const { syntax } = machine;
  const name = textOf(syntax, childByField(syntax, node, Field.name));
  const evaluated = decorators.map((decorator) => evaluateDecorator(machine, decorator));
  const list = childByField(syntax, node, Field.superclasses);
  const bases =
    list === NONE ? [] : namedChildren(syntax, list).filter((child) => syntax.kind[child] !== Kind.keyword_argument);
  const values = bases.map((base) => ({ node: base, value: evaluate(machine, base) }));
  const parents = values.flatMap(({ value }) =>
    (value.callables as readonly ProjectCallable[]).filter((callable) => callable.kind === "class"),
  );
  const baseClasses = [...new Set(values.flatMap(({ value }) => value.paths))];
  const basePaths = [...new Set(baseClasses.map((path) => machine.models.canonical(`${path}()`)))];
  const body = childByField(syntax, node, Field.body);
  const lineage = [...basePaths, ...parents.flatMap((parent) => parent.basePaths)];
  const decoratorPaths = evaluated.flatMap(({ value }) => value.paths);
  const entryPath = lineage
    .flatMap((path) => machine.models.withBases(path))
    .find((path) => machine.models.entryByBase(path.slice(0, -2)) !== undefined);
  const constraints = new Map(parents.flatMap((parent) => [...parent.constraints]));
  const keywords = classKeywords(machine, list);
  const info: ClassInfo = {
    kind: "class",
    unit: machine.unit,
    node,
    name,
    qualifiedName: qualify(machine, name),
    parents,
    baseClasses,
    basePaths,
    attributes: new Map(),
    setters: new Map(),
    deleters: new Map(),
    validators: new Map(),
    fields: [...new Set([...parents.flatMap((parent) => parent.fields), ...fieldsOf(machine, body)])],
    hasFieldInit: isRecord(lineage, decoratorPaths) || parents.some((parent) => parent.hasFieldInit),
    // A plain data class takes whatever it is given.
    isChecked: decoratorPaths.some((path) =>
      /^(?:pydantic\.|strawberry\.(?:experimental\.pydantic\.)?input\b)/.test(path),
    ),
    constraints,
    metaclass: metaclassOf(keywords, parents),
    isTuple: lineage.includes("typing.NamedTuple()") || parents.some((parent) => parent.isTuple),
    entry:
      entryPath === undefined
        ? inLineage(parents[0] ?? NO_CLASS, (of) => of.entry ?? machine.models.entryByBase(of.name))
        : machine.models.entryByBase(entryPath.slice(0, -2)),
    self: undefined,
  };
  machine.unit.classes.set(node, info);
  const { frame } = machine;
  const scope = body === NONE ? scopeOf(syntax, node) : scopeOf(syntax, body);
  const inner = machine.createFrame({
    scope,
    unit: machine.unit,
    enclosing: frame,
    ownerClass: info,
    isClassBody: true,
  });
  machine.frame = inner;
  executeBody(machine, body);
  for (const attribute of scope.locals) {
    const value = machine.state.get(keyOf(inner, attribute));
    if (value !== undefined) info.attributes.set(attribute, isSettings(info) ? overridable(value) : value);
  }
  machine.frame = frame;
  nameDescriptors(machine, node, info);
  for (const [field, { mask, checks }] of fieldConstraints(machine, body, isSchema(info))) {
    if (mask !== 0) constraints.set(field, mask);
    if (checks.length > 0) info.validators.set(field, [...checks, ...(info.validators.get(field) ?? [])]);
  }
  recordDefinition(machine, node, "class", info.qualifiedName, name, evaluated, values, [], info.entry !== undefined);
  announceClass(machine, node, info, keywords);
  writeName(
    machine,
    name,
    callableValue(
      decorateClass(
        machine,
        node,
        info,
        evaluated.map(({ result }) => result),
      ),
    ),
  );
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The default of a setting: the environment may hold another value. */
function overridable(value: Value): Value {
  return value.callables.length > 0 ? value : join(value, UNKNOWN);
}

const NO_CLASS = { parents: [], entry: undefined, name: "" } as unknown as ClassInfo;

function withParameters<S extends { readonly locals: ReadonlySet<string> }>(
  scope: S,
  parameters: readonly Parameter[],
): S {
  const locals = new Set(scope.locals);
  for (const { name } of parameters) locals.add(name);
  return { ...scope, locals };
}

function qualify(machine: Machine, name: string): string {
  const { frame } = machine;
  const outer = frame.isClassBody ? frame.ownerClass?.qualifiedName : frame.function?.info.qualifiedName;
  return outer === undefined || outer === "" ? name : `${outer}.${name}`;
}

function recordDefinition(
  machine: Machine,
  node: number,
  kind: "function" | "class",
  qualifiedName: string,
  name: string,
  decorators: readonly Decorated[],
  bases: readonly { readonly node: number; readonly value: Value }[],
  parameters: readonly Parameter[],
  isRouteOf: boolean,
): void {
  machine.recorder.definitions.set(node, {
    node,
    kind,
    name,
    qualifiedName,
    decorators: decorators.map((decorator) => ({
      node: decorator.node,
      paths: decorator.value.paths,
      name: decorator.name,
    })),
    bases: bases.map((base) => ({ node: base.node, paths: base.value.paths })),
    parameters: parameters.map((parameter) => ({ node: parameter.node, name: parameter.name })),
    isRoute: isRouteOf,
  });
}
