import type { Scope } from "../../python/scopes.ts";
import type { ClassInfo, FunctionCallable } from "../calls/callables.ts";
import type { Shape } from "../values/shape.ts";
import type { State, VariableKey } from "../values/state.ts";
import type { Value } from "../values/value.ts";
import type { Unit } from "./machine.ts";

/** Where names are looked up: one activation of a function, class body, comprehension or module. */
export interface Frame {
  readonly unit: Unit | undefined;
  readonly scope: Scope;
  readonly enclosing: Frame | undefined;
  readonly function: FunctionCallable | undefined;
  readonly ownerClass: ClassInfo | undefined;
  readonly isClassBody: boolean;
  /** Keys of its variables by name, and of the expressions of which a condition proved something. */
  readonly keys: Map<string, VariableKey>;
  readonly narrowed: Map<string, VariableKey>;
  /** What the attributes of unknown objects were given so far on some way, as API paths, by their expression. */
  readonly given: Map<string, readonly string[]>;
  /** Of each key of the file the frame that it belongs to: the next key is its length. */
  readonly owners: (Frame | undefined)[];
  /** Whether a function was made that sees its variables: they outlive it. */
  isCaptured: boolean;
  /** State at the activation's start: what `return` collapses to. */
  bottom: State;
  readonly loops: Loop[];
  readonly returns: Return[];
  readonly yields: Value[];
  /** Those of them that are yielded for certain, one after the other, before any others. */
  readonly firstYields: Value[];
  /** The clauses of an `if` that are being run, of which it is certain that they are. */
  readonly decided: Set<number>;
  /** The containers that were yielded, as they were then. */
  readonly lent: Map<number, Shape>;
  /** What the caller of a generator sends into it. */
  readonly sent: Value | undefined;
}

export interface Loop {
  readonly bottom: State;
  /** How often its body may be run. */
  readonly turns: number;
  /** Whether each of its turns is run by itself, so that it is known how many there are. */
  readonly isCounted: boolean;
  readonly breaks: State[];
  readonly continues: State[];
}

/** A generator can be run again, with what is sent into it. */
export interface Generator {
  readonly callee: FunctionCallable;
  readonly parameters: ReadonlyMap<string, Value>;
  /** What its `return` gives to whoever delegates to it. */
  readonly returned: Value | undefined;
}

export interface Return {
  readonly value: Value;
  readonly state: State;
  /** The returned expression, or -1. */
  readonly node: number;
}
