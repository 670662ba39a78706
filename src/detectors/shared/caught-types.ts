import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import { operands } from "./literal.ts";

export interface Caught {
  /** Last names of the classes; "any exception" for a bare `except:`. */
  readonly types: readonly string[];
  /** The name after `as`. */
  readonly name: string | undefined;
}

/** What an `except` clause catches. */
export function caughtTypes(syntax: SyntaxArrays, clause: number): Caught {
  const value = childByField(syntax, clause, Field.value);
  if (value === NONE) return { types: ["any exception"], name: undefined };
  const isNamed = syntax.kind[value] === Kind.as_pattern;
  const type = isNamed ? firstNamedChild(syntax, value) : value;
  const alias = isNamed ? childByField(syntax, value, Field.alias) : NONE;
  const types = syntax.kind[type] === Kind.tuple ? operands(syntax, type) : [type];
  return {
    types: types.map((one) => textOf(syntax, one).split(".").at(-1) ?? ""),
    name: alias === NONE ? undefined : textOf(syntax, alias),
  };
}
