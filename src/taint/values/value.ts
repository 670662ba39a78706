import type { Constancy, TraceStep } from "../facts.ts";
import { isChecked, isMark, isWritten, LISTED } from "./marks.ts";
import { joinOrigins } from "./origins.ts";

export type Constant = string | number | boolean | null;

/** Of what is cleared: harmless for every kind, for it is one of a few constants or holds none of their characters. */
export const EVERYTHING = 0x7fffffff;

/** The step that gave a value its labels, linked to the steps before it: shared, never copied. */
export interface Origin {
  readonly node: number;
  readonly file: number;
  readonly role: TraceStep["role"];
  readonly note: string;
  /** API path of the source at the chain's end. */
  readonly source: string;
  readonly before: Origin | undefined;
  readonly length: number;
  /** Labels that the chain's end gave. */
  readonly yields: number;
  /** Another chain, for labels that this one does not account for: a password and a name in one text. */
  readonly also: Origin | undefined;
  /** Kinds that the label was harmless for when the chains met. */
  readonly cleared: number;
  /** Whether chains stand side by side here or before. */
  readonly isMixed: boolean;
}

/** Something of this project that can be called; its meaning is the interpreter's (`callables.ts`). */
export interface Callable {
  readonly kind:
    | "function"
    | "class"
    | "bound"
    | "partial"
    | "builtin-method"
    | "super"
    | "module"
    | "import"
    | "deferred";
}

/**
 * What is known of a value. Immutable; joins are pointwise and every chain is finite.
 * Containers and objects live in the heap (`state.ts`): a value refers to at most 4 of them.
 */
export interface Value {
  readonly labels: number;
  /** Sink kinds for which the labels are harmless. */
  readonly cleared: number;
  /** Of a value without labels: sink kinds for which a check has shown that it is harmless, whoever hands it over. */
  readonly proved: number;
  readonly origin: Origin | undefined;
  /** All constants it can be, at most 4; undefined when not all are known. */
  readonly constants: readonly Constant[] | undefined;
  readonly constancy: Constancy;
  /** How a text begins, where that is constant and the rest is not. */
  readonly prefix: string | undefined;
  /** Ids of containers and objects in the heap. */
  readonly refs: readonly number[];
  readonly paths: readonly string[];
  readonly callables: readonly Callable[];
  /** Text that was put together from parts (or may be any text). */
  readonly text: boolean;
}

export const MAX_CONSTANTS = 4;
const MAX_PATHS = 4;
const MAX_REFS = 4;
const MAX_CALLABLES = 4;
const NOTHING: readonly never[] = [];

export const UNKNOWN: Value = {
  labels: 0,
  cleared: 0,
  proved: 0,
  origin: undefined,
  constants: undefined,
  constancy: "unknown",
  prefix: undefined,
  refs: NOTHING,
  paths: NOTHING,
  callables: NOTHING,
  text: false,
};

export const DYNAMIC: Value = { ...UNKNOWN, constancy: "dynamic" };

/** What a comparison yields that depends: a truth value. */
export const TRUTH: Value = { ...DYNAMIC, paths: ["bool()"] };

/** A place in a sequence: a number that the program counts itself. */
export const PLACE: Value = { ...DYNAMIC, paths: ["int()"] };

/** A number that the program counts itself, a truth value, or what is declared as one: as text it is as harmless as a constant. */
export function isCounted({ labels, paths }: Value): boolean {
  const isAlone = paths.length === 1 || (paths.length === 2 && isChecked(paths[1]));
  return labels === 0 && isAlone && (paths[0] === PLACE.paths[0] || paths[0] === TRUTH.paths[0]);
}

const SMALL: ReadonlyMap<Constant, Value> = new Map(
  [true, false, null, "", 0, 1].map((constant) => [constant, makeConstant(constant)]),
);
export const NONE_VALUE = constantValue(null);

export function constantValue(constant: Constant): Value {
  return SMALL.get(constant) ?? makeConstant(constant);
}

function makeConstant(constant: Constant): Value {
  return { ...UNKNOWN, constants: [constant], constancy: "constant", text: typeof constant === "string" };
}

/** One of several constants; too many are a dynamic value. */
export function constantsValue(constants: readonly Constant[]): Value {
  const distinct = [...new Set(constants)];
  if (distinct.length === 1) return constantValue(distinct[0]);
  if (distinct.length > MAX_CONSTANTS) return { ...DYNAMIC, text: typeof distinct[0] === "string" };
  return { ...UNKNOWN, constants: distinct, constancy: "constant", text: distinct.some((c) => typeof c === "string") };
}

export function pathValue(paths: readonly string[]): Value {
  return { ...UNKNOWN, paths: paths.length > MAX_PATHS ? paths.slice(0, MAX_PATHS) : paths };
}

export function refValue(ref: number, constancy: Constancy): Value {
  return { ...UNKNOWN, refs: [ref], constancy };
}

export function callableValue(callable: Callable): Value {
  return { ...UNKNOWN, callables: [callable], constancy: "constant" };
}

export function withoutLabels(value: Value): Value {
  return value.labels === 0 ? value : { ...value, labels: 0, cleared: 0, origin: undefined };
}

export function withCleared(value: Value, kinds: number): Value {
  return value.labels === 0 || (value.cleared & kinds) === kinds ? value : { ...value, cleared: value.cleared | kinds };
}

/** Whether a check of the value can tell something: nobody outside is known to send it, and it is neither constant nor a container. */
export function isProvable({ labels, constants, constancy, refs, callables }: Value): boolean {
  const isOpen = labels === 0 && constants === undefined && constancy !== "constant";
  return isOpen && refs.length === 0 && callables.length === 0;
}

