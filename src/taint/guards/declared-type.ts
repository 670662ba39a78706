import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import { type ClassInfo, type FunctionCallable, inLineage, type ProjectCallable } from "../calls/callables.ts";
import { resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import { EVERYTHING, UNKNOWN } from "../values/value.ts";
import { patternMask } from "./guard-text.ts";

/** What an annotation promises of a value that a framework has checked against it. */
export interface DeclaredType {
  /** Kinds that every value of the type is harmless for. */
  readonly mask: number;
  /** A schema class of this project, whose fields are declared themselves. */
  readonly schema?: ClassInfo;
  /** Of a plain data class that the framework checks: the kinds for which each of its fields is harmless. */
  readonly masks?: ReadonlyMap<string, number>;
  /** The type of the elements, of a list and the like. */
  readonly elements?: DeclaredType;
  /** Functions of the project that are run on the value, in order. */
  readonly checks?: readonly FunctionCallable[];
}

const ANYTHING: DeclaredType = { mask: 0 };
/** Types whose text has no metacharacters of any language. */
export const TYPED: ReadonlySet<string> = new Set([
  "int",
  "float",
  "bool",
  "uuid.UUID",
  "datetime.date",
  "datetime.datetime",
  "datetime.time",
  "datetime.timedelta",
  "decimal.Decimal",
  "ipaddress.IPv4Address",
  "ipaddress.IPv6Address",
  "typing.Literal",
  ...[
    "PositiveInt",
    "NonNegativeInt",
    "NegativeInt",
    "PositiveFloat",
    "NonNegativeFloat",
    "NonPositiveInt",
    "NonNegativeFloat",
    "StrictInt",
    "StrictFloat",
    "StrictBool",
    "UUID1",
    "UUID3",
    "UUID4",
    "UUID5",
    "PastDate",
    "FutureDate",
    "AwareDatetime",
    "NaiveDatetime",
    "PastDatetime",
    "FutureDatetime",
    "ByteSize",
  ].map((name) => `pydantic.${name}`),
  ...["conint", "confloat", "condecimal", "condate"].map((name) => `pydantic.${name}`),
]);

/** Addresses: without metacharacters, but whose they are is the sender's choice. */
const NETWORK_TYPES: ReadonlySet<string> = new Set(
  ["IPvAnyAddress", "IPvAnyInterface", "IPvAnyNetwork"].map((name) => `pydantic.${name}`),
);

const UNIONS = /(?:^|\.)(?:Optional|Union)$/;
const SEQUENCES = /(?:^|\.)(?:list|List|set|Set|frozenset|FrozenSet|Sequence|Iterable|Collection|tuple|Tuple)$/;
const CONSTRAINTS =
  /^(?:(?:pydantic|fastapi)\.(?:.*\.)?(?:Field|constr|StringConstraints|Query|Path|Body|Form|Header|Cookie)|litestar\.params\.(?:Parameter|Body)|msgspec\.Meta)$/;

/** `Query[Filters]`: says only where a value is read from. */
const WRAPPERS = /^ninja\.(?:params\.)?(?:Query|Path|Body|Form|Header|Cookie|File)(?:Ex)?$/;

/** The type that an annotation's expression declares. */
export function declaredType(machine: Machine, node: number): DeclaredType {
  const { syntax } = machine;
  if (node === NONE) return ANYTHING;
  switch (syntax.kind[node]) {
    case Kind.type:
    case Kind.parenthesized_expression:
      return declaredType(machine, namedChildren(syntax, node)[0] ?? NONE);
    case Kind.generic_type:
    case Kind.subscript:
      return genericType(machine, node);
    case Kind.binary_operator:
    case Kind.union_type:
      return anyOf(namedChildren(syntax, node).map((part) => alternative(machine, part)));
    case Kind.call:
      return callType(machine, node);
    default:
      return namedType(machine, node);
  }
}

/** What a call such as `Query(pattern="^[a-z]+$", le=10)` lets through. */
export function constraintMask(machine: Machine, node: number): number {
  const { syntax, models } = machine;
  if (node === NONE || syntax.kind[node] !== Kind.call) return 0;
  const call = machine.recorder.calls.get(node);
  if (call?.callee.some((path) => CONSTRAINTS.test(path)) !== true) return 0;
  let mask = 0;
  for (const { keyword, snapshot } of call.args) {
    const { constants } = snapshot.value;
    if ((keyword === "pattern" || keyword === "regex") && constants?.length === 1)
      mask |= patternMask(machine, String(constants[0]), "search");
    if (keyword === "le" || keyword === "lt") mask |= models.kindMask(["range"]);
  }
  return mask;
}

function genericType(machine: Machine, node: number): DeclaredType {
  const { syntax } = machine;
  const [base, ...rest] = namedChildren(syntax, node);
  const args = rest.flatMap((part) =>
    syntax.kind[part] === Kind.type_parameter ? namedChildren(syntax, part) : [part],
  );
  const name = base === undefined ? "" : (machine.recorder.valueOf(base)?.paths[0] ?? "");
  if (/(?:^|\.)Literal$/.test(name)) return { mask: EVERYTHING };
  if (UNIONS.test(name)) return anyOf(args.map((argument) => alternative(machine, argument)));
  if (SEQUENCES.test(name))
    return { mask: 0, elements: anyOf(args.map((argument) => declaredType(machine, argument))) };
  if (WRAPPERS.test(name)) return declaredType(machine, args[0] ?? NONE);
  if (!/(?:^|\.)Annotated$/.test(name)) return ANYTHING;
  const type = declaredType(machine, args[0] ?? NONE);
  const masks = args.slice(1).map((argument) => {
    const [inner = argument] = syntax.kind[argument] === Kind.type ? namedChildren(syntax, argument) : [argument];
    return constraintMask(machine, inner);
  });
  const checks = [...(type.checks ?? []), ...args.slice(1).flatMap((argument) => checksOf(machine, argument))];
  return { ...type, mask: masks.reduce((mask, one) => mask | one, type.mask), ...(checks.length > 0 && { checks }) };
}

const CHECKS = /^pydantic\.(?:functional_validators\.)?(?:After|Before|Plain)Validator$/;

/** `Annotated[str, AfterValidator(check)]`: what the function returns is the value. */
function checksOf(machine: Machine, argument: number): readonly FunctionCallable[] {
  const { syntax } = machine;
  const [inner = argument] = syntax.kind[argument] === Kind.type ? namedChildren(syntax, argument) : [argument];
  const call = machine.recorder.calls.get(inner);
  if (call?.callee.some((path) => CHECKS.test(path)) !== true) return [];
  const given = call.args.find(({ position, keyword }) => position === 0 || keyword === "func");
  const { callables } = resolveImports(machine, given?.snapshot.value ?? UNKNOWN);
  return (callables as readonly ProjectCallable[]).filter((one) => one.kind === "function");
}

/** Of a union; None is no alternative. */
function alternative(machine: Machine, node: number): DeclaredType | undefined {
  const { syntax } = machine;
  const [inner = node] = syntax.kind[node] === Kind.type ? namedChildren(syntax, node) : [node];
  return syntax.kind[inner] === Kind.none ? undefined : declaredType(machine, inner);
}

function anyOf(types: readonly (DeclaredType | undefined)[]): DeclaredType {
  const known = types.filter((type) => type !== undefined);
  const [first] = known;
  if (known.length === 1 && first !== undefined) return first;
  return known.length === 0 ? ANYTHING : { mask: known.reduce((mask, type) => mask & type.mask, EVERYTHING) };
}

function callType(machine: Machine, node: number): DeclaredType {
  const paths = machine.recorder.calls.get(node)?.callee ?? [];
  const isTyped = paths.length > 0 && paths.every((path) => TYPED.has(path));
  return { mask: (isTyped ? typedMask(machine) : 0) | constraintMask(machine, node) };
}

function namedType(machine: Machine, node: number): DeclaredType {
  // What a name of an imported module stands for may have been put off until now.
  const value = resolveImports(machine, machine.recorder.valueOf(node) ?? UNKNOWN);
  const alias = aliasedType(machine, node);
  if (alias !== NONE) return declaredType(machine, alias);
  for (const callable of value.callables as readonly ProjectCallable[]) {
    if (callable.kind !== "class") continue;
    const isEnum = inLineage(callable, (of) => of.basePaths.some((path) => /^enum\.\w+\(\)$/.test(path)) || undefined);
    if (isEnum === true) return { mask: EVERYTHING };
    if (callable.hasFieldInit && isSchema(callable))
      return { mask: machine.models.kindMask(["mass-assign"]), schema: callable };
  }
  const isTyped = value.paths.length > 0 && value.paths.every((path) => TYPED.has(path));
  if (isTyped) return { mask: typedMask(machine) };
  if (value.paths.length === 1 && NETWORK_TYPES.has(value.paths[0]))
    return { mask: machine.models.sanitizes("ipaddress.ip_address") };
  return { mask: declaresFields(textOf(machine.syntax, node)) ? machine.models.kindMask(["mass-assign"]) : 0 };
}

/** `Name = Annotated[str, StringConstraints(pattern="^[a-z]+$")]`: what a name of the module's own level stands for. */
function aliasedType({ syntax }: Machine, node: number): number {
  if (syntax.kind[node] !== Kind.identifier) return NONE;
  return typesByName(syntax).get(textOf(syntax, node)) ?? NONE;
}

/** What a module's own level gives a name once, of the forms that types have. */
const typesByName: (syntax: SyntaxArrays) => ReadonlyMap<string, number> = oncePer((syntax) => {
  const types = new Map<string, number>();
  for (const statement of namedChildren(syntax, 0)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    if (assignment === NONE) continue;
    const name = textOf(syntax, childByField(syntax, assignment, Field.left));
    const value = childByField(syntax, assignment, Field.right);
    const isType = value !== NONE && (syntax.kind[value] === Kind.subscript || syntax.kind[value] === Kind.call);
    types.set(name, isType && !types.has(name) ? value : NONE);
  }
  return types;
});

/** The name of a class of another module, whose fields the framework fills: neither a mapping nor the request. */
function declaresFields(name: string): boolean {
  return /^(?:\w+\.)*[A-Z]\w*$/.test(name) && !/(?:Any|Dict|Mapping|Request|Json|JSON|Object)$/.test(name);
}

/** Its fields are checked when it is made: not those of a plain data class. */
export function isSchema(info: ClassInfo): boolean {
  const found = inLineage(
    info,
    (of) => of.isChecked || of.basePaths.some((path) => /^(?:pydantic|sqlmodel|msgspec)\./.test(path)) || undefined,
  );
  return found === true;
}

/** Its fields are read from the environment where that has them. */
export function isSettings(info: ClassInfo): boolean {
  const found = inLineage(info, (of) => of.basePaths.some((path) => SETTINGS.test(path)) || undefined);
  return found === true;
}

const SETTINGS = /^pydantic(?:_settings)?(?:\.\w+)?\.BaseSettings\(\)$/;

function typedMask(machine: Machine): number {
  return machine.models.kindMask(["injection", "trust"]);
}
