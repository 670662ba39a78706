import type { Frame } from "../machine/frame.ts";
import { readWildcard, resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import { noteVariable } from "../statements/attempt.ts";
import type { VariableKey } from "./state.ts";
import { join, pathValue, UNKNOWN, type Value } from "./value.ts";

/** The state's key of a variable of a frame. */
/** Under which a parameter that its function binds again keeps what it was given: no variable is called so. */
export function asGiven(name: string): string {
  return `${name} as given`;
}

export function keyOf(frame: Frame, name: string): VariableKey {
  let key = frame.keys.get(name);
  if (key === undefined) {
    key = frame.owners.push(frame) - 1;
    frame.keys.set(name, key);
  }
  return key;
}

/** The frame that a name belongs to; undefined for a built-in or unknown name. */
export function frameOf(machine: Machine, name: string): Frame | undefined {
  for (let frame: Frame | undefined = machine.frame; frame !== undefined; frame = frame.enclosing) {
    const { scope } = frame;
    if (scope.globals.has(name)) return machine.unit.frame;
    // The names of a class body are not seen from the functions inside it.
    const isVisible = !frame.isClassBody || frame === machine.frame;
    if (isVisible && scope.locals.has(name)) return frame;
  }
  return undefined;
}

export function readName(machine: Machine, name: string): Value {
  const frame = frameOf(machine, name);
  if (frame !== undefined) {
    const value = machine.state.get(keyOf(frame, name));
    if (value !== undefined) return value.callables.length === 0 ? value : resolveImports(machine, value);
    // A name of an enclosing scope that is not bound yet, or on another way.
    if (frame.enclosing === undefined && frame.function === undefined) return builtinOrUnknown(machine, name);
    return UNKNOWN;
  }
  return builtinOrUnknown(machine, name);
}

export function writeName(machine: Machine, name: string, value: Value): void {
  const frame = frameOf(machine, name) ?? machine.frame;
  const key = keyOf(frame, name);
  if (frame !== machine.frame) {
    machine.writes++;
    machine.noteOutside();
    if (value.labels !== 0 || (machine.state.get(key)?.labels ?? 0) !== 0) machine.outside++;
  }
  machine.state.set(key, value);
  const attempt = machine.attempts.at(-1);
  if (attempt !== undefined) noteVariable(attempt, key, value);
  forgetNarrowed(machine, name);
}

/** What a condition proved of `a.b` or `a["b"]` holds until `a` is bound again. */
export function writeNarrowed(machine: Machine, text: string, value: Value): void {
  const { narrowed, frame } = machine;
  let key = frame.narrowed.get(text);
  if (key === undefined) {
    key = 1 - frame.owners.push(frame);
    frame.narrowed.set(text, key);
    const root = /^\w+/.exec(text)?.[0] ?? text;
    narrowed.set(root, [...(narrowed.get(root) ?? []), key]);
  }
  machine.state.set(key, value);
}

/** Expressions about one variable that are told apart by what they were given. */
const MAX_NARROWED = 64;

/** Whether what an item of a variable was given may be remembered; beyond the bound it is what it was. */
export function mayNarrow({ narrowed }: Machine, root: string): boolean {
  return (narrowed.get(root)?.length ?? 0) < MAX_NARROWED;
}

/** The narrowed value of an expression, where a condition proved something of it. */
export function readNarrowed(machine: Machine, text: string): Value | undefined {
  const { narrowed } = machine.frame;
  const key = narrowed.size === 0 ? undefined : narrowed.get(text);
  const value = key === undefined ? undefined : machine.state.get(key);
  return value === UNKNOWN ? undefined : value;
}

/** On some way of this function the attribute was given this: `if "db" not in g: g.db = connect()`. */
export function noteGiven({ frame }: Machine, text: string, { labels, paths }: Value): void {
  if (labels === 0 && paths.length > 0) frame.given.set(text, paths);
}

/** What an attribute may be of which nothing else is known than what it was given on some way. */
export function orGiven({ frame }: Machine, text: string, value: Value): Value {
  const paths = frame.given.size === 0 ? undefined : frame.given.get(text);
  if (paths === undefined || value.labels !== 0 || value.refs.length + value.callables.length > 0) return value;
  return join(value, pathValue(paths));
}

/** Whatever was known of the parts of a variable is no more: `values.update(given)`. */
export function forgetNarrowed(machine: Machine, name: string): void {
  const keys = machine.narrowed.get(name);
  if (keys !== undefined) for (const key of keys) machine.state.set(key, UNKNOWN);
}

function builtinOrUnknown(machine: Machine, name: string): Value {
  if (BUILTINS.has(name)) return pathValue([name]);
  const { wildcards } = machine.unit;
  // What nothing binds is a library by its name, if it is anything: a cell of a notebook, an example, names from a star import.
  const library = machine.models.isLibrary(name) ? [machine.models.canonical(name)] : [];
  if (wildcards.length === 0) return library.length === 0 ? UNKNOWN : pathValue(library);
  const imported = machine.isNaming ? undefined : readWildcard(machine, machine.unit, name);
  if (imported !== undefined) return imported;
  return pathValue([...wildcards.slice(-2).map(({ path }) => machine.models.canonical(`${path}.${name}`)), ...library]);
}

const BUILTINS: ReadonlySet<string> = new Set(
  (
    "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr " +
    "dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash hex id input int " +
    "isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property quit " +
    "range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ " +
    "raw_input unicode unichr xrange execfile reload basestring long file __file__ __name__ " +
    "Exception BaseException ValueError TypeError KeyError RuntimeError OSError IOError PermissionError NotImplementedError"
  ).split(" "),
);
