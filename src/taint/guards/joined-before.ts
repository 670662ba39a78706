import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import { type Value, withCleared } from "../values/value.ts";

/**
 * `path = os.path.join(root, name)` … `check(name)`: what is proved of a name that is a part of a path holds for the path that was put
 * together before. `value` is the name's, before anything was proved; `mask` what was proved of it.
 */
export function narrowJoined(machine: Machine, name: string, value: Value, mask: number): void {
  const proved = mask & machine.models.kindMask(["path"]);
  if (proved === 0 || value.origin === undefined || value.origin.isMixed) return;
  const { frame, state, syntax, unit } = machine;
  if (frame.keys.size > MAX_NAMES) return;
  for (const [other, key] of frame.keys) {
    const joined = other === name ? undefined : state.get(key);
    const made = joined?.origin;
    if (joined === undefined || made?.role !== "assign" || made.isMixed || made.file !== unit.index) continue;
    if (made.before !== value.origin && made.before?.before !== value.origin) continue;
    const right = syntax.kind[made.node] === Kind.assignment ? childByField(syntax, made.node, Field.right) : NONE;
    if (right !== NONE && joins(syntax, right, name)) state.set(key, withCleared(joined, proved));
  }
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
