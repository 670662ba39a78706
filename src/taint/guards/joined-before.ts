import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { type Value, withCleared } from "../values/value.ts";

/**
 * `path = os.path.join(root, name)` … `check(name)`: what is proved of a name that is a part of a path holds for the path that was put
 * together before, and all of it for `copy = name`, whichever of the two is asked. `value` is the name's, before anything was proved;
 * `mask` what was proved of it.
 */
export function narrowJoined(machine: Machine, name: string, value: Value, mask: number): void {
  if (mask === 0 || value.origin === undefined || value.origin.isMixed) return;
  const ofPath = mask & machine.models.kindMask(["path"]);
  const { frame, state, syntax, unit } = machine;
  if (frame.keys.size > MAX_NAMES) return;
  for (const [other, key] of frame.keys) {
    const joined = other === name ? undefined : state.get(key);
    const made = joined?.origin;
    if (joined === undefined || made?.role !== "assign" || made.isMixed || made.file !== unit.index) continue;
    if (made.before !== value.origin && made.before?.before !== value.origin) continue;
    const right = assigned(syntax, made.node);
    if (isCopy(syntax, right, name)) state.set(key, withCleared(joined, mask));
    else if (right !== NONE && ofPath !== 0 && joins(syntax, right, name)) state.set(key, withCleared(joined, ofPath));
  }
  narrowCopied(machine, value, mask);
}

/** `copy = name` … `check(copy)`, as long as both are bound to the same. */
function narrowCopied({ frame, state, syntax, unit }: Machine, { origin }: Value, mask: number): void {
  if (origin?.role !== "assign" || origin.file !== unit.index) return;
  const right = assigned(syntax, origin.node);
  const key =
    right === NONE || syntax.kind[right] !== Kind.identifier ? undefined : frame.keys.get(textOf(syntax, right));
  const copied = key === undefined ? undefined : state.get(key);
  if (key !== undefined && copied?.origin !== undefined && copied.origin === origin.before)
    state.set(key, withCleared(copied, mask));
}

/** The right side of an assignment. */
function assigned(syntax: SyntaxArrays, node: number): number {
  return syntax.kind[node] === Kind.assignment ? childByField(syntax, node, Field.right) : NONE;
}

function isCopy(syntax: SyntaxArrays, right: number, name: string): boolean {
  return right !== NONE && syntax.kind[right] === Kind.identifier && textOf(syntax, right) === name;
}

/** In a function, or a module, of more names none is looked for. */
const MAX_NAMES = 256;

const JOINS = /(?:^|\.)(?:join|joinpath|Path|PurePath)$/;

/** Whether an expression puts the name itself into a path: `os.path.join(root, name)`, `root / name`, `f"{root}/{name}"`. */
function joins(syntax: SyntaxArrays, expression: number, name: string): boolean {
  switch (syntax.kind[expression]) {
    case Kind.call: {
      const callee = textOf(syntax, childByField(syntax, expression, Field.function));
      return JOINS.test(callee) && parts(childByField(syntax, expression, Field.arguments)).some(isName);
    }
    case Kind.binary_operator:
      return isName(childByField(syntax, expression, Field.right));
    case Kind.string:
      return parts(expression).some(
        (part) => syntax.kind[part] === Kind.interpolation && textOf(syntax, part) === `{${name}}`,
      );
    default:
      return false;
  }

  function parts(node: number): number[] {
    return node === NONE ? [] : namedChildren(syntax, node);
  }

  function isName(node: number): boolean {
    return syntax.kind[node] === Kind.identifier && textOf(syntax, node) === name;
  }
}
