import type { Parameter, Scope } from "../../python/scopes.ts";
import type { Frame } from "../machine/frame.ts";
import type { Unit } from "../machine/machine.ts";
import type { EntryModel } from "../models/model.ts";
import type { Callable, Value } from "../values/value.ts";

/** What is fixed about a function or lambda, whoever calls it. */
export interface FunctionInfo {
  readonly node: number;
  readonly name: string;
  readonly qualifiedName: string;
  readonly parameters: readonly Parameter[];
  readonly scope: Scope;
  /** Parameters that the body gives other values. */
  readonly rebound: ReadonlySet<string>;
  readonly body: number;
  readonly isLambda: boolean;
  readonly isAsync: boolean;
  readonly role: "plain" | "static" | "class" | "property";
  /** A method that says nothing of what the classes below make of it. */
  readonly isAbstract: boolean;
}

export interface FunctionCallable extends Callable {
  readonly kind: "function";
  readonly unit: Unit;
  readonly info: FunctionInfo;
  /** The frame that it was defined in: where its free names are looked up. */
  readonly frame: Frame;
  readonly owner: ClassInfo | undefined;
  /** Values of the defaults, by parameter name. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** What annotations name, by parameter. */
  readonly types: ReadonlyMap<string, Value>;
  /** What decorators of this project put in its place: a call of the name runs this. */
  readonly decorated?: FunctionCallable;
  /** Of a generic function (`functools.singledispatch`): itself, and those that run in its place. */
  readonly variants?: Variant[];
}

/** A function that runs where the first argument is of its type. */
export interface Variant {
  readonly callable: FunctionCallable;
  /** Kinds that every value of the type is harmless for. */
  readonly mask: number;
}

export interface ClassInfo extends Callable {
  readonly kind: "class";
  readonly unit: Unit;
  readonly node: number;
  readonly name: string;
  readonly qualifiedName: string;
  readonly parents: readonly ClassInfo[];
  /** Paths of its bases outside the project: each of these classes makes its objects in its own way. */
  readonly baseClasses: readonly string[];
  /** Instance paths of the same, canonical: what their objects can do. */
  readonly basePaths: readonly string[];
  /** The class of this project that makes it. */
  readonly metaclass: ClassInfo | undefined;
  readonly attributes: Map<string, Value>;
  /** What an assignment to a property runs, by the property's name. */
  readonly setters: Map<string, FunctionCallable>;
  /** What `del` runs. */
  readonly deleters: Map<string, FunctionCallable>;
  /** Methods that are run on what a field is given, by field. */
  readonly validators: Map<string, readonly FunctionCallable[]>;
  /** Fields in order, where the class makes its own `__init__` of them: dataclasses, named tuples, schema classes. */
  readonly fields: readonly string[];
  readonly hasFieldInit: boolean;
  /** A decorator says that its fields are checked when it is made. */
  readonly isChecked: boolean;
  /** Kinds for which a field is harmless whatever is given for it. */
  readonly constraints: ReadonlyMap<string, number>;
  /** Its fields have places as well: a named tuple. */
  readonly isTuple: boolean;
  readonly entry: EntryModel | undefined;
  /** The object that stands for `self` where methods are entered from outside. */
  self: Value | undefined;
}

export interface BoundCallable extends Callable {
  readonly kind: "bound";
  readonly target: FunctionCallable;
  readonly self: Value;
}

export interface PartialCallable extends Callable {
  readonly kind: "partial";
  readonly target: Value;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `functools.partialmethod`: the object comes first. */
  readonly isMethod?: boolean;
}

/** A method of a container or text that was taken without being called: `add = found.append`. */
export interface BuiltinMethod extends Callable {
  readonly kind: "builtin-method";
  readonly receiver: Value;
  readonly name: string;
}

/** `super()` inside a method: attributes are those of the parents, `self` stays. */
export interface SuperCallable extends Callable {
  readonly kind: "super";
  readonly owner: ClassInfo;
  readonly self: Value;
}

/** Another module of the project: its names are those of its frame, and of a package the modules below it too. */
export interface ModuleCallable extends Callable {
  readonly kind: "module";
  /** Absent for a package without an `__init__.py`. */
  readonly unit: Unit | undefined;
  /** The file that imported it and the name there, dots apart: modules below it are looked up from them. */
  readonly importer: Unit;
  readonly level: number;
  readonly name: string;
}

/** What an import bound, until the name is used: only then the module is read. */
export interface ImportCallable extends Callable {
  readonly kind: "import";
  readonly importer: Unit;
  /** How many dots a relative import begins with. */
  readonly level: number;
  readonly module: string;
  /** Of `from module import member`. */
  readonly member: string | undefined;
  /** Of `import a.b`, which binds `a`: the whole name. */
  readonly below: string | undefined;
  /** What it is by its name alone. */
  readonly path: string;
}

/** A function or class of an imported module, or a method there, until its name is used: most are not. */
export interface DeferredCallable extends Callable {
  readonly kind: "deferred";
  /** That of the module, or of the class body that the definition stands in. */
  readonly frame: Frame;
  readonly unit: Unit;
  /** The definition, its decorators included. */
  readonly node: number;
  readonly name: string;
}

export type ProjectCallable =
  | FunctionCallable
  | ClassInfo
  | BoundCallable
  | PartialCallable
  | BuiltinMethod
  | SuperCallable
  | ModuleCallable
  | ImportCallable
  | DeferredCallable;

/** The first of a class's parents, or of theirs, for which something holds. */
export function inLineage<T>(info: ClassInfo, find: (of: ClassInfo) => T | undefined): T | undefined {
  return info.parents.length === 0 ? find(info) : searchLineage(info, find, 0, new Map());
}

/** `seen`: how deep below the first one each class stood; a class that many ways lead to is asked once, but from further up. */
function searchLineage<T>(
  info: ClassInfo,
  find: (of: ClassInfo) => T | undefined,
  depth: number,
  seen: Map<ClassInfo, number>,
): T | undefined {
  if ((seen.get(info) ?? Number.POSITIVE_INFINITY) <= depth) return undefined;
  seen.set(info, depth);
  const own = find(info);
  if (own !== undefined || depth > 8) return own;
  for (const parent of info.parents) {
    const found = searchLineage(parent, find, depth + 1, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
