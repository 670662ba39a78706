import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import { deep } from "../values/carry.ts";
import { joinShapes } from "../values/shape.ts";
import type { State, VariableKey } from "../values/state.ts";
import { join, refValue, type Value } from "../values/value.ts";
import type { Machine } from "./machine.ts";

/** Containers inside containers that are kept. */
const MAX_NESTING = 3;

/**
 * What a route left in variables of its module is there for the routes that are entered after it: `notes.append(request.form["note"])`.
 * Of what it left, that which comes from outside: everything else the module says itself.
 */
export function keepModule(machine: Machine, base: State, { unit, info }: FunctionCallable, ends: readonly State[]) {
  const now = machine.state;
  for (const end of ends) {
    machine.state = end;
    const changed = [...end.changedSince(base)].filter((ref) => base.shape(ref) !== undefined);
    for (const ref of changed) keepShapes(machine, base, refValue(ref, "dynamic"), MAX_NESTING);
    for (const name of info.scope.globals) {
      const key = unit.frame.keys.get(name);
      if (key !== undefined) keepVariable(machine, base, key);
    }
  }
  machine.state = now;
}

function keepVariable(machine: Machine, base: State, key: VariableKey): void {
  const before = base.get(key);
  const given = machine.state.get(key);
  if (given === undefined || given === before || deep(machine, given).labels === 0) return;
  const kept = before === undefined ? given : join(before, given);
  base.set(key, kept);
  machine.moduleState.set(key, kept);
  keepShapes(machine, base, given, MAX_NESTING);
}

/** Of the containers of a value, as the state at hand has them. */
function keepShapes(machine: Machine, base: State, { refs }: Value, nesting: number): void {
  if (nesting === 0) return;
  for (const ref of refs) {
    const after = machine.state.shape(ref);
    const before = base.shape(ref);
    if (after === undefined || after === before || deep(machine, refValue(ref, "dynamic")).labels === 0) continue;
    const kept = before === undefined ? after : joinShapes(before, after);
    base.setShape(ref, kept);
    machine.moduleState.setShape(ref, kept);
    for (const entry of after.entries.values()) keepShapes(machine, base, entry, nesting - 1);
    if (after.rest !== undefined) keepShapes(machine, base, after.rest, nesting - 1);
  }
}

/** Whether a function puts something into a variable of its module, or gives it another value. */
export function storesInModule({ syntax }: Machine, { unit, info }: FunctionCallable): boolean {
  const { globals, locals } = info.scope;
  if (globals.size > 0) return true;
  for (let node = info.node; node < syntax.next[info.node]; node++) {
    if (syntax.kind[node] !== Kind.identifier) continue;
    const name = textOf(syntax, node);
    if (unit.frame.keys.has(name) && !locals.has(name) && isStoredInto(node)) return true;
  }
  return false;

  function isStoredInto(object: number): boolean {
    const holder = syntax.parent[object];
    const above = syntax.parent[holder];
    if (syntax.kind[holder] === Kind.subscript)
      return syntax.kind[above] === Kind.assignment && childByField(syntax, above, Field.left) === holder;
    if (syntax.kind[holder] !== Kind.attribute || childByField(syntax, holder, Field.object) !== object) return false;
    if (syntax.kind[above] === Kind.assignment) return childByField(syntax, above, Field.left) === holder;
    return (
      syntax.kind[above] === Kind.call && STORES.has(textOf(syntax, childByField(syntax, holder, Field.attribute)))
    );
  }
}

/** Methods of containers that take something in. */
const STORES: ReadonlySet<string> = new Set([
  "append",
  "appendleft",
  "add",
  "extend",
  "insert",
  "setdefault",
  "update",
]);
