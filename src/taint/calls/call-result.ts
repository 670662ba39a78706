import type { TextMark } from "../values/marks.ts";
import type { Shape } from "../values/shape.ts";
import type { VariableKey } from "../values/state.ts";
import type { Value } from "../values/value.ts";
import type { FunctionCallable } from "./callables.ts";

/** What is proved of a value: kinds that it is harmless for, and what else is known of a path. */
export interface Proof {
  readonly mask: number;
  readonly marks: readonly TextMark[];
}

/** The same by a part of a tuple that is returned, where that is true and where it is false, by parameter. */
export interface PartProofs {
  readonly ifTrue: ReadonlyMap<string, Proof>;
  readonly ifFalse: ReadonlyMap<string, Proof>;
}

/** What is proved of attributes where the result is true, and where it is false: kinds, by parameter and by attribute. */
export interface MemberProofs {
  readonly ifTrue: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly ifFalse: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** What a run of a function has given, left and proved: further calls on arguments that are alike are answered from it. */
export interface CallResult {
  readonly value: Value;
  /** What a normal return proves, by parameter. */
  readonly cleared: ReadonlyMap<string, Proof>;
  /** The same where the result is true, and where it is false. */
  readonly clearedIfTrue: ReadonlyMap<string, Proof>;
  readonly clearedIfFalse: ReadonlyMap<string, Proof>;
  /** The same where the result is None, and where it is something else. */
  readonly clearedIfNone: ReadonlyMap<string, Proof>;
  readonly clearedIfSome: ReadonlyMap<string, Proof>;
  /** The same of attributes of the objects that it was given, by parameter and attribute. */
  readonly members: MemberProofs;
  /** The same where the first part of the tuple that it returns is true or false, and where the second is. */
  readonly parts?: readonly PartProofs[];
  /** What it proves of objects that everyone shares: always, where the result is true, and where it is false. */
  readonly shared: {
    readonly always: ReadonlyMap<VariableKey, Value>;
    readonly ifTrue: ReadonlyMap<VariableKey, Value>;
    readonly ifFalse: ReadonlyMap<VariableKey, Value>;
  };
  /** Parameters that a normal return proves to be true, or false. */
  readonly truths: ReadonlyMap<string, boolean>;
  readonly returns: boolean;
  /** Containers that the result refers to. */
  readonly shapes: ReadonlyMap<number, Shape>;
  /** Those of them that each call makes anew: nothing but its result and the object that it fills has them. */
  readonly made: readonly number[];
  /** What the function was run on. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** What it left in containers and objects that it was given, by parameter. */
  readonly stored: ReadonlyMap<string, Shape>;
}

/** A call that was answered. */
export interface CallProof {
  readonly callee: FunctionCallable;
  readonly result: CallResult;
  /** What its object held when it was called, where something is proved of that. */
  readonly asked?: Shape | undefined;
}
