import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { asGiven } from "../values/names.ts";
import { type Origin, withCleared } from "../values/value.ts";

/**
 * `place = Path(path).resolve()` … `place.relative_to(base)`: what is proved of a resolved path holds for the variables that it was made
 * of, as long as they are bound to the same, and for a parameter that was bound again: `path = path.resolve()`.
 */
export function narrowMadeOf(machine: Machine, name: string, mask: number): void {
  const { frame, state, syntax, unit } = machine;
  const key = frame.keys.get(name);
  const made = key === undefined ? undefined : state.get(key)?.origin;
  if (made?.role !== "assign" || made.isMixed || made.file !== unit.index) return;
  const value = assignedTo(syntax, made.node, name);
  for (const part of value === NONE ? [] : partsOf(syntax, value, MAX_NESTING)) {
    const partKey = frame.keys.get(part === name ? asGiven(name) : part);
    const given = partKey === undefined ? undefined : state.get(partKey);
    if (partKey === undefined || given?.origin === undefined || !isBehind(made, given.origin)) continue;
    state.set(partKey, withCleared(given, mask));
  }
}

/** What an assignment gives a name: `a, b = resolve(a), resolve(b)` each its own. */
function assignedTo(syntax: SyntaxArrays, assignment: number, name: string): number {
  if (syntax.kind[assignment] !== Kind.assignment) return NONE;
  const left = childByField(syntax, assignment, Field.left);
  const right = childByField(syntax, assignment, Field.right);
  if (syntax.kind[left] === Kind.identifier) return right;
  if (right === NONE || syntax.kind[right] !== Kind.expression_list) return NONE;
  const place = namedChildren(syntax, left).findIndex((target) => textOf(syntax, target) === name);
  return namedChildren(syntax, right)[place] ?? NONE;
}

/** Calls inside one another that a path goes through. */
const MAX_NESTING = 6;

const RESOLVES = /^(?:realpath|abspath|normpath|resolve|absolute|expanduser|joinpath|join|Path|PurePath|str|fspath)$/;

/** The names that a path is put together of and resolved from. */
function partsOf(syntax: SyntaxArrays, node: number, depth: number): string[] {
  if (node === NONE || depth === 0) return [];
  switch (syntax.kind[node]) {
    case Kind.identifier:
      return [textOf(syntax, node)];
    case Kind.parenthesized_expression:
      return namedChildren(syntax, node).flatMap((child) => partsOf(syntax, child, depth - 1));
    case Kind.binary_operator:
      return [Field.left, Field.right].flatMap((side) => partsOf(syntax, childByField(syntax, node, side), depth - 1));
    case Kind.call: {
      const target = childByField(syntax, node, Field.function);
      const isMethod = syntax.kind[target] === Kind.attribute;
      const name = textOf(syntax, isMethod ? childByField(syntax, target, Field.attribute) : target);
      if (!RESOLVES.test(name)) return [];
      const receiver = isMethod ? partsOf(syntax, childByField(syntax, target, Field.object), depth - 1) : [];
      const args = namedChildren(syntax, childByField(syntax, node, Field.arguments));
      return [...receiver, ...args.flatMap((argument) => partsOf(syntax, argument, depth - 1))];
    }
    default:
      return [];
  }
}

function isBehind(origin: Origin, source: Origin): boolean {
  for (let at: Origin | undefined = origin; at !== undefined; at = at.before) if (at === source) return true;
  return false;
}