/** A value without labels that a check has shown to be harmless for kinds. */
export function withProved(value: Value, kinds: number): Value {
  return (value.proved & kinds) === kinds ? value : { ...value, proved: value.proved | kinds };
}

/** The value that may be either. */
export function join(a: Value, b: Value): Value {
  if (a === b || isSame(a, b)) return a;
  const constants = joinConstants(a, b);
  return {
    labels: a.labels | b.labels,
    cleared: joinCleared(a, b),
    proved: a.proved & b.proved,
    origin: joinOrigins(a, b),
    constants,
    constancy: joinConstancy(a, b, constants),
    prefix: joinPrefixes(a, b),
    refs: union(a.refs, b.refs, MAX_REFS),
    paths: joinPaths(a, b),
    callables: union(a.callables, b.callables, MAX_CALLABLES),
    text: a.text || b.text,
  };
}

/** Equal in every part: most joins are of a value that was evaluated twice. */
function isSame(a: Value, b: Value): boolean {
  return (
    a.labels === b.labels &&
    a.cleared === b.cleared &&
    a.proved === b.proved &&
    a.constancy === b.constancy &&
    a.origin === b.origin &&
    a.text === b.text &&
    a.prefix === b.prefix &&
    sameList(a.constants, b.constants) &&
    sameList(a.refs, b.refs) &&
    sameList(a.paths, b.paths) &&
    sameList(a.callables, b.callables)
  );
}

function sameList<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** What is cleared of a value that carries the labels of both. */
export function joinCleared(a: Value, b: Value): number {
  if (a.labels === 0) return b.cleared;
  if (b.labels === 0) return a.cleared;
  return a.cleared & b.cleared;
}

/** Equal in all that decides a finding: loops end when nothing of it changes. */
export function sameValue(a: Value, b: Value): boolean {
  return (
    a === b ||
    (a.labels === b.labels &&
      a.cleared === b.cleared &&
      a.proved === b.proved &&
      a.constancy === b.constancy &&
      a.prefix === b.prefix &&
      sameSet(a.constants ?? NOTHING, b.constants ?? NOTHING) &&
      (a.constants === undefined) === (b.constants === undefined) &&
      sameSet(a.paths, b.paths) &&
      a.refs.length === b.refs.length &&
      a.callables.length === b.callables.length)
  );
}

/** True, false, or undefined when it depends. */
export function constantTruth(value: Value): boolean | undefined {
  if (value.constants === undefined || value.constants.length === 0) {
    return value.callables.length > 0 && value.paths.length === 0 && value.refs.length === 0 ? true : undefined;
  }
  const first = truthOf(value.constants[0]);
  return value.constants.every((constant) => truthOf(constant) === first) ? first : undefined;
}

function truthOf(constant: Constant): boolean {
  return constant !== null && constant !== "" && constant !== 0 && constant !== false;
}

function joinConstants(a: Value, b: Value): readonly Constant[] | undefined {
  if (a.constants === undefined || b.constants === undefined) return undefined;
  const joined = union(a.constants, b.constants, MAX_CONSTANTS + 1);
  return joined.length > MAX_CONSTANTS ? undefined : joined;
}

function joinConstancy(a: Value, b: Value, constants: readonly Constant[] | undefined): Constancy {
  if (a.constancy === "constant" && b.constancy === "constant") {
    const bothKnown = a.constants !== undefined && b.constants !== undefined;
    return bothKnown && constants === undefined ? "dynamic" : "constant";
  }
  if (a.constancy === "dynamic" || b.constancy === "dynamic") return "dynamic";
  return "unknown";
}

function joinPrefixes(a: Value, b: Value): string | undefined {
  // What is empty, or one of a list, is harmless however it begins.
  if (a.labels !== 0 && a.cleared === EVERYTHING && a.prefix === undefined) return b.prefix;
  if (b.labels !== 0 && b.cleared === EVERYTHING && b.prefix === undefined) return a.prefix;
  return a.prefix !== undefined && a.prefix === b.prefix ? a.prefix : undefined;
}

/** What is known of a text, and kept among its paths, holds only where it does of both. */
function joinPaths(a: Value, b: Value): readonly string[] {
  const all = unionOfPaths(a, b);
  const paths = all.includes(LISTED) ? all.filter((path) => path !== LISTED || isListed(a, b)) : all;
  if ((a.labels | b.labels) === 0 || !paths.some(isOfText)) return paths;
  const has = ({ labels, paths: own }: Value, mark: string) => labels === 0 || own.includes(mark);
  return paths.filter((path) => !isOfText(path) || (has(a, path) && has(b, path)));
}

/** An answer that another check may have given is that of none. */
function unionOfPaths(a: Value, b: Value): readonly string[] {
  const all = union(a.paths, b.paths, MAX_PATHS);
  if (!all.some(isChecked)) return all;
  return all.filter((path) => !isChecked(path) || (a.paths.includes(path) && b.paths.includes(path)));
}

function isOfText(path: string): boolean {
  return isMark(path) || isWritten(path);
}

function isListed(...values: readonly Value[]): boolean {
  return values.every(({ paths }) => paths.includes(LISTED));
}

function union<T>(a: readonly T[], b: readonly T[], limit: number): readonly T[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const extra = b.filter((item) => !a.includes(item));
  if (extra.length === 0) return a;
  return [...a, ...extra].slice(0, limit);
}

function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
