import { scopeOf } from "../../python/scopes.ts";
import type { DeferredCallable, ImportCallable, ModuleCallable, ProjectCallable } from "../calls/callables.ts";
import { define } from "../statements/defer-definition.ts";
import { executeBody } from "../statements/execute.ts";
import { keyOf } from "../values/names.ts";
import { State } from "../values/state.ts";
import { join, pathValue, type Value } from "../values/value.ts";
import { MAX_CALL_DEPTH } from "./budgets.ts";
import type { Machine, Unit } from "./machine.ts";
import { widenRebound } from "./rebound-names.ts";

/** Modules that the analysis of one file reads, and the UTF-16 code units of them all. */
const MAX_MODULES = 30;
const MAX_CODE = 1_048_576;
/** Modules imported by `*` in which a name is looked for, the last ones. */
const MAX_WILDCARDS = 40;
/** Modules that are read one because of the other, while their own levels run. */
const MAX_CHAIN = 3;
/** Calls inside one another that are followed from a module's own level, and from a constructor that an annotation leads to. */
const MODULE_CALLS = 2;

/** What an import binds before it is used: the path, and the way to the module. */
export function importValue(machine: Machine, callable: ImportCallable): Value {
  const path = pathValue([callable.path]);
  return isLibrary(machine, callable) ? path : { ...path, callables: [callable] };
}

/** The models know a library better than its code tells; a file inside of a folder of its name means that folder. */
function isLibrary(machine: Machine, { importer, level, module }: ImportCallable): boolean {
  const [top = ""] = module.split(".");
  return level === 0 && machine.models.isLibrary(top) && !importer.path.split("/").slice(0, -1).includes(top);
}

/** The value of a name that is used: what an import of this project leads to, and what was put off until now. */
export function resolveImports(machine: Machine, value: Value): Value {
  const callables = value.callables as readonly ProjectCallable[];
  if (machine.isNaming || !callables.some(isPending)) return value;
  let found: Value | undefined;
  const outside = new Set(value.paths);
  for (const callable of callables) {
    if (!isPending(callable)) continue;
    const one = callable.kind === "import" ? resolveImport(machine, callable) : define(machine, callable);
    if (one === undefined) continue;
    if (callable.kind === "import") outside.delete(callable.path);
    found = found === undefined ? one : join(found, one);
  }
  const others = callables.filter((callable) => !isPending(callable));
  const rest: Value = { ...value, paths: [...outside], callables: others };
  if (found === undefined) return rest;
  return isPlain(rest) ? found : join(found, rest);
}

function isPending(callable: ProjectCallable): callable is ImportCallable | DeferredCallable {
  return callable.kind === "import" || callable.kind === "deferred";
}

