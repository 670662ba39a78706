import { Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { NONE, namedChildren, textOf } from "../../python/walk.ts";
import { continuesWith, hasWord } from "../../text/has-word.ts";
import { oncePer } from "../../text/once-per.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import { nameType } from "../expressions/evaluate.ts";
import { annotatedMember } from "../library/enum-members.ts";
import { inModule, resolveImports } from "../machine/import-module.ts";
import { isInjected, withoutInjection } from "../machine/injected.ts";
import type { Machine } from "../machine/machine.ts";
import { readName } from "../values/names.ts";
import { emptyShape } from "../values/shape.ts";
import { join, refValue, UNKNOWN, type Value } from "../values/value.ts";
import { callFunction } from "./call-function.ts";
import { type ClassInfo, type FunctionCallable, inLineage, type ProjectCallable } from "./callables.ts";

/** Annotations inside one another; a longer union is that of generated code. */
const MAX_DEPTH = 50;

/** The classes that an annotation names: `Store`, `"Store"`, `Store | None`, `Optional[Store]`, `Annotated[Store, …]`. */
export function annotatedClasses(machine: Machine, node: number, depth = 0): Value {
  const { syntax } = machine;
  if (node === NONE || depth > MAX_DEPTH) return UNKNOWN;
  switch (syntax.kind[node]) {
    case Kind.none:
      return UNKNOWN;
    case Kind.type:
    case Kind.parenthesized_expression:
      return annotatedClasses(machine, namedChildren(syntax, node)[0] ?? NONE, depth + 1);
    case Kind.binary_operator:
    case Kind.union_type: {
      const [left = NONE, right = NONE] = namedChildren(syntax, node);
      return join(annotatedClasses(machine, left, depth + 1), annotatedClasses(machine, right, depth + 1));
    }
    case Kind.generic_type:
    case Kind.subscript: {
      const [base = NONE, argument = NONE] = namedChildren(syntax, node);
      if (!/(?:^|\.)(?:Optional|Annotated)$/.test(textOf(syntax, base))) return UNKNOWN;
      const first = syntax.kind[argument] === Kind.type_parameter ? namedChildren(syntax, argument)[0] : argument;
      return annotatedClasses(machine, first ?? NONE, depth + 1);
    }
    case Kind.string: {
      const name = /^(?:"(\w+)"|'(\w+)')$/.exec(textOf(syntax, node));
      const { isNaming } = machine;
      machine.isNaming = true;
      const value = name === null ? UNKNOWN : readName(machine, name[1] ?? name[2]);
      machine.isNaming = isNaming;
      return value;
    }
    case Kind.identifier:
    case Kind.attribute:
      return withoutInjection(nameType(machine, node));
    default:
      return UNKNOWN;
  }
}

/** A value of which nothing is known but that a parameter's annotation says what it is an instance of. */
export function asAnnotated(machine: Machine, callee: FunctionCallable, name: string, value: Value): Value {
  const named = callee.types.get(name);
  if (named === undefined) return value;
  if (!isUnknown(value)) return value.refs.length === 0 && isModel(named) ? asModel(value) : value;
  // A name for `Annotated[Store, Depends(open_store)]` is known by what it stands for.
  const alias = resolveImports(machine, named);
  const type = isInjected(alias) ? withoutInjection(alias) : named;
  const { models } = machine;
  const member = value.paths.length === 0 ? annotatedMember(type) : undefined;
  if (member !== undefined) return member;
  const paths =
    value.paths.length > 0
      ? value.paths
      : type.paths.flatMap((path) => models.withBases(models.canonical(`${path}()`))).slice(0, 4);
  const typed = { ...value, paths };
  const instance = type.callables.length > 0 && isUsed(callee, name) ? instanceOf(machine, type) : undefined;
  return instance === undefined ? typed : { ...typed, refs: instance.refs };
}

/** What Pydantic's models are objects of: their methods give names that a class declares. */
export const MODEL = "pydantic.BaseModel()";

function isModel({ paths, callables }: Value): boolean {
  const [only] = callables as readonly ProjectCallable[];
  if (only?.kind === "class") return inLineage(only, (of) => of.basePaths.includes(MODEL) || undefined) === true;
  return paths.includes("pydantic.BaseModel");
}

function asModel(value: Value): Value {
  const isKnown = value.callables.length > 0 || value.constants !== undefined;
  return isKnown || value.paths.includes(MODEL) ? value : { ...value, paths: [...value.paths.slice(0, 3), MODEL] };
}

/** An object of the project's class that a type names; undefined for several, for records, and for what libraries fill. */
export function instanceOf(machine: Machine, type: Value): Value | undefined {
  const { callables, paths } = resolveImports(machine, type);
  const [only, ...others] = callables as readonly ProjectCallable[];
  if (only?.kind !== "class" || others.length + paths.length > 0 || !isService(only)) return undefined;
  return selfOf(machine, only);
}

/** One object stands for all instances of a class that methods are entered on. */
export function selfOf(machine: Machine, owner: ClassInfo): Value {
  if (owner.self !== undefined) return owner.self;
  const paths: string[] = [];
  inLineage(owner, (of) => {
    paths.push(...of.basePaths);
    return undefined;
  });
  const ref = machine.allocate(emptyShape("object", owner));
  machine.moduleState.setShape(ref, emptyShape("object", owner));
  const self: Value = { ...refValue(ref, "dynamic"), paths: [...new Set(paths)].slice(0, 4) };
  owner.self = self;
  if (owner.unit.index !== 0) initialize(machine, owner, self);
  return self;
}

/** The methods of another module's class are no entries here: what they find on `self` is what its constructor leaves. */
function initialize(machine: Machine, owner: ClassInfo, self: Value): void {
  const [method] = (classAttribute(machine, owner, "__init__")?.callables ?? []) as readonly ProjectCallable[];
  if (method?.kind !== "function") return;
  const { ground } = machine;
  const left = inModule(machine, owner.unit, () => {
    machine.state.setShape(self.refs[0], emptyShape("object", owner));
    callFunction(machine, method.info.node, method, { self, positional: [], keywords: new Map(), others: [] });
  });
  ground.take(left);
  // The object was made in the state of whoever uses it first, and there as well it is what its constructor leaves.
  const shape = left.shape(self.refs[0]);
  if (shape === undefined) return;
  machine.state.setShape(self.refs[0], shape);
  machine.moduleState.setShape(self.refs[0], shape);
}

/** Its attributes are what its own methods set: no record, whose fields are data, and no class that a library fills. */
function isService(info: ClassInfo): boolean {
  const isForeign = (of: ClassInfo) =>
    of.hasFieldInit || of.basePaths.some((path) => !NEUTRAL.test(path)) ? true : undefined;
  return inLineage(info, isForeign) === undefined;
}

const NEUTRAL = /^(?:object|abc\.ABC|typing(?:_extensions)?\.(?:Protocol|Generic))(?:\[\])?\(\)$/;

/** A module is read for an annotation only where a method of the parameter is called, or the parameter is kept. */
function isUsed({ unit, info }: FunctionCallable, name: string): boolean {
  const known = usesBySyntax(unit.syntax);
  const key = `${info.body} ${name}`;
  let isFound = known.get(key);
  if (isFound === undefined) {
    const { text, start, end } = unit.syntax;
    const body = text.slice(start[info.body], end[info.body]);
    isFound = hasWord(body, name, (from, to) => continuesWith(body, to, METHOD) || body.endsWith("= ", from));
    known.set(key, isFound);
  }
  return isFound;
}

const METHOD = /\.\w+\(/y;

/** By the node of a function's body and the name of its parameter; a file is imported by many others. */
const usesBySyntax = oncePer((_: SyntaxArrays) => new Map<string, boolean>());

function isUnknown({ labels, constants, refs, callables, prefix }: Value): boolean {
  return labels === 0 && constants === undefined && refs.length === 0 && callables.length === 0 && prefix === undefined;
}

/** Its body says that the meaning is another class's: `raise NotImplementedError`, `...`. */
export function isAbstract(machine: Machine, body: number): boolean {
  const { syntax } = machine;
  if (body === NONE) return false;
  const statements = namedChildren(syntax, body).filter((child) => syntax.kind[child] !== Kind.comment);
  const [last, documentation, ...others] = statements.toReversed();
  if (last === undefined || others.length > 0) return false;
  const inner = namedChildren(syntax, last)[0] ?? NONE;
  const isDocumented = documentation === undefined || /^[rub]*["']/i.test(textOf(syntax, documentation));
  if (!isDocumented || inner === NONE) return false;
  if (syntax.kind[last] === Kind.raise_statement) return /^NotImplemented/.test(textOf(syntax, inner));
  return syntax.kind[last] === Kind.expression_statement && syntax.kind[inner] === Kind.ellipsis;
}