/** The names of modules imported by `*`, the last import first. */
export function readWildcard(machine: Machine, unit: Unit, name: string): Value | undefined {
  if (name.startsWith("_")) return undefined;
  for (const wildcard of unit.wildcards.slice(-MAX_WILDCARDS).reverse()) {
    if (isLibrary(machine, wildcard)) continue;
    const value = resolveImport(machine, { ...wildcard, member: name }, wildcard);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A name of a module, the modules below a package among them. */
export function moduleMember(machine: Machine, module: ModuleCallable, name: string): Value | undefined {
  const { unit } = module;
  if (unit !== undefined) {
    const own = machine.state.get(keyOf(unit.frame, name));
    if (own !== undefined) return resolveImports(machine, own);
    const wild = readWildcard(machine, unit, name);
    if (wild !== undefined) return wild;
    if (!/(?:^|\/)__init__\.py$/.test(unit.path)) return undefined;
  }
  const below = module.name === "" ? name : `${module.name}.${name}`;
  const found = loadModule(machine, module.importer, module.level, below);
  if (found === undefined) return undefined;
  return moduleValue(machine, { ...module, unit: found, name: below });
}

/** Undefined where the import leads out of the project, or to a name that the module does not bind. */
function resolveImport(machine: Machine, callable: ImportCallable, active = callable): Value | undefined {
  // Modules that import a name from each other, and none defines it.
  if (machine.resolving.has(active)) return undefined;
  machine.resolving.add(active);
  const value = readImport(machine, callable);
  machine.resolving.delete(active);
  return value;
}

function readImport(machine: Machine, { importer, level, module, member, below, path }: ImportCallable) {
  const unit = loadModule(machine, importer, level, module);
  const found: ModuleCallable = { kind: "module", unit, importer, level, name: module };
  if (member !== undefined) {
    // Whether the module binds the name is to be seen first: `from shop import cart` may name a module, most do not.
    const isUnseen = unit === undefined && module !== "" && machine.project.isOpen(importer.path, level, module);
    if (isUnseen) return undefined;
    const value = moduleMember(machine, found, member);
    return value !== undefined && isPlain(value) ? { ...value, paths: [path] } : value;
  }
  const isProject = unit !== undefined || (below !== undefined && loadModule(machine, importer, level, below));
  return isProject ? moduleValue(machine, found) : undefined;
}

/** With its path: what the module does not bind is known by that alone. */
function moduleValue(machine: Machine, module: ModuleCallable): Value {
  const path = ".".repeat(module.level) + module.name;
  return { ...pathValue([machine.models.canonical(path)]), callables: [module] };
}

/** Nothing is known but, perhaps, that it was put together at run time. */
function isPlain(value: Value): boolean {
  const { labels, constants, refs, paths, callables, prefix } = value;
  const isUnknown = constants === undefined && prefix === undefined && labels === 0;
  return isUnknown && refs.length === 0 && paths.length === 0 && callables.length === 0;
}

function loadModule(machine: Machine, importer: Unit, level: number, name: string): Unit | undefined {
  const modules = importer.modules[level] ?? new Map<string, Unit | undefined>();
  importer.modules[level] = modules;
  const before = modules.get(name);
  if (before !== undefined || modules.has(name)) return before;
  const found = machine.project.find(importer.path, level, name);
  const known = found && machine.units.find(({ path }) => path === found.path);
  if (found === undefined || known !== undefined) {
    modules.set(name, known);
    return known;
  }
  const size = machine.units.reduce((sum, { syntax }) => sum + syntax.text.length, found.syntax.text.length);
  const isTooMuch = machine.units.length > MAX_MODULES || size > MAX_CODE || machine.loading >= MAX_CHAIN;
  if (isTooMuch) return undefined;
  const unit = machine.addUnit(found.path, found.syntax, scopeOf(found.syntax, 0));
  executeModule(machine, unit);
  return unit;
}

/**
 * Runs a module's own level where it is first used. What it leaves is put below all branches of the importing file: which of
 * them came first does not matter. A module that is imported meanwhile sees the names that are bound so far, as in Python.
 */
function executeModule(machine: Machine, unit: Unit): void {
  const { ground } = machine;
  machine.loading++;
  const left = inModule(machine, unit, () => {
    executeBody(machine, 0);
    widenRebound(machine, unit);
  });
  machine.loading--;
  ground.take(left);
}

/** Runs something on a module's own level; returns what it changed. */
export function inModule(machine: Machine, of: Unit, run: () => void): State {
  const { unit, syntax, frame, state, ground, callDepth, steps, isNaming } = machine;
  machine.unit = of;
  machine.syntax = of.syntax;
  machine.frame = of.frame;
  machine.state = new State(ground);
  machine.ground = machine.state;
  machine.callDepth = MAX_CALL_DEPTH - MODULE_CALLS;
  machine.steps = 0;
  machine.isNaming = false;
  run();
  const left = machine.state.below === ground ? machine.state : machine.state.collapse(ground);
  machine.unit = unit;
  machine.syntax = syntax;
  machine.frame = frame;
  machine.state = state;
  machine.ground = ground;
  machine.callDepth = callDepth;
  machine.steps = steps;
  machine.isNaming = isNaming;
  return left;
}
